// What other programs say of a signed PDF: poppler over NSS, qpdf, mupdf and openssl. It judges nothing itself.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Opinion {
  /** pdfsig's words, signature by signature. */
  readonly signatures: readonly string[];
  readonly certificates: readonly string[];
  readonly qpdf: number | null;
  readonly mutool: string;
  /** Exit codes of `openssl cms -verify -cades`, signature by signature. */
  readonly cades: readonly (number | null)[];
}

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((one) => one[1] ?? '');

/** The NSS database with the root trusted. */
function nssFolder(work: string, root: string): string {
  const folder = join(work, 'nss');
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  execFileSync('certutil', ['-N', '-d', `sql:${folder}`, '--empty-password'], { stdio: 'pipe' });
  execFileSync('certutil', ['-A', '-d', `sql:${folder}`, '-n', 'root', '-t', 'CT,C,C', '-i', root], {
    stdio: 'pipe',
  });
  return folder;
}

/** The bytes of a DER element without the zeros that fill its place. */
function element(bytes: Buffer): Buffer {
  const first = bytes[1] ?? 0;
  if (first < 128) return bytes.subarray(0, 2 + first);
  const size = first & 127;
  return bytes.subarray(0, 2 + size + bytes.readUIntBE(2, size));
}

function cades(pdf: Buffer, work: string, root: string): (number | null)[] {
  const ranges = [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)/g)];
  return ranges.map((range) => {
    const [start = 0, length = 0, second = 0, rest = 0] = range.slice(1).map(Number);
    const hex = pdf.toString('latin1', start + length + 1, second - 1);
    const [cms, content] = [join(work, 'one.cms'), join(work, 'one.bin')];
    writeFileSync(cms, element(Buffer.from(hex, 'hex')));
    writeFileSync(
      content,
      Buffer.concat([pdf.subarray(start, start + length), pdf.subarray(second, second + rest)]),
    );
    return spawnSync('openssl', [
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cms, '-content', content],
      ...['-CAfile', root, '-purpose', 'any', '-out', '/dev/null'],
    ]).status;
  });
}

/** Asks them all; `work` is a folder for their files. */
export function opinionOf(path: string, root: string, work: string): Opinion {
  const nss = nssFolder(work, root);
  const words = spawnSync('pdfsig', ['-nssdir', `sql:${nss}`, '-no-ocsp', path], { encoding: 'utf8' }).stdout;
  return {
    signatures: all(words, /Signature Validation: (.*)/g),
    certificates: all(words, /Certificate Validation: (.*)/g),
    qpdf: spawnSync('qpdf', ['--check', path]).status,
    mutool: spawnSync('mutool', ['sign', '-v', path], { encoding: 'utf8' }).stdout,
    cades: cades(readFileSync(path), work, root),
  };
}

/** What openssl says of the last document time stamp of a file, over the bytes that it covers. Throws when it does not hold. */
export function stampOpinion(path: string, root: string, authority: string, work: string): string {
  const pdf = readFileSync(path);
  const ranges = [...pdf.toString('latin1').matchAll(/\/ByteRange\s*\[0 (\d+) (\d+) (\d+)\]/g)];
  const [gap = 0, second = 0, rest = 0] = (ranges.at(-1) ?? []).slice(1).map(Number);
  const [token, data] = [join(work, 'stamp.tok'), join(work, 'stamp.bin')];
  writeFileSync(token, element(Buffer.from(pdf.toString('latin1', gap + 1, second - 1), 'hex')));
  writeFileSync(data, Buffer.concat([pdf.subarray(0, gap), pdf.subarray(second, second + rest)]));
  const check = ['-in', token, '-token_in', '-data', data, '-CAfile', root, '-untrusted', authority];
  return execFileSync('openssl', ['ts', '-verify', ...check], { encoding: 'utf8', stdio: 'pipe' });
}
