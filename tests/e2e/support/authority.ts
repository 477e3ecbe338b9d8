// A gate before the sandbox's time-stamping authority: open, shut, or holding what comes until it is let go. It stamps nothing.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type GateMood = 'open' | 'shut' | 'holding';

export interface Gate {
  readonly url: string;
  mood: GateMood;
  /** Requests that came, whatever became of them. */
  readonly asked: () => number;
  close(): Promise<void>;
}

/** A server that hands time stamp requests on to `authority` as its mood allows. */
export async function openGate(authority: string): Promise<Gate> {
  let asked = 0;
  const gate: { mood: GateMood } = { mood: 'open' };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    asked += 1;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    // A held request ends with its client: nobody lets it go any more.
    if (gate.mood === 'holding') return;
    if (gate.mood === 'shut') {
      request.socket.destroy();
      return;
    }
    const answer = await fetch(authority, {
      method: 'POST',
      body: Buffer.concat(parts),
      headers: { 'content-type': 'application/timestamp-query' },
    });
    response.writeHead(answer.status, { 'content-type': 'application/timestamp-reply' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/tsa`,
    get mood() {
      return gate.mood;
    },
    set mood(mood) {
      gate.mood = mood;
    },
    asked: () => asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
