// Finds processes of a running desk by what they are, and ends some. It knows no screen.
import { readFileSync } from 'node:fs';
import { familyOf } from '../../desk/launch';

function read(pid: number, file: 'cmdline' | 'maps'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}

/** Processes below `pid`, itself included, whose command line fits. */
export function withCommandLine(pid: number, pattern: RegExp): number[] {
  return familyOf(pid).filter((one) => pattern.test(read(one, 'cmdline')));
}

/** Processes below `pid` that have loaded a file of this name. */
export function withLoaded(pid: number, name: string): number[] {
  return familyOf(pid).filter((one) => read(one, 'maps').includes(name));
}

/** SIGKILL; one that is gone already is as good. */
export function strike(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
