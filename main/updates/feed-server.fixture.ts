// An update server for tests, which holds files in memory and can lie in every way that a server can.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Lie =
  | 'none'
  | 'no-ranges'
  | 'wrong-ranges'
  | 'cut'
  | 'short'
  | 'errors'
  | 'endless'
  | 'away'
  | 'circle';

export interface FeedServer {
  readonly url: string;
  readonly files: Map<string, Buffer>;
  lie: Lie;
  /** Paths asked for, with their range. */
  readonly asked: string[];
  close(): Promise<void>;
}

export function openFeedServer(): Promise<FeedServer> {
  const files = new Map<string, Buffer>();
  const state = { lie: 'none' as Lie };
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const { range } = request.headers;
    asked.push(range === undefined ? name : `${name} ${range}`);
    const bytes = files.get(name);
    const isPackage = !/\.(json|sig)$/.test(name);
    if (bytes === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (isPackage && state.lie === 'errors') {
      response.writeHead(503).end('busy');
      return;
    }
    if (isPackage && state.lie === 'cut') {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      return;
    }
    if (isPackage && state.lie === 'short') {
      response.end(bytes.subarray(0, bytes.length / 2));
      return;
    }
    if (state.lie === 'away' || state.lie === 'circle') {
      const host = state.lie === 'away' ? 'localhost' : '127.0.0.1';
      const { port } = server.address() as AddressInfo;
      response.writeHead(302, { location: `http://${host}:${port}/${name}` }).end();
      return;
    }
    if (isPackage && state.lie === 'endless') {
      response.writeHead(200);
      const go = (): void => {
        while (!response.destroyed && response.write(bytes));
      };
      response.on('drain', go);
      go();
      return;
    }
    const one = /^bytes=(\d+)-(\d+)$/.exec(range ?? '');
    if (one === null || state.lie === 'no-ranges') {
      response.writeHead(200, { 'content-length': bytes.length });
      response.end(bytes);
      return;
    }
    const [from, to] = [Number(one[1]), Number(one[2])];
    const part = Buffer.from(bytes.subarray(from, to + 1));
    if (state.lie === 'wrong-ranges') part.reverse();
    response.writeHead(206, {
      'content-length': part.length,
      'content-range': `bytes ${from}-${to}/${bytes.length}`,
    });
    response.end(part);
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      done({
        url: `http://127.0.0.1:${port}/`,
        files,
        asked,
        get lie() {
          return state.lie;
        },
        set lie(lie: Lie) {
          state.lie = lie;
        },
        close: () =>
          new Promise((closed) => {
            server.closeAllConnections();
            server.close(() => closed());
          }),
      });
    });
  });
}
