// What a window may ask of files that come in: what a file is, a PDF made of it. Shapes only; it holds no behaviour.
import { z } from 'zod';
import { call, nothing } from './call';
import { instant, sha256 } from './ids';
import { originalFile } from './made-from';
import { attachment } from './records';
import { fileVerdict } from './verdict';

/** Kinds by content that a PDF can be made of, and those that only look as if. */
export const fileKind = z.enum([
  ...([
    'pdf',
    'jpeg',
    'png',
    'tiff',
    'docx',
    'xlsx',
    'pptx',
    'odt',
    'ods',
    'odp',
    'doc',
    'xls',
    'ppt',
  ] as const),
  ...(['rtf', 'zip', 'other'] as const),
]);
export type FileKind = z.infer<typeof fileKind>;

const code = z.string().max(100);
const notes = z.array(code).max(20);

/** What a new file has of a damaged one. */
export const repairReport = z.strictObject({
  pages: z.number().int().min(0),
  /** As the damaged file says; null where it does not say. */
  declaredPages: z.number().int().min(0).nullable(),
  /** Pages that its list of pages had lost: they stand at the end. */
  foundPages: z.number().int().min(0),
  damagedStreams: z.number().int().min(0),
  lostObjects: z.number().int().min(0),
  /** Fields whose signatures the new file no longer has. */
  signatures: z.array(z.string().max(600)).max(1000),
  encrypted: z.boolean(),
});
export type RepairReport = z.infer<typeof repairReport>;

/** What is to be done with a file before it can be a document's PDF. */
export const fileLook = z.discriminatedUnion('step', [
  /** A PDF that can be taken as it is. */
  z.strictObject({ step: z.literal('none'), fileKind, notes }),
  z.strictObject({ step: z.literal('convert'), fileKind, by: z.enum(['pictures', 'office']), notes }),
  /** An encrypted PDF whose password is not known yet. */
  z.strictObject({ step: z.literal('unlock'), fileKind, notes }),
  /** A PDF that cannot be taken as it is, and why; a new one may be made of what can be read of it. */
  z.strictObject({ step: z.literal('repair'), fileKind, code, notes }),
  /** Nothing here can make a PDF of it; `code` says why and what helps. */
  z.strictObject({ step: z.literal('refused'), fileKind, code, notes }),
]);
export type FileLook = z.infer<typeof fileLook>;

const workId = z.uuid();

export const intakeCalls = {
  /** Reads what a stored file is, by content. Its name is looked at only to say that it misleads. */
  'intake.look': call(z.strictObject({ sha256, name: z.string().max(600) }), fileLook),
  /**
   * A PDF of an office file, or of pictures, a page each in this order; told as `progress` of `work`. Failures `convert-*`,
   * `cancelled` after `intake.stop`.
   */
  'intake.convert': call(
    z.strictObject({ work: workId, files: z.array(originalFile).min(1).max(500) }),
    z.strictObject({ file: attachment }),
  ),
  /**
   * Opens an encrypted PDF by its user's or owner's password, kept in memory for it and what comes of it, sealed with `keep`.
   * `restricted`: its owner lets nothing be changed without the owner's password. Failure `pdf-password-wrong`.
   */
  'intake.unlock': call(
    z.strictObject({ sha256, password: z.string().min(1).max(500), keep: z.boolean() }),
    z.strictObject({ restricted: z.boolean(), verdict: fileVerdict, at: instant }),
  ),
  /** The password that is known of a file, for the viewer; null where there is none. */
  'intake.password': call(
    z.strictObject({ sha256 }),
    z.strictObject({ password: z.string().max(500).nullable() }),
  ),
  /** A new PDF of a damaged one, which stays as it is beside it. Failures `pdf-repair-*`, and those of reading. */
  'intake.repair': call(
    z.strictObject({ work: workId, file: originalFile }),
    z.strictObject({ file: attachment, report: repairReport }),
  ),
  /** Stops a piece of work of this desk; nothing of it is kept. */
  'intake.stop': call(z.strictObject({ work: workId }), nothing),
} as const;
