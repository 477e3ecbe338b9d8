// What a file is by its first bytes. A container (zip, OLE) is looked into elsewhere. It trusts no name.
import type { ByteSource } from '../../preload/contract/byte-source';

export type ImageKind = 'jpeg' | 'png' | 'tiff';

function starts(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

export function headOf(source: ByteSource): Uint8Array {
  return source.read(0, Math.min(source.size, 1024));
}

/** An object of a PDF right at the beginning, at most comments before it. */
const firstObject = /^(?:%[^\r\n]*[\r\n]|\s)*\d{1,10} \d{1,5} obj\b/;

/** A PDF by the first 1024 bytes: its header, also behind what does not belong to it; one that lost its header by its first object. */
export function startsPdf(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  return text.includes('%PDF-') || firstObject.test(text);
}

/** The kind of a picture that can be made a page; undefined for everything else. */
export function imageKindOf(source: ByteSource): ImageKind | undefined {
  const head = headOf(source);
  if (starts(head, 0xff, 0xd8, 0xff)) return 'jpeg';
  if (starts(head, 0x89, 0x50, 0x4e, 0x47)) return 'png';
  if (starts(head, 0x49, 0x49, 42, 0) || starts(head, 0x4d, 0x4d, 0, 42)) return 'tiff';
  return undefined;
}

export type Container = 'pdf' | 'zip' | 'ole' | 'rtf';

export function containerOf(source: ByteSource): Container | undefined {
  const head = headOf(source);
  if (starts(head, 0x50, 0x4b, 3, 4)) return 'zip';
  if (starts(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole';
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('{\\rtf')) return 'rtf';
  return startsPdf(head) ? 'pdf' : undefined;
}
