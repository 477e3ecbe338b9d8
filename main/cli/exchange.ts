// `exchange`: the operations of a hub from the command line, for IT staff and scripts. Each command makes one attempt with
// the same gates as the desk; it keeps no queue and no journal.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type Code, sentenceOf } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import {
  codeOfAnswer,
  type Hub,
  type HubAnswer,
  type HubFailure,
  type Listing,
  type MessageKind,
  packageSha256,
} from '../exchange';
import { openFileSource } from '../runtime/file-source';
import type { CliCommand, CliIo } from './command';
import { hubOf, parseExchange, required, settingsOf, type Values } from './exchange-hub';
import { callerPath, unwritable } from './io';

const exitOf = { ok: 0, refused: 1, usage: 2, unknown: 3 } as const;

function kindOf(values: Values, fallback?: MessageKind): MessageKind {
  const type = values.type ?? fallback;
  if (type === 'edoc' || type === 'status') return type;
  throw new Failure('usage', '--type edoc|status');
}

/** Prints an answer that is not `ok` and gives the exit code. */
function reportFailure(io: CliIo, answer: HubFailure): number {
  const code: Code = codeOfAnswer(answer);
  const words =
    answer.kind === 'refused' || answer.kind === 'signed-out'
      ? { errorCode: answer.errorCode, errorDesc: answer.errorDesc }
      : { detail: answer.detail };
  io.json({ code, message: sentenceOf(code), outcome: answer.kind, ...words });
  io.message(sentenceOf(code));
  switch (answer.kind) {
    case 'refused':
    case 'signed-out':
      return exitOf.refused;
    case 'blocked':
      return exitOf.usage;
    case 'not-sent':
    case 'unknown':
      return exitOf.unknown;
  }
}

function report<T>(io: CliIo, answer: HubAnswer<T>, print: (value: T) => void): number {
  if (answer.kind !== 'ok') return reportFailure(io, answer);
  print(answer.value);
  return exitOf.ok;
}

function printListing<T>(io: CliIo, listing: Listing<T>): void {
  for (const item of listing.items) io.json(item);
  if (listing.unreadable > 0) io.message(`Có ${listing.unreadable} mục không đọc được trong danh sách.`);
}

/** A file that gets its name only when it is whole and durable. */
function openTarget(path: string) {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  const guarded = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      rmSync(temporary, { force: true });
      throw unwritable(path, error);
    }
  };
  const descriptor = guarded(() => openSync(temporary, 'wx', 0o600));
  return {
    write(chunk: Uint8Array): void {
      guarded(() => {
        for (let done = 0; done < chunk.length; ) done += writeSync(descriptor, chunk, done);
      });
    },
    finish(keep: boolean): void {
      if (keep) guarded(() => fsyncSync(descriptor));
      closeSync(descriptor);
      if (keep) guarded(() => renameSync(temporary, path));
      else rmSync(temporary, { force: true });
    },
  };
}

async function fetchTo(hub: Hub, docId: string, out: string, io: CliIo): Promise<number> {
  const target = openTarget(callerPath(io, out));
  let answer: Awaited<ReturnType<Hub['fetch']>> | undefined;
  try {
    answer = await hub.fetch(docId, target);
  } finally {
    target.finish(answer?.kind === 'ok');
  }
  return report(io, answer, ({ sha256, size }) => io.json({ docId, out, sha256, size }));
}

async function sendFile(hub: Hub, path: string, values: Values, io: CliIo): Promise<number> {
  const to = required(values, 'to')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  if (to.length === 0) throw new Failure('usage', '--to');
  const source = openFileSource(path);
  try {
    const answer = await hub.send({
      source,
      sha256: packageSha256(source),
      kind: kindOf(values),
      from: values.from ?? required(values, 'system-id'),
      to,
      row: path,
    });
    return report(io, answer, ({ docId }) => io.json({ docId }));
  } finally {
    source.close();
  }
}

function acknowledgeStatus(text: string): 'processing' | 'done' | 'fail' {
  if (text === 'processing' || text === 'done' || text === 'fail') return text;
  throw new Failure('usage', '--status processing|done|fail');
}

/** Operations that are about no single document or agency. */
const wholeOperations = ['list', 'sent', 'agencies', 'units', 'count', 'prepare'];

