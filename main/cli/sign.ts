// The command `sign`: signs PDF files with a token, one JSON line a file. Gates and checks are those of the window;
// the PIN comes from stdin, is used for one login, and goes nowhere else.
import { mkdirSync } from 'node:fs';
import { type Code, sentenceOf } from '../../preload/contract/codes';
import { Failure, isFailure } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import { shippedFont } from '../signing';
import { type ChosenCertificate, certificatesOf, TokenClient } from '../token/client';
import { nodeHost } from '../token/node-host';
import type { CliCommand, CliIo } from './command';
import { unwritable } from './io';
import { pageText } from './page-text';
import { readSignArguments, type SignArguments } from './sign-arguments';
import { SignBatch } from './sign-batch';
import { levelTools } from './sign-levels';
import { textPlacing } from './sign-place';
import { TOKEN_ROOM } from './sign-raised';
import { nativeHint } from './tokens';
import { readTrust } from './verify';

const pinCodes: readonly Code[] = [
  'token-pin-wrong',
  'token-pin-length',
  'token-pin-locked',
  'token-pin-confirm',
  'token-signature-pin-wrong',
  'token-signature-pin-locked',
];

/** The text only helps to place a signature: nobody waits long for it. */
const placeLimits = { milliseconds: 3_000, millisecondsPerMebibyte: 50 };

const plain = (text: string): string => text.normalize('NFC').trim().toLocaleLowerCase('vi');

