// Serves the sandbox PKI over HTTP: OCSP, RFC 3161 time stamps, CRLs and the authorities' certificates.
// Every answer is made by openssl; this file only carries bytes.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { opensslAsync } from './openssl';

const limit = 64 * 1024;

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) throw new Error('request too large');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Writes the request to a file, lets openssl answer into another, and reads that. */
async function answerOf(
  folder: string,
  request: Uint8Array,
  args: (input: string, output: string) => string[],
): Promise<Buffer> {
  const work = mkdtempSync(join(tmpdir(), 'sandbox-pki-'));
  try {
    const input = join(work, 'request.der');
    const output = join(work, 'response.der');
    writeFileSync(input, request);
    await opensslAsync(folder, args(input, output));
    return readFileSync(output);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function ocspArguments(authority: string): (input: string, output: string) => string[] {
  return (input, output) => [
    ...['ocsp', '-index', `${authority}-ca/index.txt`, '-CA', `certs/${authority}-ca.pem`],
    ...['-rsigner', `certs/ocsp-${authority}.pem`, '-rkey', `keys/ocsp-${authority}.pem`],
    ...['-reqin', input, '-respout', output, '-ndays', '1'],
  ];
}

function timestampArguments(input: string, output: string): string[] {
  return [
    'ts',
    '-reply',
    '-config',
    'tsa/openssl.cnf',
    '-section',
    'this',
    '-queryfile',
    input,
    '-out',
    output,
  ];
}

/** The server, not yet listening. */
export function pkiServer(dir: string): Server {
  const folder = resolve(dir);
  // The serial file of `openssl ts` has no lock: one time stamp after another.
  let lane: Promise<unknown> = Promise.resolve();

  async function timestamp(request: Buffer): Promise<Buffer> {
    const mine = lane.then(() => answerOf(folder, request, timestampArguments));
    lane = mine.catch(() => undefined);
    return mine;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const send = (type: string, bytes: Buffer): void => {
      response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
      response.end(bytes);
    };
    const ocsp = /^\/ocsp\/(root|sub|foreign)(?:\/(.+))?$/.exec(path);
    const file = /^\/(crl|cert)\/((?:root|sub|foreign)-ca)\.(crl|crt)$/.exec(path);
    if (ocsp !== null && ocsp[1] !== undefined) {
      const asked =
        request.method === 'GET'
          ? Buffer.from(decodeURIComponent(ocsp[2] ?? ''), 'base64')
          : await bodyOf(request);
      send('application/ocsp-response', await answerOf(folder, asked, ocspArguments(ocsp[1])));
    } else if (path === '/tsa' && request.method === 'POST') {
      send('application/timestamp-reply', await timestamp(await bodyOf(request)));
    } else if (file !== null && file[1] === 'crl' && file[3] === 'crl') {
      send('application/pkix-crl', readFileSync(join(folder, `crl/${file[2]}.crl`)));
    } else if (file !== null && file[1] === 'cert' && file[3] === 'crt') {
      send('application/pkix-cert', readFileSync(join(folder, `certs/${file[2]}.crt`)));
    } else {
      response.writeHead(path === '/tsa' ? 403 : 404).end();
    }
  }

  return createServer((request, response) => {
    handle(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  });
}
