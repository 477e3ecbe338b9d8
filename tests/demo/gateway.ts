// The door between the desk and the hub that the demonstration can close: the sandbox's hub is really stopped, another
// hub is reached through a plain relay that is taken away. It changes no byte.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Sandbox } from '../sandbox/sandbox';
import type { DemoOptions } from './options';

export interface Gateway {
  readonly endpoint: string;
  readonly systemId: string;
  readonly secret: string;
  readonly plainHttpHosts: readonly string[];
  /** False where the road to the hub cannot be closed from here (https: its name must stay). */
  readonly closable: boolean;
  open(): Promise<void>;
  close(): Promise<void>;
}

function relay(target: URL, port: number): { open(): Promise<number>; close(): Promise<void> } {
  let server: Server | null = null;
  let wanted = port;
  const sockets = new Set<Socket>();
  return {
    async open() {
      const fresh = createServer((near) => {
        const far = connect(Number(target.port || '80'), target.hostname);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => socket.destroy());
          socket.on('close', () => sockets.delete(socket));
        }
        near.pipe(far).pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      });
      server = fresh;
      await new Promise<void>((resolve) => fresh.listen(wanted, '127.0.0.1', resolve));
      wanted = (fresh.address() as AddressInfo).port;
      return wanted;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      const ending = server;
      server = null;
      await new Promise<void>((resolve) => (ending === null ? resolve() : ending.close(() => resolve())));
    },
  };
}

/** The gateway of this run, opened. */
export async function openGateway(options: DemoOptions, sandbox: Sandbox): Promise<Gateway> {
  const { hub } = options;
  if (hub === null) {
    let running = await sandbox.startHub();
    return {
      endpoint: sandbox.endpoint,
      systemId: sandbox.record.systemId,
      secret: sandbox.record.secret,
      plainHttpHosts: ['127.0.0.1'],
      closable: true,
      async open() {
        running = await sandbox.startHub();
      },
      close: () => running.stop(),
    };
  }
  const target = new URL(hub.endpoint);
  const secret = process.env[hub.secretName] ?? '';
  if (target.protocol === 'https:') {
    const nothing = async (): Promise<void> => undefined;
    return {
      endpoint: hub.endpoint,
      systemId: hub.systemId,
      secret,
      plainHttpHosts: [],
      closable: false,
      open: nothing,
      close: nothing,
    };
  }
  const door = relay(target, 0);
  const port = await door.open();
  const near = new URL(hub.endpoint);
  near.host = `127.0.0.1:${port}`;
  return {
    endpoint: near.href.replace(/\/$/, ''),
    systemId: hub.systemId,
    secret,
    plainHttpHosts: ['127.0.0.1'],
    closable: true,
    open: async () => void (await door.open()),
    close: () => door.close(),
  };
}