/** One attribute of a distinguished name as openssl, NSS or Windows write it: `C = VN, CN = …`, `CN=…,O=…`, `/CN=…/O=…`. */
function nameAttribute(name: string, attribute: string): string | undefined {
  const found = new RegExp(`(?:^|[,/+;])\\s*${attribute}\\s*=\\s*("[^"]*"|(?:\\\\.|[^,/+;])*)`, 'i').exec(
    name,
  )?.[1];
  return found?.replaceAll(/\\(.)|"/g, '$1');
}

function hasName(card: ChosenCertificate['certificate'], wanted: string): boolean {
  // Lists show names with personal numbers masked: a name copied from one fits too.
  const names = [card.subject, card.label].flatMap((name) => [name, withoutPersonalNumbers(name)]);
  if (names.some((name) => plain(name) === plain(wanted))) return true;
  const common = nameAttribute(wanted, 'CN');
  const organization = nameAttribute(wanted, 'O');
  if (common === undefined || plain(common) !== plain(card.subject)) return false;
  return organization === undefined || plain(organization) === plain(card.organization);
}

function matches(card: ChosenCertificate['certificate'], wanted: string): boolean {
  const hex = wanted.replace(/[^0-9a-f]/gi, '').toLowerCase();
  const isHex = /^[0-9a-f:\s]+$/i.test(wanted);
  if (isHex && [card.id, card.fingerprint, card.serial.toLowerCase()].includes(hex)) return true;
  return hasName(card, wanted);
}

/** The one to sign with among those that fit: a usable one before others, RSA before EC. */
function best(cards: readonly ChosenCertificate[]): ChosenCertificate | undefined {
  const usable = cards.filter((one) => one.certificate.reason === null);
  return usable.find((one) => one.certificate.keyType.startsWith('RSA')) ?? usable[0] ?? cards[0];
}

/** The certificate to sign with: the one named, else the first usable one, RSA before EC. Throws Failures of the token. */
async function choose(client: TokenClient, given: SignArguments): Promise<ChosenCertificate> {
  const [report] = await client.list([given.module]);
  if (report === undefined) throw new Failure('token-driver-absent', given.module);
  if (!report.ok) throw new Failure(report.code, report.detail);
  const token = report.module.tokens.find((one) => plain(one.label) === plain(given.token));
  if (token === undefined) throw new Failure('token-absent', given.token);
  if (token.code !== null) throw new Failure(token.code, given.token);
  const all = certificatesOf([report]).filter(
    (one) => one.token.serial === token.serial && one.token.label === token.label,
  );
  const { certificate: wanted } = given;
  if (wanted !== undefined) {
    const found = best(all.filter((one) => matches(one.certificate, wanted)));
    if (found === undefined) throw new Failure('token-certificate-absent', wanted);
    if (found.certificate.reason !== null) throw new Failure(found.certificate.reason, wanted);
    return found;
  }
  const first = best(all);
  if (first?.certificate.reason === null) return first;
  // The reason why a signer's own certificate cannot sign says more than that there is none.
  const nearest = all.find((one) => !one.certificate.authority)?.certificate.reason;
  throw new Failure(nearest ?? 'token-certificate-absent', given.token);
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw unwritable(path, error);
  }
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const given = readSignArguments(args, io);
  const trust = readTrust(io, given.trust);
  const client = new TokenClient(
    () => nodeHost(),
    {},
    (note) => io.message(`Cơ chế bị từ chối: ${note}`),
  );
  // The host loads while the font is read.
  client.start();
  const text = pageText(placeLimits);
  try {
    const font = shippedFont();
    const chosen = await choose(client, given);
    if (given.folder !== undefined) makeFolder(given.folder);
    const { what, field, reason, password } = given;
    const order = {
      what,
      ...(field === undefined ? {} : { fieldName: field }),
      ...(reason === undefined ? {} : { reason }),
      ...(password === undefined ? {} : { password }),
      ...(given.level === 'B-B' ? {} : { reserve: TOKEN_ROOM }),
    };
    const { pss, lastTry, allowSealFirst, requireTrust } = given;
    const { level, tsa } = given;
    const raising = level === 'B-B' ? undefined : { level, tools: levelTools({ trust, tsa, password }) };
    const placing = field === undefined ? textPlacing(what, password, text) : undefined;
    const batch = {
      order,
      pss,
      lastTry,
      allowSealFirst,
      requireTrust,
      trust,
      online: true,
      raising,
      placing,
    };
    const codes = new Set<Code | null>();
    const signing = new SignBatch(client, chosen, batch, { font }, (line, detail) => {
      codes.add(line.code);
      io.json(line);
      const words = line.code === null ? 'đã ký' : sentenceOf(line.code);
      io.message(`${line.file}: ${words}${detail === '' ? '' : ` (${detail})`}`);
      for (const warning of line.warnings) io.message(`${line.file}: ${sentenceOf(warning)}`);
    });
    const done = await signing.run(given.jobs, async () => {
      const pin = await io.readSecretLine();
      return given.signaturePin ? { pin, own: await io.readSecretLine() } : { pin };
    });
    if (done.pinRefused && codes.has('token-pin-confirm')) io.message('Xác nhận lần nhập cuối: --last-try');
    const ownRefused = codes.has('token-signature-pin-wrong') || codes.has('token-signature-pin-locked');
    if (done.pinRefused || ownRefused) return 3;
    return done.failed === 0 ? 0 : 1;
  } catch (error) {
    if (!isFailure(error)) throw error;
    io.json({ ok: false, code: error.code, message: sentenceOf(error.code), detail: error.detail });
    io.message(`${sentenceOf(error.code)}${error.detail === '' ? '' : ` (${error.detail})`}`);
    if (error.code === 'token-native-missing') io.message(nativeHint);
    return pinCodes.includes(error.code) ? 3 : 2;
  } finally {
    text.close();
    client.close();
  }
}

export const signCommand: CliCommand = {
  name: 'sign',
  usage: [
    'sign FILE... --out FILE|DIR --module PATH --token LABEL [--cert SUBJECT|ID] --pin-stdin',
    '  [--level B-B|B-T|B-LT|B-LTA] [--tsa URL]...',
    '  [--role leader|seal|attachment|copy|invisible] [--image PNG] [--page N --rect x,y,w,h] [--field NAME]',
    '  [--reason TEXT] [--document-number TEXT] [--copy-form sao-y|sao-luc|trich-sao] [--agency TEXT] [--seal-mm MM] [--password P]',
    '  [--signature-pin-stdin] [--pss] [--trust FILE|DIR]... [--require-trust] [--allow-seal-first] [--last-try] [--json]',
    '  ký số; mỗi tệp một dòng JSON; mã PIN đọc từ stdin (dòng hai: mã PIN ký số của khóa, nếu có); --rect tính bằng point từ góc dưới bên trái của trang như khi xem',
    '  không có --page, --rect: đặt theo chữ trên trang như cửa sổ ký; với leader, chỗ trống của số, ngày thành ô để ghi sau',
    '  0 mọi tệp đã ký, 1 có tệp chưa ký, 2 thiếu thiết bị, chứng thư số hoặc sai cách dùng, 3 mã PIN sai hoặc bị khóa',
  ],
  run,
};
