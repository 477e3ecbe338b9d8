// Starts a host: a bundle of ours in a process of its own, on plain Node or as Electron's utility process. It speaks no
// protocol and hands over no secret: of the environment only what a system needs to start a program is passed on.
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A running host, whatever started it. */
export interface HostProcess {
  /** `ports` are Electron's MessagePortMain, transferred. `sent` is called when the message has left this process. */
  post(message: unknown, ports: readonly unknown[], sent: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, and not after `kill`. */
  onExit(listener: (detail: string) => void): void;
  /** Resident memory in bytes, or null where it cannot be told. */
  memoryBytes(): number | null;
  kill(): void;
}

export interface HostOptions {
  readonly entry: string;
  /** Limit of V8's old space in MiB. */
  readonly heapMegabytes: number;
}

const passedOn = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'HOME'];

function bareEnvironment(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function residentOf(pid: number | undefined): number | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return Number.isSafeInteger(pages) ? pages * 4096 : null;
  } catch {
    // The process is gone: its exit is told elsewhere.
    return null;
  }
}

/** A child of plain Node, for the command line and the tests. Its stdout goes nowhere: ours carries JSON only. */
export function nodeHostProcess({ entry, heapMegabytes }: HostOptions): HostProcess {
  const child: ChildProcess = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: bareEnvironment(),
    execArgv: [`--max-old-space-size=${heapMegabytes}`],
  });
  let over = false;
  return {
    post(message, _ports, sent) {
      // A child that is gone is reported by its exit.
      if (child.connected) child.send(message as object, () => sent());
      else sent();
    },
    onMessage: (listener) => child.on('message', listener),
    onExit(listener) {
      const once = (detail: string): void => {
        if (over) return;
        over = true;
        listener(detail);
      };
      child.on('exit', (code, signal) => once(signal ?? `exit ${code ?? '?'}`));
      child.on('error', (error) => once(error.message));
    },
    memoryBytes: () => residentOf(child.pid),
    kill() {
      over = true;
      child.kill('SIGKILL');
    },
  };
}

/** A starter of Electron utility processes; Electron itself is loaded only here. */
export async function electronHostProcess(
  options: HostOptions & { readonly serviceName: string },
): Promise<() => HostProcess> {
  const { app, utilityProcess } = await import('electron');
  return () => {
    const child = utilityProcess.fork(options.entry, [], {
      serviceName: options.serviceName,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: bareEnvironment(),
      execArgv: [`--max-old-space-size=${options.heapMegabytes}`],
    });
    let over = false;
    return {
      post(message, ports, sent) {
        child.postMessage(message, [...ports] as Parameters<typeof child.postMessage>[1]);
        sent();
      },
      onMessage: (listener) => child.on('message', listener),
      onExit(listener) {
        child.on('exit', (code) => {
          if (over) return;
          over = true;
          listener(`exit ${code}`);
        });
      },
      memoryBytes() {
        const metric = app.getAppMetrics().find((one) => one.pid === child.pid);
        return metric === undefined ? null : metric.memory.workingSetSize * 1024;
      },
      kill() {
        over = true;
        child.kill();
      },
    };
  };
}
