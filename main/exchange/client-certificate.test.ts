// What the transport makes of a server that wants to know who asks: TLS 1.3 lets it say no when the request is under way.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { selfSigned } from './hostile-server.fixture';
import { type NodeTransportSettings, nodeTransport } from './node-transport';
import { defaultLimits } from './transport';

const folder = mkdtempSync(join(tmpdir(), 'client-certificate-'));
let server: ChildProcess | null = null;

afterEach(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A server of openssl's own, which ends a handshake as servers of agencies do. Resolves with its port. */
async function serve(identity: { readonly cert: string; readonly key: string }): Promise<number> {
  writeFileSync(join(folder, 'cert.pem'), identity.cert);
  writeFileSync(join(folder, 'key.pem'), identity.key);
  const own = ['-cert', 'cert.pem', '-key', 'key.pem', '-CAfile', 'cert.pem', '-tls1_3', '-www'];
  const asking = ['s_server', '-accept', '127.0.0.1:0', '-Verify', '1', '-verify_return_error'];
  const started = spawn('openssl', [...asking, ...own], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  server = started;
  let said = '';
  for await (const chunk of started.stdout) {
    said += String(chunk);
    const port = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(said);
}

test('a certificate that the server does not accept, or none, is not-sent though the request was on its way', async () => {
  const [identity, stranger] = await Promise.all([
    selfSigned({ ip: '127.0.0.1' }),
    selfSigned({ dns: 'a.example' }),
  ]);
  const url = new URL(`https://127.0.0.1:${await serve(identity)}/`);
  const ask = (settings: Partial<NodeTransportSettings>, size: number) =>
    nodeTransport({ plainHttpHosts: [], ca: [identity.cert], ...settings }).request(
      {
        ...{ method: 'POST', url, limits: { ...defaultLimits, silenceMs: 5000 } },
        headers: [
          ['Host', url.host],
          ['Content-Length', String(size)],
        ],
        body: { size, pieces: () => [Buffer.alloc(size)] },
      },
      async ({ status }) => status,
    );
  for (const settings of [{}, { clientCertificate: stranger }]) {
    for (const size of [2, 300_000])
      expect(await ask(settings, size)).toMatchObject({ kind: 'not-sent', reason: 'certificate' });
  }
});
