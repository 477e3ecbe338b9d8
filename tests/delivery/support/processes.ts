// What the kernel says about the processes of an application: their confinement and what they listen on.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessFacts {
  readonly pid: number;
  readonly commandLine: string;
  readonly user: number;
  /** 2: system calls are filtered. */
  readonly seccomp: number;
  readonly noNewPrivileges: boolean;
  readonly userNamespace: string;
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
          userNamespace: link(`/proc/${name}/ns/user`),
        },
      ];
    });
}

/** Inodes of TCP sockets that listen, of a process. */
export function listeningPorts(pid: number): number[] {
  const sockets = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap(
      (one) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${one}`))?.[1] ?? [],
    ),
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
