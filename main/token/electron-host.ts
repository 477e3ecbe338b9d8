// Starts the token host as a utility process of Electron. It speaks no protocol.
import type { MessagePortMain } from 'electron';
import type { HostProcess } from './client';

/**
 * Gives what forks the host. `folder` is its working folder: an absolute one of ours, so that a driver's own look-ups
 * never start in a folder of documents. Libraries signed by their vendor, not by us, are let in on macOS.
 */
export async function electronHost(entry: string, folder: string): Promise<() => HostProcess> {
  const { utilityProcess } = await import('electron');
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Văn Thư: thiết bị ký số',
      stdio: ['ignore', 'ignore', 'inherit'],
      cwd: folder,
      allowLoadingUnsignedLibraries: true,
    });
    let over = false;
    let exited = false;
    child.on('exit', () => {
      exited = true;
    });
    return {
      post: (message, ports, sent) => {
        child.postMessage(message, [...ports] as MessagePortMain[]);
        sent();
      },
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => {
        child.on('exit', (code) => {
          if (!over) listener(`exit ${code}`);
        });
      },
      kill: () => {
        over = true;
        const { pid } = child;
        child.kill();
        // A driver that blocks the main thread may also sit on the polite signal.
        setTimeout(() => {
          if (!exited && pid !== undefined) killHard(pid);
        }, 1000).unref();
      },
    };
  };
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it ended meanwhile, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
