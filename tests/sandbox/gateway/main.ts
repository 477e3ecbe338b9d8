// `node out/sandbox/gateway.cjs --dir DIR --port N`: the sandbox's provincial gateway as a process of its own. It prints one
// JSON line when it listens and ends on SIGTERM or SIGINT.
import { option, portOption } from '../arguments';
import { startGateway } from './gateway';

const usage = `node out/sandbox/gateway.cjs --dir DIR --port N
  [--secret-key TEXT] [--username TEXT] [--password TEXT] [--token-seconds S]`;

async function main(args: readonly string[]): Promise<void> {
  const gateway = await startGateway({
    dir: option(args, 'dir'),
    port: portOption(args, 'port'),
    secretKey: option(args, 'secret-key', 'sandbox-key'),
    username: option(args, 'username', 'vanthu'),
    password: option(args, 'password', 'sandbox-password'),
    tokenSeconds: Number(option(args, 'token-seconds', '1800')),
    maxPackageBytes: 2 ** 31,
  });
  const { port, adminPort } = gateway;
  process.stdout.write(`${JSON.stringify({ listening: { port, adminPort } })}\n`);
  const end = () => {
    gateway.close().then(
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