/** Makes the folders that packages go in and out by; a hub never makes them itself. */
function prepare(values: Values, io: CliIo): number {
  const settings = settingsOf(values, io);
  if (settings.kind !== 'folder') throw new Failure('usage', 'prepare --kind folder');
  for (const name of [settings.inbox, settings.outbox, settings.done]) {
    const path = isAbsolute(name) ? name : join(settings.root, name);
    try {
      mkdirSync(path, { recursive: true });
    } catch (error) {
      throw unwritable(path, error);
    }
    io.json({ folder: path });
  }
  return exitOf.ok;
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseExchange(args);
  const [operation, subject, ...rest] = positionals;
  const extra = operation !== undefined && wholeOperations.includes(operation) ? positionals.slice(1) : rest;
  if (extra.length > 0) throw new Failure('usage', extra.join(' '));
  const argument = (name: string): string => {
    if (subject === undefined) throw new Failure('usage', name);
    return subject;
  };
  switch (operation) {
    case 'list':
      return report(io, await hubOf(values, io).list(kindOf(values)), (listing) => printListing(io, listing));
    case 'sent':
      return report(io, await hubOf(values, io).sent(kindOf(values, 'edoc')), (listing) =>
        printListing(io, listing),
      );
    case 'agencies':
      return report(io, await hubOf(values, io).agencies(), (listing) => printListing(io, listing));
    case 'units':
      return report(io, await hubOf(values, io).units(), (listing) => printListing(io, listing));
    case 'count': {
      const kind = kindOf(values);
      return report(io, await hubOf(values, io).count(kind), (count) => io.json({ type: kind, count }));
    }
    case 'prepare':
      return prepare(values, io);
    case 'fetch':
      return fetchTo(hubOf(values, io), argument('DOCID'), required(values, 'out'), io);
    case 'send':
      return sendFile(hubOf(values, io), callerPath(io, argument('FILE')), values, io);
    case 'ack': {
      const docId = argument('DOCID');
      const status = acknowledgeStatus(values.status ?? 'done');
      return report(io, await hubOf(values, io).acknowledge(docId, status), () => io.json({ docId, status }));
    }
    case 'register': {
      const code = argument('CODE');
      const entry = {
        id: values.id ?? '',
        pid: values.pid ?? '',
        code,
        name: required(values, 'name'),
        mail: required(values, 'mail'),
      };
      return report(io, await hubOf(values, io).registerAgency(entry), () => io.json({ code }));
    }
    case 'remove': {
      const code = argument('CODE');
      return report(io, await hubOf(values, io).removeAgency(code), () => io.json({ code }));
    }
    default:
      throw new Failure('usage', operation ?? 'exchange');
  }
}

const place = 'HUB --json';

export const exchangeCommand: CliCommand = {
  name: 'exchange',
  usage: [
    `exchange list --type edoc|status ${place}`,
    `exchange fetch DOCID --out FILE [--download] ${place}`,
    `exchange send FILE --to A,B --type edoc|status [--from CODE] ${place}`,
    `exchange ack DOCID [--status done|processing|fail] ${place}`,
    `exchange sent [--type edoc|status] ${place}`,
    `exchange agencies|units ${place}`,
    `exchange count --type edoc|status ${place}`,
    `exchange register CODE --name NAME --mail MAIL [--id ID] [--pid ID] ${place}`,
    `exchange remove CODE ${place}`,
    'exchange prepare --kind folder ...   Tạo các thư mục trao đổi',
    'HUB:',
    '  --kind vxp --endpoint URL --system-id ID --secret-env NAME',
    '  --kind lgsp --endpoint URL --system-id ID --secret-env NAME --username NAME --password-env NAME [--application-code CODE]',
    '  --kind xroad --endpoint URL --system-id ID --client I/C/M[/S] --service I/C/M[/S][:CODE] [--protocol rest|soap] [--namespace URI] [--user-id ID]',
    '  --kind folder --root DIR --system-id ID [--inbox in] [--outbox out] [--done done] [--by-receiver]',
    '  [--timeout S] [--ca PEM] [--cert PEM --key PEM] [--proxy none|system|URL] [--allow-http HOST]...',
    'Mã thoát: 0 được, 1 trục từ chối, 2 sai cách dùng, 3 chưa rõ kết quả',
  ],
  run,
};
