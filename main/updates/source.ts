// Where publications come from: a folder of a web server, or a folder of this machine that is served to ourselves on the
// loopback address, so that both have one road. It brings bytes and judges none.

import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Failure } from '../../preload/contract/failure';
import { diskFailure } from '../runtime/disk-failure';
import type { HttpFetch } from '../runtime/http-fetcher';
import { mayFollow } from './redirects';
import { mostReleaseBytes, type Release } from './release';

/** The name of a description: one for each kind of machine and ring. */
export const releaseName = (platform: string, ring: string): string => `van-thu-${platform}-${ring}.json`;

export interface Publication {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array | null;
}

export interface UpdateSource {
  /** Throws Failure `update-unreachable` when it cannot be asked. */
  look(name: string): Promise<Publication>;
  /** The address below which the files of a release that was found genuine can be had now. */
  address(release: Release): Promise<URL>;
  close(): void;
}

const askMs = 30_000;

/** The files below an address of a web server. */
export function webSource(feed: string, fetch: (request: HttpFetch) => Promise<Uint8Array>): UpdateSource {
  const base = new URL(feed.endsWith('/') ? feed : `${feed}/`);
  const get = (name: string): Promise<Uint8Array> =>
    fetch({
      url: new URL(name, base).href,
      accept: '*/*',
      maxBytes: mostReleaseBytes,
      mayFollow,
      signal: AbortSignal.timeout(askMs),
    });
  return {
    async look(name) {
      try {
        const bytes = await get(name);
        const signature = await get(`${name}.sig`).catch((error: unknown) => {
          if (error instanceof Error && error.message === 'status 404') return null;
          throw error;
        });
        return { bytes, signature };
      } catch (error) {
        throw new Failure('update-unreachable', error instanceof Error ? error.message : '', {
          cause: error,
        });
      }
    },
    address: async () => base,
    close: () => undefined,
  };
}

function answer(response: ServerResponse, path: string, size: number, range: string | undefined): void {
  const wanted = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  const from = wanted === null ? 0 : Number(wanted[1]);
  const to = wanted === null || wanted[2] === '' ? size - 1 : Number(wanted[2]);
  if (from > to || to >= size) {
    response.writeHead(416).end();
    return;
  }
  const head = { 'content-length': to - from + 1, 'accept-ranges': 'bytes' };
  if (wanted === null) response.writeHead(200, head);
  else response.writeHead(206, { ...head, 'content-range': `bytes ${from}-${to}/${size}` });
  const stream = createReadStream(path, { start: from, end: to });
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

/** Serves exactly the files of one release from a folder, below a path nobody can guess. */
function serve(folder: string, release: Release): Promise<{ readonly url: URL; close(): void }> {
  const secret = randomBytes(16).toString('hex');
  const allowed = new Set(release.files.map((file) => `/${secret}/${file.name}`));
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method !== 'GET' || !allowed.has(path)) {
      response.writeHead(404).end();
      return;
    }
    const file = join(folder, path.slice(secret.length + 2));
    stat(file).then(
      ({ size }) => answer(response, file, size, request.headers.range),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = (): void => {
        server.close();
        server.closeAllConnections();
      };
      done({ url: new URL(`http://127.0.0.1:${port}/${secret}/`), close });
    });
  });
}

async function smallFile(path: string): Promise<Uint8Array> {
  if ((await stat(path)).size > mostReleaseBytes) throw new Failure('update-metadata-broken', 'too large');
  return readFile(path);
}

/** A folder, a share or a stick. */
export function folderSource(folder: string): UpdateSource {
  let serving: { close(): void } | null = null;
  return {
    async look(name) {
      try {
        const bytes = await smallFile(join(folder, name));
        const signature = await smallFile(join(folder, `${name}.sig`)).catch((error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
          throw error;
        });
        return { bytes, signature };
      } catch (error) {
        if (error instanceof Failure) throw error;
        const failure = diskFailure(error);
        throw new Failure('update-unreachable', failure instanceof Error ? failure.message : '', {
          cause: error,
        });
      }
    },
    async address(release) {
      serving?.close();
      const server = await serve(folder, release);
      serving = server;
      return server.url;
    },
    close() {
      serving?.close();
      serving = null;
    },
  };
}
