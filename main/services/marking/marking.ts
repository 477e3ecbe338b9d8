// Marks of the desk in PDF files: what other programs wrote into a stored file, a copy with the desk's own, a draft with them before
// its first signature. The stored original keeps every byte: what is written is another blob, looked at before anybody gets it.

import { randomBytes } from 'node:crypto';
import type { ExportedMark } from '../../../preload/contract/annotation';
import { eachPiece } from '../../../preload/contract/byte-source';
import type { CallOutput, Calls } from '../../../preload/contract/calls';
import { Failure } from '../../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../../preload/contract/ids';
import type { MarkingWay, markingCalls, TouchedSignature } from '../../../preload/contract/marking';
import { mostPictureBytes } from '../../../preload/contract/pictures';
import type { FileVerdict, SignatureVerdict } from '../../../preload/contract/verdict';
import type { BlobStore } from '../../blobs';
import type { CallHandlers } from '../../ipc/answer-call';
import { hasPlace, notesPageCount } from '../../marking';
import { shippedFont } from '../../signing';
import { verdictOrReason } from '../arrivals';
import type { MarkingPort, ReadingPort } from '../reading-port';
import { sheetFile } from './sheet-file';

export interface MarkingParts {
  readonly reading: MarkingPort & Pick<ReadingPort, 'verdict' | 'pdfFacts'>;
  readonly blobs: BlobStore;
  readonly saveCopy: (sha256: Sha256, name: string) => Promise<boolean>;
  readonly now: () => Date;
}

export type MarkingHandlers = Pick<CallHandlers, keyof typeof markingCalls & keyof Calls>;

/** Signatures that say less after the marks than before, in the order of the file; a signer once, by the worst. */
export function touchedBy(before: FileVerdict, after: FileVerdict): TouchedSignature[] {
  const holds = (one: SignatureVerdict): boolean => one.integrity === 'intact' && one.permitted;
  const touched = new Map<string, TouchedSignature['how']>();
  for (const one of before.signatures.filter(holds)) {
    const now = after.signatures.find((other) => other.field === one.field);
    const broken = now === undefined || !holds(now);
    if (!broken && now.changes === one.changes) continue;
    if (touched.get(one.signer) !== 'broken') touched.set(one.signer, broken ? 'broken' : 'changed');
  }
  return [...touched].map(([signer, how]) => ({ signer, how }));
}

/** `Quyet dinh.pdf` becomes `Quyet dinh (có ghi chú).pdf`. */
export function markedName(name: string): string {
  return name.replace(/(\.pdf)?$/i, ' (có ghi chú).pdf');
}

const pngStart = '\x89PNG\r\n\x1a\n';

interface Order {
  readonly sha256: Sha256;
  readonly marks: readonly ExportedMark[];
  readonly how: MarkingWay;
  /** It is in the store for a while only: it must be no file that somebody keeps there. */
  readonly passing?: boolean;
}

interface Made {
  readonly sha256: Sha256;
  readonly written: number;
  /** Signs of their words that show as a box. */
  readonly unshown: string[];
}

