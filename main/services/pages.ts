// What the services know of a PDF's pages: its facts for the form, the places of NĐ 30, and number and date put on it.
// It parses nothing itself and signs nothing.
import type { z } from 'zod';
import type { Calls } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../preload/contract/ids';
import type { Attachment } from '../../preload/contract/records';
import type { Placement } from '../../preload/contract/signing-request';
import type { BlobStore } from '../blobs';
import { type NumberBlank, type StampRequest, signingGate, stampSize, type UrgencyLevel } from '../signing';
import { verdictOrReason } from './arrivals';
import type { FrozenMemory } from './packages';
import {
  type Found,
  leaderPlace,
  numberBlanks,
  numberPlace,
  numberValues,
  numberWords,
  sealPlace,
} from './places';
import type { PdfFacts, ReadingPort } from './reading-port';
import { pageSaysSecret } from './secrecy/page-mark';
import type { SigningMemory } from './signing-memory';
import { earlierOf, isFileOf, losesSignature } from './signing-rules';
import { stampPlace } from './stamp-places';
import { linesOf, type TextLine } from './text-segments';

export interface PageParts {
  readonly reading: ReadingPort;
  readonly blobs: BlobStore;
  readonly memory: SigningMemory;
  readonly frozen: FrozenMemory;
  readonly agencyName: string;
  /** Diameter of the agency's seal. */
  readonly sealMm: () => Promise<number>;
  /** Width of a role's picture by its height, or null without a picture. */
  readonly aspect: (role: 'leader' | 'seal') => Promise<number | null>;
  readonly now: () => Date;
}

const mm = 72 / 25.4;
/** The end of a document may be followed by a long annex: its signature is looked for on so many pages. */
const placePages = 40;
const mostKnown = 4;

/** Top right of page 1, as the text of an attachment's signature stands (NĐ 30, phụ lục I, II.8.b). */
function cornerPlace(facts: PdfFacts): Found {
  const size = facts.sizes[0] ?? { page: 1, width: 595, height: 842 };
  const width = 80 * mm;
  const height = 9 * mm;
  const placement: Placement = {
    page: 1,
    x: size.width - width - 15 * mm,
    y: size.height - height - 8 * mm,
    width,
    height,
  };
  return { placement, found: true };
}

/** The stamp whose size is asked for. */
function stampOf({
  role,
  urgency,
}: {
  readonly role: string;
  readonly urgency?: UrgencyLevel | undefined;
}): StampRequest {
  if (role === 'urgency-mark') return { kind: 'urgency', level: urgency ?? 1 };
  return { kind: 'arrival', agency: '', number: '', date: '', forwarded: '', fileSymbol: '' };
}

