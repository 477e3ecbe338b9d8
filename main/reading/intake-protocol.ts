// The jobs of the reading host on files that come in: what a file is, a PDF of pictures, a look at what another program made.
// What goes in and what comes back, checked in full. It holds no behaviour.
import { z } from 'zod';
import { fileKind, repairReport } from '../../preload/contract/intake';
import { codeWord, count, fileAccess, text, writtenBytes } from './protocol-parts';

const name = z.string().max(200);
const names = z.array(name).max(500);

export const intakeAnswers = {
  'file-look': z.strictObject({
    kind: fileKind,
    /** Under a password of its own program. */
    locked: z.boolean(),
    macros: z.boolean(),
    fonts: names,
    /** Of a PDF: why it cannot be opened, and what is to be known of it. */
    pdf: z.strictObject({ code: codeWord.nullable(), notes: z.array(codeWord).max(20) }).nullable(),
  }),
  'picture-pdf': z.strictObject({
    written: writtenBytes,
    pages: count,
    dpi: z.number(),
    warnings: z.array(codeWord).max(20),
  }),
  /** Throws `convert-output-bad` for what our own reader does not open. */
  'made-pdf': z.strictObject({ pages: count, fontWarning: codeWord.nullable() }),
  /** Whether it carries a secrecy mark. */
  'secret-look': z.strictObject({ secret: z.boolean() }),
  'repair-pdf': z.strictObject({
    written: writtenBytes,
    report: repairReport,
    notes: z.array(codeWord).max(20),
  }),
} as const;

export const secretLookInput = z.strictObject({ access: fileAccess });

export const intakeInputs = {
  'file-look': z.strictObject({ access: fileAccess, password: z.string().nullable() }),
  'picture-pdf': z.strictObject({ accesses: z.array(fileAccess).min(1).max(500) }),
  'made-pdf': z.strictObject({
    access: fileAccess,
    /** Names of the fonts that the original asks for. */
    fonts: names,
  }),
  'secret-look': secretLookInput,
  'repair-pdf': z.strictObject({
    access: fileAccess,
    /** What the new file says it came from. */
    name: text,
    password: z.string().nullable(),
  }),
} as const;
