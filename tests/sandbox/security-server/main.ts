// `node out/sandbox/security-server.cjs --dir DIR --port N`: the sandbox's X-Road security server as a process of its own. It
// prints one JSON line when it listens and ends on SIGTERM or SIGINT.
import { readFileSync } from 'node:fs';
import { option, portOption } from '../arguments';
import { startSecurityServer } from './server';

const usage = `node out/sandbox/security-server.cjs --dir DIR --port N
  [--cert PEM --key PEM --client-ca PEM]   TLS with a client certificate; else plain HTTP on the loopback address
  [--service I/C/M/S/CODE] [--attach swa|mtom|inline]`;

async function main(args: readonly string[]): Promise<void> {
  const file = (name: string) => readFileSync(option(args, name), 'utf8');
  const attach = option(args, 'attach', 'swa');
  if (attach !== 'swa' && attach !== 'mtom' && attach !== 'inline')
    throw new Error('--attach swa|mtom|inline');
  const server = await startSecurityServer({
    dir: option(args, 'dir'),
    port: portOption(args, 'port'),
    maxPackageBytes: 2 ** 31,
    service: option(args, 'service', 'VN/GOV/VPCP/truc/edoc'),
    attach,
    ...(args.includes('--cert')
      ? { tls: { cert: file('cert'), key: file('key'), clientCa: file('client-ca') } }
      : {}),
  });
  const { port, adminPort } = server;
  process.stdout.write(`${JSON.stringify({ listening: { port, adminPort } })}\n`);
  const end = () => {
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exit(2);
});