export function createPages(parts: PageParts) {
  async function stamped(sha256: Sha256, name: string): Promise<Attachment> {
    const size = await parts.blobs.size(sha256);
    if (size === null) throw new Failure('blob-missing', sha256);
    return {
      sha256,
      name,
      description: '',
      contentType: 'application/pdf',
      size,
      verdict: await verdictOrReason(parts.reading, sha256),
      verifiedAt: asInstant(parts.now()),
      problem: null,
    };
  }

  /** Facts of the last documents: a signature asks for its place and for the blanks of the same bytes. */
  const known = new Map<Sha256, PdfFacts>();

  async function factsOf(sha256: Sha256): Promise<PdfFacts> {
    const facts = known.get(sha256) ?? (await parts.reading.pdfFacts(sha256, placePages));
    known.delete(sha256);
    known.set(sha256, facts);
    for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest);
    return facts;
  }

  /** Where number and date go: into the fields that were made ready, else into the blanks that the text shows. */
  const blanksOf = (facts: PdfFacts, lines: readonly TextLine[]): readonly NumberBlank[] =>
    facts.numberBlanks.length > 0 ? facts.numberBlanks : numberBlanks(lines);

  async function rolePlace(role: 'leader' | 'seal', facts: PdfFacts): Promise<Found> {
    const lines = linesOf(facts.pieces);
    const signature = facts.leaderSignature;
    // Whoever made the document left one field to be signed: that is the place, and signing there fills it.
    const waiting = facts.waitingField ?? null;
    if (role === 'leader' && signature === null && waiting !== null)
      return { placement: waiting, found: true };
    if (role === 'leader' || signature === null) {
      const leader = leaderPlace(lines, facts.sizes, (await parts.aspect('leader')) ?? undefined);
      if (role === 'leader') return leader;
      return sealPlace(leader, facts.sizes, await parts.sealMm(), (await parts.aspect('seal')) ?? 1);
    }
    // The leader's signature shows already: the seal goes by its rectangle, whatever the text says.
    return sealPlace(
      { placement: signature, found: true },
      facts.sizes,
      await parts.sealMm(),
      (await parts.aspect('seal')) ?? 1,
    );
  }

  return {
    /** Text and page count as proposals for a form. Throws the reader's Failures. */
    async read(sha256: Sha256): Promise<{ pages: number; secret: boolean; text: string }> {
      const facts = await parts.reading.pdfFacts(sha256);
      const lines = linesOf(facts.pieces);
      const text = lines.map((line) => line.pieces.map((piece) => piece.text).join(' ')).join('\n');
      const marks = pageSaysSecret(facts.pieces);
      return { pages: facts.pages, secret: marks, text: text.slice(0, 20_000) };
    },

    /** Blanks of number and date that no field was made for yet. Throws the reader's Failures. */
    async blanks(sha256: Sha256): Promise<readonly NumberBlank[]> {
      const facts = await factsOf(sha256);
      return facts.numberBlanks.length > 0 ? [] : numberBlanks(linesOf(facts.pieces));
    },

    /** Where the role stands on the page. Throws the reader's Failures. */
    async place(
      request: z.output<Calls['signing.place']['input']>,
    ): Promise<z.output<Calls['signing.place']['output']>> {
      const facts = await factsOf(request.sha256);
      const lines = linesOf(facts.pieces);
      const about = { sizes: facts.sizes.map((one) => ({ ...one })), pages: facts.pages, way: null };
      switch (request.role) {
        case 'leader':
        case 'seal':
          return { ...(await rolePlace(request.role, facts)), words: [], ...about };
        case 'attachment':
        case 'copy':
          return { ...cornerPlace(facts), words: [], ...about };
        case 'arrival-stamp':
        case 'urgency-mark': {
          const size = stampSize(stampOf(request));
          return { ...stampPlace(lines, facts.sizes, size), words: [], ...about };
        }
        case 'number': {
          const { number, date } = request;
          const blanks = blanksOf(facts, lines);
          const asked = number !== undefined && date !== undefined;
          const words = asked ? numberWords(blanks, numberValues(number, date)) : [];
          return {
            placement: numberPlace(words) ?? cornerPlace(facts).placement,
            found: words.length > 0,
            words: words.map(({ x, y, size, text }) => ({ page: 1, x, y, size, text })),
            ...about,
            way: blanks.length === 0 ? null : facts.numberBlanks.length > 0 ? 'blanks' : 'fields',
          };
        }
      }
    },

    /**
     * Number and date on the page, once per act. Throws the gate's Failures, `signing-bytes-changed` when the input is
     * not the document's newest PDF, and those of reading and of the disk.
     */
    async stampNumber(
      request: z.output<Calls['numbers.stamp']['input']>,
    ): Promise<{ file: Attachment | null }> {
      const { act, documentId, input: source, number, date } = request;
      const document = await parts.memory.document(documentId);
      const name = document?.main?.name ?? 'van-ban.pdf';
      const before = parts.frozen.find(act);
      if (before !== null) return { file: await stamped(before, name) };
      if (document === null || !isFileOf(document, source)) throw new Failure('signing-bytes-changed');
      if (!parts.memory.hasNumber(documentId)) throw new Failure('number-missing');
      const verdict = await parts.reading.verdict(source);
      const earlier = earlierOf(verdict, parts.agencyName);
      const refusal = signingGate({ role: 'number', earlier, number: 'given' });
      if (refusal !== undefined) throw new Failure(refusal);
      const facts = await factsOf(source);
      const found = numberBlanks(linesOf(facts.pieces));
      const { increment } = await parts.reading.writeNumber(source, {
        values: numberValues(number, date),
        found,
      });
      if (increment.length === 0) return { file: null };
      const about = { kind: 'numbered', docId: '', name };
      const written = await parts.blobs.derive(source, [increment], about);
      const file = await stamped(written.sha256, name);
      // A signer who certified the document may forbid what others let pass.
      if (file.verdict === null || losesSignature(verdict, file.verdict)) {
        await parts.blobs.toTrash(written.sha256);
        await parts.blobs.deleteTrashed(written.sha256);
        throw new Failure('signing-would-break-earlier', source);
      }
      await parts.frozen.remember(act, written.sha256);
      return { file };
    },
  };
}

export type PageService = ReturnType<typeof createPages>;
