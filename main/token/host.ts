// The entry of the token host: a utility process of Electron, or a forked child on plain Node. It only wires the transport.
import { type HostTransport, type PinPort, TokenHost } from './host-core';

/** The shape of Electron's MessagePortMain and ParentPort as far as it is used: no import, the host also runs without Electron. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: ElectronPort[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}

function pinPort(port: ElectronPort): PinPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start?.();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close?.(),
  };
}

function electronTransport(parent: ElectronPort): HostTransport {
  return {
    post: (reply) => parent.postMessage(reply),
    onRequest: (listener) => {
      parent.on('message', (event) => listener(event.data, event.ports.map(pinPort)));
    },
  };
}

function forkTransport(): HostTransport {
  // Without a parent nobody could ever end this process.
  process.on('disconnect', () => process.exit(0));
  return {
    post: (reply) => {
      process.send?.(reply);
    },
    onRequest: (listener) => {
      process.on('message', (message) => listener(message, []));
    },
  };
}

function start(): void {
  const parent =
    'parentPort' in process ? (process.parentPort as unknown as ElectronPort | null | undefined) : undefined;
  if (parent !== undefined && parent !== null) new TokenHost(electronTransport(parent));
  else if (process.send !== undefined) new TokenHost(forkTransport());
  else {
    process.stderr.write('The token host is started by the application, not by hand.\n');
    process.exitCode = 2;
  }
}

start();
