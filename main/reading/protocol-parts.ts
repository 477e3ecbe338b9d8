// Shapes that several messages of the reading host share. They hold no behaviour.
import { z } from 'zod';
import { type Code, sentences } from '../../preload/contract/codes';
import {
  attachmentMeta,
  documentHeader,
  statusHeader,
  traceHeaderList,
  unknownPart,
} from '../../preload/contract/edxml';
import { sha256 } from '../../preload/contract/ids';

const mebibyte = 1 << 20;
export const bytes = (limit: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= limit);
export const ders = z.array(bytes(64 * mebibyte)).max(100_000);
export const text = z.string().max(4000);
export const count = z.number().int().min(0);
export const codeWord = z.custom<Code>(
  (value) => typeof value === 'string' && Object.hasOwn(sentences, value),
);

/** One file: a sealed one with its own key, or a plain one (command line) with null. */
export const fileAccess = z.strictObject({ path: z.string(), fileKey: bytes(32).nullable() });

/** A file as the host wrote it; main adopts it by what it holds. */
export const writtenBytes = z.strictObject({
  ticket: z.number().int(),
  sha256,
  size: z.number().int().min(0),
});
export type WrittenBytes = z.infer<typeof writtenBytes>;

/** An attachment as the host wrote it; `isPdf`: by its first bytes, whatever the package calls it. */
export const writtenAttachment = writtenBytes.extend({ isPdf: z.boolean() });
export type WrittenAttachment = z.infer<typeof writtenAttachment>;

/** A package as it was read, its attachments each with `body` in place of their bytes. */
export function packageWith<Body extends z.ZodType>(body: Body) {
  const parts = {
    trace: traceHeaderList.nullable(),
    attachments: z.array(attachmentMeta.extend({ bytes: body })).max(10_000),
    unknown: z.array(unknownPart).max(300_000),
  };
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('edoc'), header: documentHeader, ...parts }),
    z.strictObject({ kind: z.literal('status'), header: statusHeader, ...parts }),
  ]);
}

export const rect = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** A run of text on a page as shown: points, origin lower left, `y` is the base line. */
export const textPiece = z.strictObject({
  page: count,
  text: z.string().max(1000),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type TextPiece = Readonly<z.infer<typeof textPiece>>;

/** The size of a page as shown, points. */
export const pageSize = z.strictObject({ page: count, width: z.number(), height: z.number() });
export type PageSize = Readonly<z.infer<typeof pageSize>>;

/** A blank of number or date (NumberBlank of main/signing); the page counts from 0. */
export const numberBlank = z.strictObject({
  part: z.enum(['number', 'day', 'month']),
  page: count,
  x: z.number(),
  right: z.number(),
  y: z.number(),
  size: z.number().positive().max(1000),
});

/** A signature or a document time stamp whose contents are still missing. */
export const preparedAnswer = z.strictObject({
  increment: bytes(256 * mebibyte),
  contentsGap: z.strictObject({ offset: count, length: count }),
  byteRange: z.tuple([count, count, count, count]),
  digest: bytes(64),
  digestAlgorithm: z.enum(['sha256', 'sha384']),
  sourceSize: count,
  fieldName: text,
  shown: z.strictObject({ page: z.number().int(), rect }).optional(),
  signedBefore: z.array(text).max(10_000),
  warnings: z.array(codeWord).max(100),
});
