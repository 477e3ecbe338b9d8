// A hub that is some way off: a relay in front of it that holds every byte back for as long as the way takes, the two trips by
// which a connection is made included. It changes no byte and measures nothing.

import { readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../sandbox/process';

/** Hands everything on after `milliseconds`, in its order; the first bytes only after `more` besides. */
function carry(from: Socket, to: Socket, milliseconds: number, more: number): void {
  const opened = performance.now() + more;
  const later = (work: () => void): void => {
    setTimeout(work, milliseconds + Math.max(0, opened - performance.now()));
  };
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
  from.on('error', () => to.destroy());
}

/** Listens in front of `port` on a port of its own; `roundTrip` in milliseconds. */
export async function placeAfar(port: number, roundTrip: number): Promise<{ port: number; close(): void }> {
  const oneWay = roundTrip / 2;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    carry(near, far, oneWay, roundTrip);
    carry(far, near, oneWay, 0);
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  return { port: own, close: () => server.close() };
}

/** Points the hub of a settings file at another port and gives its old one. */
export function moveHub(settingsFile: string, port: (old: number) => Promise<number>): Promise<string> {
  const settings = JSON.parse(readFileSync(settingsFile, 'utf8')) as { hub: { endpoint: string } };
  const endpoint = new URL(settings.hub.endpoint);
  return port(Number(endpoint.port)).then((moved) => {
    endpoint.port = String(moved);
    settings.hub.endpoint = endpoint.href;
    writeFileSync(settingsFile, JSON.stringify(settings));
    return endpoint.href;
  });
}