export function createMarking({ reading, blobs, saveCopy, now }: MarkingParts): MarkingHandlers {
  async function picturesOf(marks: readonly ExportedMark[]) {
    const named = new Set(marks.flatMap(({ picture }) => (picture === null ? [] : [picture])));
    const pictures: { sha256: string; png: Uint8Array }[] = [];
    for (const sha256 of named) {
      const size = await blobs.size(sha256);
      // A stamp whose picture is lost, or is none, shows its words.
      if (size === null || size > mostPictureBytes) continue;
      const png = await blobs.readRange(sha256, 0, size);
      if (Buffer.from(png.subarray(0, 8)).toString('latin1') === pngStart) pictures.push({ sha256, png });
    }
    return pictures;
  }

  /** The ids of what the file holds itself, where any mark answers another. */
  async function answeredIn(source: Sha256, marks: readonly ExportedMark[]): Promise<ReadonlySet<string>> {
    if (marks.every(({ replyTo }) => replyTo === null)) return new Set();
    const { imported, own } = await reading.readMarks(source);
    return new Set([...imported, ...own].map(({ id }) => id));
  }

  /** Reads what was written from the disk: the earlier bytes, and every mark. Throws Failure `marking-not-read-back`. */
  async function checkMade({ sha256: source, marks, how }: Order, made: Sha256): Promise<number> {
    const [before, after] = [await blobs.open(source), await blobs.open(made)];
    try {
      eachPiece(before, 0, before.size, (piece, offset) => {
        if (Buffer.compare(piece, after.read(offset, piece.length)) !== 0)
          throw new Failure('marking-not-read-back', `byte ${offset}`);
      });
    } finally {
      before.close();
      after.close();
    }
    if (how === 'flattened') {
      const [old, now] = [await reading.pdfFacts(source, 1), await reading.pdfFacts(made, 1)];
      const wanted = old.pages + notesPageCount(marks, await answeredIn(source, marks), shippedFont());
      if (now.pages !== wanted) throw new Failure('marking-not-read-back', `${now.pages} of ${wanted} pages`);
      return marks.length;
    }
    const wanted = new Map(marks.map((mark) => [mark.id, JSON.stringify(mark)]));
    const { own } = await reading.readMarks(made);
    const found = own.filter((mark) => wanted.get(mark.id) === JSON.stringify(mark));
    const expected = marks.filter(hasPlace).length;
    if (found.length < expected)
      throw new Failure('marking-not-read-back', `${found.length} of ${expected} marks`);
    return expected;
  }

  async function destroy(sha256: Sha256): Promise<void> {
    if (!(await blobs.has(sha256))) return;
    await blobs.toTrash(sha256);
    await blobs.deleteTrashed(sha256);
  }

  /** A new blob with the marks. Throws Failure `marking-nothing`, `marking-not-read-back` and those of reading. */
  async function make(order: Order, kind: string, name: string): Promise<Made> {
    const { sha256, marks, how, passing = false } = order;
    const { increment, unshown } = await reading.writeMarks(sha256, {
      marks: [...marks],
      pictures: await picturesOf(marks),
      flattened: how === 'flattened',
      // The same marks on the same file gave the same bytes: a saved copy that came back as a draft would go with this one.
      ...(passing ? { copy: randomBytes(16).toString('hex') } : {}),
    });
    if (increment.length === 0) throw new Failure('marking-nothing', name);
    const made = await blobs.derive(sha256, [increment], { kind, docId: '', name });
    try {
      return { sha256: made.sha256, written: await checkMade(order, made.sha256), unshown };
    } catch (error) {
      await destroy(made.sha256);
      throw error;
    }
  }

  /** Makes a copy, looks at its signatures, and takes it away again after `use`. */
  async function withCopy<T>(
    order: Order,
    use: (made: Made, touched: TouchedSignature[], signed: number) => Promise<T>,
  ): Promise<T> {
    const before = await reading.verdict(order.sha256);
    const made = await make({ ...order, passing: true }, 'marked', '');
    try {
      const signed = before.signatures.length;
      const touched = signed === 0 ? [] : touchedBy(before, await reading.verdict(made.sha256));
      return await use(made, touched, signed);
    } finally {
      // The copy is the person's; the store keeps the original alone.
      await destroy(made.sha256);
    }
  }

  /** Copies that lie in the store only while they are printed. */
  const printing = new Set<Sha256>();

  return {
    'marking.imported': async ({ sha256 }): Promise<CallOutput<'marking.imported'>> => {
      const { imported, others, cut } = await reading.readMarks(sha256);
      return { marks: imported, others, cut };
    },
    'marking.check': (order) => withCopy(order, async (_made, touched, signed) => ({ signed, touched })),
    'marking.saveCopy': ({ name, ...order }) =>
      withCopy(order, async (made, touched) => ({
        saved: await saveCopy(made.sha256, markedName(name)),
        written: made.written,
        unshown: made.unshown,
        touched,
      })),
    'marking.forPrint': async ({ sha256, marks }) => {
      const made = await make({ sha256, marks, how: 'flattened', passing: true }, 'print', '');
      printing.add(made.sha256);
      return { sha256: made.sha256, size: (await blobs.size(made.sha256)) ?? 0 };
    },
    'marking.printed': async ({ sha256 }) => {
      if (printing.delete(sha256)) await destroy(sha256);
      return {};
    },
    'marking.draft': async ({ name, description, ...order }) => {
      const verdict = await reading.verdict(order.sha256);
      if (verdict.signatures.length > 0) throw new Failure('marking-after-signature', name);
      const made = await make(order, 'draft-marked', name);
      return {
        file: {
          sha256: made.sha256,
          name,
          description,
          contentType: 'application/pdf',
          size: (await blobs.size(made.sha256)) ?? 0,
          verdict: await verdictOrReason(reading, made.sha256),
          verifiedAt: asInstant(now()),
          problem: null,
        },
        unshown: made.unshown,
      };
    },
    'marking.sheet': async ({ sheet, name }) => ({ file: await sheetFile(blobs, sheet, name) }),
  };
}
