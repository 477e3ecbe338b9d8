// The command `tokens`: which drivers, tokens and certificates this machine shows, and why one cannot sign. No login, no PIN.
import { sentenceOf } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import { type HostProcess, type ModuleReport, TokenClient } from '../token/client';
import { installedDrivers, readDriverList } from '../token/drivers';
import { nodeHost } from '../token/node-host';
import type { CertificateCard, TokenCard } from '../token/protocol';
import { discoverRegistered } from '../token/registry';
import type { CliCommand, CliIo } from './command';
import { callerPath } from './io';

/** What IT staff run when the native module is not there. */
export const nativeHint = 'Hãy chạy: npm run native';

interface TokensArguments {
  readonly module: string | undefined;
}

function read(args: readonly string[], io: CliIo): TokensArguments {
  let module: string | undefined;
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--json') continue;
    if (args[i] !== '--module') throw new Failure('usage', `unknown argument ${args[i]}`);
    const path = args[i + 1];
    if (path === undefined || path === '') throw new Failure('usage', '--module needs a path');
    module = callerPath(io, path);
    i += 1;
  }
  return { module };
}

const words = (code: Failure['code'] | null): { code: string; message: string } | Record<string, never> =>
  code === null ? {} : { code, message: sentenceOf(code) };

function certificateLine(card: CertificateCard): object {
  return {
    subject: withoutPersonalNumbers(card.subject),
    organization: withoutPersonalNumbers(card.organization),
    issuer: withoutPersonalNumbers(card.issuer),
    id: card.id,
    label: withoutPersonalNumbers(card.label),
    fingerprint: card.fingerprint,
    serial: card.serial,
    notBefore: new Date(card.notBefore).toISOString(),
    notAfter: new Date(card.notAfter).toISOString(),
    keyType: card.keyType,
    usable: card.reason === null,
    ...words(card.reason),
  };
}

function tokenLine(token: TokenCard): object {
  return {
    label: token.label,
    serial: token.serial,
    manufacturer: token.manufacturer,
    model: token.model,
    pin: token.pin,
    pinPad: token.pinPad,
    ...words(token.code),
    certificates: token.certificates.map(certificateLine),
  };
}

function moduleLine(report: ModuleReport): object {
  if (!report.ok) {
    return { module: report.path, ok: false, ...words(report.code), detail: report.detail, tokens: [] };
  }
  const { path, description, manufacturer, version, tokens } = report.module;
  return { module: path, ok: true, description, manufacturer, version, tokens: tokens.map(tokenLine) };
}

async function run(args: readonly string[], io: CliIo, startHost: () => HostProcess): Promise<number> {
  const { module } = read(args, io);
  const paths =
    module === undefined
      ? installedDrivers(
          readDriverList(),
          [],
          io.env,
          process.platform,
          await discoverRegistered(io.env),
        ).map((driver) => driver.path)
      : [module];
  const client = new TokenClient(startHost);
  try {
    const reports = await client.list(paths);
    if (reports.length === 0)
      io.json({ code: 'token-driver-absent', message: sentenceOf('token-driver-absent') });
    for (const report of reports) {
      io.json(moduleLine(report));
      if (!report.ok) io.message(`${report.path}: ${sentenceOf(report.code)}`);
    }
    if (reports.some((report) => !report.ok && report.code === 'token-native-missing'))
      io.message(nativeHint);
    if (reports.some((report) => report.ok && report.module.tokens.length > 0)) return 0;
    if (reports.every((report) => report.ok)) io.message(sentenceOf('token-absent'));
    return 2;
  } finally {
    client.close();
  }
}

/** The command over whatever starts its token host. */
export function tokensCommandOn(startHost: () => HostProcess): CliCommand {
  return {
    name: 'tokens',
    usage: ['tokens --json [--module PATH]'],
    run: (args, io) => run(args, io, startHost),
  };
}

export const tokensCommand: CliCommand = tokensCommandOn(() => nodeHost());
