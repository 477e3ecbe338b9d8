// The command line: the same services and gates without a window. It dispatches and knows no command's inside.
import { type Code, sentenceOf } from '../preload/contract/codes';
import { isFailure } from '../preload/contract/failure';
import { annotateCommand, annotationsCommand } from './cli/annotate';
import type { CliCommand, CliIo } from './cli/command';
import { convertCommand } from './cli/convert';
import { edxmlCommand } from './cli/edxml';
import { exchangeCommand } from './cli/exchange';
import { historyCheckCommand } from './cli/history-check';
import { processIo } from './cli/io';
import { numberCommand, prepareNumberCommand } from './cli/number';
import { repairCommand } from './cli/repair';
import { signCommand } from './cli/sign';
import { raiseCommand } from './cli/sign-raise';
import { stampCommand } from './cli/stamp';
import { tokensCommand } from './cli/tokens';
import { verifyCommand } from './cli/verify';

const commands: readonly CliCommand[] = [
  annotateCommand,
  annotationsCommand,
  convertCommand,
  edxmlCommand,
  exchangeCommand,
  historyCheckCommand,
  numberCommand,
  prepareNumberCommand,
  raiseCommand,
  repairCommand,
  signCommand,
  stampCommand,
  tokensCommand,
  verifyCommand,
];

function help(io: CliIo): void {
  io.message('Cách dùng: npm run -s cli -- <lệnh> [tham số]');
  for (const command of commands) for (const line of command.usage) io.message(`  ${line}`);
}

function report(io: CliIo, code: Code, detail: string): number {
  io.json({ code, message: sentenceOf(code), ...(detail === '' ? {} : { detail }) });
  io.message(`${sentenceOf(code)}${detail === '' ? '' : ` (${detail})`}`);
  return 2;
}

async function main(): Promise<number> {
  const io = processIo();
  const [name, ...args] = process.argv.slice(2);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    help(io);
    return ['--help', '-h', 'help'].includes(name ?? '') ? 0 : report(io, 'usage', name ?? '');
  }
  if (args.includes('--help')) {
    for (const line of command.usage) io.message(line);
    return 0;
  }
  const mistake = (error: unknown): number => {
    io.message(String(error instanceof Error ? error.stack : error));
    return report(io, 'internal', error instanceof Error ? error.message : '');
  };
  // Node's own exit code of a stray error is 1, which means something to the callers of commands.
  process.once('uncaughtException', (error) => process.exit(mistake(error)));
  try {
    return await command.run(args, io);
  } catch (error) {
    return isFailure(error) ? report(io, error.code, error.detail) : mistake(error);
  }
}

main().then(
  (code) => {
    process.exitCode = code;
    // A vendor's driver may leave threads behind: the answer is out, so the process ends.
    process.stdout.write('', () => process.exit(code));
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(2);
  },
);
