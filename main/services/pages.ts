// What the services know of a PDF's pages: its facts for the form, the places of NĐ 30, and number and date put on it.
// It parses nothing itself and signs nothing.
import type { z } from 'zod';
import type { Calls } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../preload/contract/ids';
import type { Attachment } from '../../preload/contract/records';
import { secrecyLevelOf } from '../../preload/contract/secrecy';
import type { Placement } from '../../preload/contract/signing-request';
import type { BlobStore } from '../blobs';
import { type StampRequest, signingGate, stampSize, type UrgencyLevel } from '../signing';
import { verdictOrReason } from './arrivals';
import type { FrozenMemory } from './packages';
import { type Found, leaderPlace, numberPlace, numberWords, type PlacedWord, sealPlace } from './places';
import type { PdfFacts, ReadingPort } from './reading-port';
import type { SigningMemory } from './signing-memory';
import { earlierOf, isFileOf } from './signing-rules';
import { stampPlace } from './stamp-places';
import { linesOf } from './text-segments';

export interface PageParts {
  readonly reading: ReadingPort;
  readonly blobs: BlobStore;
  readonly memory: SigningMemory;
  readonly frozen: FrozenMemory;
  readonly agencyName: string;
  /** Diameter of the agency's seal. */
  readonly sealMm: number;
  /** Width of a role's picture by its height, or null without a picture. */
  readonly aspect: (role: 'leader' | 'seal') => Promise<number | null>;
  readonly now: () => Date;
}

const mm = 72 / 25.4;
/** The end of a document may be followed by a long annex: its signature is looked for on so many pages. */
const placePages = 40;

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

  const split = (words: readonly PlacedWord[]) => ({
    number: words.slice(0, words.length === 2 ? 0 : 1),
    date: words.slice(words.length === 2 ? 0 : 1),
  });

  async function rolePlace(role: 'leader' | 'seal', facts: PdfFacts): Promise<Found> {
    const lines = linesOf(facts.pieces);
    const signature = facts.leaderSignature;
    if (role === 'leader' || signature === null) {
      const leader = leaderPlace(lines, facts.sizes, (await parts.aspect('leader')) ?? undefined);
      if (role === 'leader') return leader;
      return sealPlace(leader, facts.sizes, parts.sealMm, (await parts.aspect('seal')) ?? 1);
    }
    // The leader's signature shows already: the seal goes by its rectangle, whatever the text says.
    return sealPlace(
      { placement: signature, found: true },
      facts.sizes,
      parts.sealMm,
      (await parts.aspect('seal')) ?? 1,
    );
  }

  return {
    /** Text and page count as proposals for a form. Throws the reader's Failures. */
    async read(sha256: Sha256): Promise<{ pages: number; secret: boolean; text: string }> {
      const facts = await parts.reading.pdfFacts(sha256);
      const lines = linesOf(facts.pieces);
      const text = lines.map((line) => line.pieces.map((piece) => piece.text).join(' ')).join('\n');
      // The secrecy box (10a) stands in the upper half of the first page, alone on its line.
      const marks = lines
        .filter((line) => line.page === 1)
        .slice(0, 25)
        .some((line) =>
          line.pieces.some(
            (piece) => secrecyLevelOf(piece.text) !== undefined && piece.text === piece.text.toUpperCase(),
          ),
        );
      return { pages: facts.pages, secret: marks, text: text.slice(0, 20_000) };
    },

    /** Where the role stands on the page. Throws the reader's Failures. */
    async place(
      request: z.output<Calls['signing.place']['input']>,
    ): Promise<z.output<Calls['signing.place']['output']>> {
      const facts = await parts.reading.pdfFacts(request.sha256, placePages);
      const lines = linesOf(facts.pieces);
      const about = { sizes: facts.sizes.map((one) => ({ ...one })), pages: facts.pages };
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
          const words = number === undefined || date === undefined ? [] : numberWords(lines, number, date);
          const placement = numberPlace(words) ?? cornerPlace(facts).placement;
          return {
            placement,
            found: words.length > 0,
            words: words.map((word) => ({ page: 1, ...word })),
            ...about,
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
      const facts = await parts.reading.pdfFacts(source);
      const words = numberWords(linesOf(facts.pieces), number, date);
      if (words.length === 0) return { file: null };
      const increment = await parts.reading.prepareNumberFields(source, { page: 0, ...split(words) });
      const about = { kind: 'numbered', docId: '', name };
      const written = await parts.blobs.derive(source, [increment], about);
      await parts.frozen.remember(act, written.sha256);
      return { file: await stamped(written.sha256, name) };
    },
  };
}

export type PageService = ReturnType<typeof createPages>;
