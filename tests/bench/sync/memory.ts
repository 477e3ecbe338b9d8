// How much memory each process of a running desk takes, sampled while something runs. It starts and ends nothing.
import { readFileSync } from 'node:fs';
import { familyOf } from '../../desk/launch';

/** Private bytes of a process by its kind, from /proc/PID/smaps_rollup, or its resident set where that is closed. */
function sample(pid: number): { readonly kind: string; readonly bytes: number } | null {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const resident = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    const shared = Number(/^RssShmem:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    const files = Number(/^RssFile:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    const kind = /--type=([a-z-]+)/.exec(line)?.[1] ?? 'main';
    return { kind, bytes: (resident - files - shared) * 1024 };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

function now(pid: number): Map<number, { readonly kind: string; readonly bytes: number }> {
  return new Map(
    familyOf(pid).flatMap((one) => {
      const found = sample(one);
      return found === null ? [] : [[one, found] as const];
    }),
  );
}

export interface Growth {
  readonly pid: number;
  readonly kind: string;
  /** Highest private memory over that at the start, bytes; a process that came later starts at 0. */
  readonly extra: number;
}

/** Runs `work` and tells how far each process grew. */
export async function growthDuring(pid: number, work: () => Promise<void>): Promise<readonly Growth[]> {
  const before = now(pid);
  const most = new Map<number, Growth>();
  let over = false;
  const watching = (async () => {
    while (!over) {
      for (const [one, { kind, bytes }] of now(pid)) {
        const extra = bytes - (before.get(one)?.bytes ?? 0);
        if (extra > (most.get(one)?.extra ?? Number.NEGATIVE_INFINITY))
          most.set(one, { pid: one, kind, extra });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await watching;
  }
  return [...most.values()].sort((left, right) => right.extra - left.extra);
}
