// What the kernel says about the processes of an application: their confinement, what they listen on, and that they are gone.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { familyOf } from '../../desk/launch';

export interface ProcessFacts {
  readonly pid: number;
  readonly commandLine: string;
  readonly user: number;
  /** 2: system calls are filtered. */
  readonly seccomp: number;
  readonly noNewPrivileges: boolean;
  /** How many namespaces of processes it stands in: 1 for an ordinary one. */
  readonly depth: number;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // A process of another namespace may hide its own.
    return '';
  }
}

const field = (status: string, name: string): string =>
  new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';

/** Every process whose program is this file. */
export function processesOf(program: string): ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const commandLine = read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim();
      if (!commandLine.startsWith(program)) return [];
      const status = read(`/proc/${name}/status`);
      return [
        {
          pid: Number(name),
          commandLine,
          user: Number(field(status, 'Uid')),
          seccomp: Number(field(status, 'Seccomp')),
          noNewPrivileges: field(status, 'NoNewPrivs') === '1',
          depth: /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/).length ?? 0,
        },
      ];
    });
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`);
  } catch {
    // A confined process lets nobody look; it has a network of its own, with nothing in it.
    return [];
  }
}

/** Ports on which a process waits for TCP connections, as far as this account may look. */
export function listeningPorts(pid: number): number[] {
  const sockets = new Set(
    descriptorsOf(pid).flatMap((one) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${one}`))?.[1] ?? []),
  );
  return ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/${pid}/net/${table}`)
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const cells = line.trim().split(/\s+/);
        const listens = cells[3] === '0A' && sockets.has(cells[9] ?? '');
        return listens ? [Number.parseInt(cells[1]?.split(':')[1] ?? '0', 16)] : [];
      }),
  );
}

const everybody = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** Processes in whose environment this stands, as far as this account may look. */
export function processesWith(variable: string): number[] {
  return everybody().filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(variable));
}

/** Main on a profile, an AppImage's launcher, and whoever waits to start it again. */
export function startedOn(profile: string): number[] {
  return everybody().filter((pid) => {
    // Chromium writes its words anew, with spaces between them.
    const words = `${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')} `;
    return words.includes(` --profile=${profile} `) && !words.includes(' --type=');
  });
}

/** All of these with everything they started. */
export function processesOfProfile(profile: string): number[] {
  return [...new Set(startedOn(profile).flatMap(familyOf))];
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ESRCH';

/** A process that has ended and only waits for its parent to notice. */
const isDead = (pid: number): boolean => /^State:\s*[ZX]/m.test(read(`/proc/${pid}/status`) || 'State: X');

/** Kills until none is left: who is killed may have begun another a moment before, and the last may outlive the first. */
export async function endAll(list: () => readonly number[]): Promise<void> {
  const end = Date.now() + 60_000;
  const known = new Set<number>();
  for (;;) {
    for (const pid of list()) known.add(pid);
    const left = [...known].filter((pid) => !isDead(pid));
    if (left.length === 0) return;
    if (Date.now() > end) throw new Error(`processes do not end: ${left.join()}`);
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
