// Starts the token host as a utility process of Electron. It speaks no protocol.
import type { MessagePortMain } from 'electron';
import type { HostProcess } from './client';

/**
 * Forks the host. `modulesFolder` is the working folder: an absolute one of ours, so that a driver's own look-ups
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
        child.kill();
      },
    };
  };
}
