// One line of the journal: clear sequence number, sealed entry and the hash of the line before. Pure; it opens no file.
//
//   <seq> <base64 of nonce | ciphertext | tag>\n      authenticated with: version, segment, seq
//
// The number and the segment bind a line to its place; the hash inside chains it to the line before, so a line that is
// deleted, doubled or moved is noticed, and a damaged line costs itself alone. The end of the newest segment can be cut
// unnoticed only as far as nothing was written after it.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { seal, unseal } from '../vault';

export const formatLine = 'van-thu-journal 1\n';
/** Largest entry in bytes of JSON. */
export const largestEntry = 8 << 20;

export const segmentHead = z.object({
  type: z.literal('segment'),
  segment: z.number().int().min(1),
  generation: z.uuid(),
  /** The last acknowledged line before this segment, or null for the first and for a compacted one. */
  previous: z.object({ segment: z.number().int(), seq: z.number().int(), hash: z.string() }).nullable(),
  /** Segments this one was compacted from; they may still lie about after a crash. */
  replaces: z.array(z.number().int()),
});
export type SegmentHead = z.infer<typeof segmentHead>;

const content = z.object({ p: z.string(), e: z.looseObject({ type: z.string() }) });
/** An entry as it lies in the file: known or not, every field kept. */
export type RawEntry = z.infer<typeof content>['e'];

export interface OpenedLine {
  readonly seq: number;
  readonly previous: string;
  readonly entry: RawEntry;
}

function contextOf(segment: number, seq: number): string {
  return `van-thu-journal|1|${segment}|${seq}`;
}

/** What the next line must carry: SHA-256 of this line without its newline. */
export function hashOfLine(line: Uint8Array): string {
  return createHash('sha256').update(line).digest('hex');
}

/** The line of an entry, newline included. */
export function sealLine(
  key: Uint8Array,
  segment: number,
  seq: number,
  previous: string,
  entry: { readonly type: string },
): Buffer {
  const plain = Buffer.from(JSON.stringify({ p: previous, e: entry }), 'utf8');
  const sealed = Buffer.from(seal(key, plain, contextOf(segment, seq)));
  return Buffer.from(`${seq} ${sealed.toString('base64')}\n`, 'latin1');
}

/** The entry of a line (without its newline), or null when it is not what was written there. */
export function openLine(key: Uint8Array, segment: number, line: Uint8Array): OpenedLine | null {
  const space = line.indexOf(32);
  if (space < 1 || space > 16) return null;
  const text = Buffer.from(line).toString('latin1');
  const seq = Number(text.slice(0, space));
  if (!Number.isSafeInteger(seq) || seq < 1) return null;
  const sealed = Buffer.from(text.slice(space + 1), 'base64');
  // One entry has one spelling: spare bits of base64 may not hide a change.
  if (`${seq} ${sealed.toString('base64')}` !== text) return null;
  const plain = unseal(key, sealed, contextOf(segment, seq));
  if (plain === null) return null;
  const parsed = content.safeParse(JSON.parse(Buffer.from(plain).toString('utf8')));
  return parsed.success ? { seq, previous: parsed.data.p, entry: parsed.data.e } : null;
}

/**
 * True when a bad line looks like a write that a power cut stopped: no newline, or bytes that were never written (file
 * systems give zeros). A whole line of the right letters that does not open was changed.
 */
export function looksTorn(line: Uint8Array, ended: boolean): boolean {
  return !ended || !/^\d{1,16} [A-Za-z0-9+/]+={0,2}$/.test(Buffer.from(line).toString('latin1'));
}
