// A wire between desk and hub that fails as networks do, from a seed: refused, late, cut on the way there, cut on the way back,
// or an answer that never comes. It changes no byte that it passes on.
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface FaultyProxy {
  readonly port: number;
  /** How often each fault was done to a connection. */
  readonly done: ReadonlyMap<string, number>;
  /** From here on it is a good wire, or a bad one again. */
  setFaulty(faulty: boolean): void;
  close(): Promise<void>;
}

const faults = ['none', 'none', 'none', 'refused', 'late', 'cut-there', 'cut-back', 'answer-lost'] as const;

/** Passes at most `most` bytes on, then ends both sides. */
function passing(from: Socket, to: Socket, most: number): void {
  let passed = 0;
  from.on('data', (bytes: Buffer) => {
    const rest = most - passed;
    passed += bytes.length;
    if (bytes.length <= rest) {
      if (!to.write(bytes)) from.pause();
      return;
    }
    to.write(bytes.subarray(0, Math.max(0, rest)), () => {
      from.destroy();
      to.destroy();
    });
  });
  to.on('drain', () => from.resume());
  from.on('end', () => to.end());
  from.on('close', () => to.destroy());
}

export async function startFaultyProxy(
  target: () => number,
  random: () => number,
  begin = true,
): Promise<FaultyProxy> {
  let faulty = begin;
  const done = new Map<string, number>();
  const sockets = new Set<Socket>();

  async function serve(inside: Socket): Promise<void> {
    const fault = faulty ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none';
    const after = Math.floor(random() ** 3 * 200_000);
    done.set(fault, (done.get(fault) ?? 0) + 1);
    if (fault === 'refused') return void inside.destroy();
    if (fault === 'late') await pause(100 + random() * 1500);
    const outside = connect(target(), '127.0.0.1');
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    }
    passing(inside, outside, fault === 'cut-there' ? after : Number.POSITIVE_INFINITY);
    // An answer that is lost was given all the same: the hub has done what it was asked.
    passing(
      outside,
      inside,
      fault === 'cut-back' ? after % 600 : fault === 'answer-lost' ? 0 : Number.POSITIVE_INFINITY,
    );
  }

  const server = createServer({ allowHalfOpen: true }, (inside) => {
    inside.pause();
    serve(inside).then(
      () => inside.resume(),
      () => inside.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    done,
    setFaulty(wanted) {
      faulty = wanted;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
