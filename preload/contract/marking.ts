// What a window may ask of marks in PDF files: those that other programs wrote, a copy with the desk's own, the sheet of an incoming
// document. Shapes only; it holds no behaviour.
import { z } from 'zod';
import { exportedMark } from './annotation';
import { type CallShape, call } from './call';
import { handlingSheet } from './handling-sheet';
import { sha256 } from './ids';
import { attachment } from './records';

/** As notes that any program can show, take off and answer; or drawn into the pages for good. */
export const markingWay = z.enum(['annotations', 'flattened']);
export type MarkingWay = z.infer<typeof markingWay>;

const marks = z.array(exportedMark).max(5000);

/** A signature that says less on a copy with marks than on the file itself. */
export const touchedSignature = z.strictObject({
  signer: z.string().max(600),
  /** `changed`: programs say that something was added after it; `broken`: its signer allowed no such change, or it fails. */
  how: z.enum(['changed', 'broken']),
});
export type TouchedSignature = z.infer<typeof touchedSignature>;
const touched = z.array(touchedSignature).max(200);

/** How many signs that the font lacks are told of. */
export const mostUnshown = 100;
/** Signs of drawn words that the font lacks, each once: they show as a box. */
export const unshownSigns = z.array(z.string().max(8)).max(mostUnshown);

const copyOf = {
  sha256,
  marks,
  how: markingWay,
} as const;

export const markingCalls = {
  /** The notes a stored PDF holds, as marks on the layer `imported`; `others` counts those of kinds that have no place here. */
  'marking.imported': call(
    z.strictObject({ sha256 }),
    z.strictObject({ marks, others: z.number().int().min(0), cut: z.boolean() }),
  ),
  /** Whose signatures would show a change on a copy with these marks. Nothing is kept. */
  'marking.check': call(z.strictObject(copyOf), z.strictObject({ signed: z.number().int().min(0), touched })),
  /** Saves a copy with marks where the person wants it; the stored original stays as it is. */
  'marking.saveCopy': call(
    z.strictObject({ ...copyOf, name: z.string().max(300) }),
    z.strictObject({ saved: z.boolean(), written: z.number().int().min(0), unshown: unshownSigns, touched }),
  ),
  /** A flattened copy that is printed and then let go of by `marking.printed`; the stored original stays as it is. */
  'marking.forPrint': call(
    z.strictObject({ sha256, marks }),
    z.strictObject({ sha256, size: z.number().int().min(0) }),
  ),
  /** Nothing of a copy that `marking.forPrint` made is kept; a file that it did not make stays. */
  'marking.printed': call(z.strictObject({ sha256 }), z.strictObject({})),
  /** A draft with marks as a new file of the store; refused with `marking-after-signature` once the file has any signature. */
  'marking.draft': call(
    z.strictObject({ ...copyOf, name: z.string().max(600), description: z.string().max(600) }),
    z.strictObject({ file: attachment, unshown: unshownSigns }),
  ),
  /** The sheet as a PDF of this desk's own, to be looked at; the same words give the same file. */
  'marking.sheet': call(
    z.strictObject({ sheet: handlingSheet, name: z.string().max(300) }),
    z.strictObject({ file: attachment }),
  ),
} as const satisfies Record<string, CallShape>;
