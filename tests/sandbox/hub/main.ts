// `node out/sandbox/hub.cjs --dir DIR --port N`: the sandbox's hub as a process of its own. It prints one JSON line when it
// listens and ends on SIGTERM or SIGINT; a kill loses nothing that it had answered for.
import { option, portOption } from '../arguments';
import { startHub } from './hub';

const usage = `node out/sandbox/hub.cjs --dir DIR --port N
  [--seed-dir DIR]        packages (*.edxml) to offer to the agencies in their To
  [--lag S]               seconds until a package shows in the sent list (3)
  [--reply-after S]       seconds until a played agency accepts; 01 comes sooner, 04 05 06 later (2)
  [--refuse A,B]          played agencies that refuse with 02 (H57)
  [--secret TEXT]         secret of every agency (sandbox-secret)
  [--agency CODE=SECRET]  an agency with a secret of its own, attended from the start; may be repeated
  [--clock-tolerance S]   how far a request's timestamp may be off (86400: the SDK writes local time without a zone)
  [--max-bytes N]         largest package (2147483648)
  [--host ADDRESS]        where to listen (127.0.0.1)
  [--admin-port N]        control port for tests on 127.0.0.1 (any free one)`;

function numberOption(args: readonly string[], name: string, fallback: number): number {
  const value = Number(option(args, name, String(fallback)));
  if (!Number.isFinite(value) || value < 0) throw new Error(`--${name} is no number`);
  return value;
}

function agenciesOf(args: readonly string[]): { code: string; secret: string }[] {
  return args.flatMap((argument, index) => {
    if (argument !== '--agency') return [];
    const text = args[index + 1] ?? '';
    const equals = text.indexOf('=');
    if (equals < 1) throw new Error('--agency wants CODE=SECRET');
    return [{ code: text.slice(0, equals), secret: text.slice(equals + 1) }];
  });
}

async function main(args: readonly string[]): Promise<void> {
  const seedDir = option(args, 'seed-dir', '');
  const hub = await startHub({
    dir: option(args, 'dir'),
    host: option(args, 'host', '127.0.0.1'),
    port: portOption(args, 'port'),
    adminPort: portOption(args, 'admin-port', 0),
    seedDir: seedDir === '' ? undefined : seedDir,
    lagSeconds: numberOption(args, 'lag', 3),
    replyAfterSeconds: numberOption(args, 'reply-after', 2),
    refusing: option(args, 'refuse', 'H57')
      .split(',')
      .filter((code) => code !== ''),
    secret: option(args, 'secret', 'sandbox-secret'),
    agencies: agenciesOf(args),
    toleranceSeconds: numberOption(args, 'clock-tolerance', 86_400),
    maxPackageBytes: numberOption(args, 'max-bytes', 2 ** 31),
  });
  process.stdout.write(`${JSON.stringify({ listening: { port: hub.port, adminPort: hub.adminPort } })}\n`);
  const end = () => {
    hub.close().then(
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
