// The reading host as the services want it: trust and limits filled in, answers in the services' own shapes.
// It parses nothing.
import { join } from 'node:path';
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore } from '../blobs';
import {
  createArrivalReader,
  createIntakeReader,
  createMarkingReader,
  createReader,
  type IntakeReader,
  type MarkingReader,
  ReadingClient,
  type Strikes,
} from '../reading';
import type { HostProcess } from '../runtime/host-process';
import type { Fetcher, TrustMaterial } from '../verifying';
import type { LevelReadingPort, MarkingPort, ReadingPort } from './reading-port';

export interface ReadingParts {
  readonly startHost: () => HostProcess;
  readonly blobs: BlobStore;
  /** Files that ended the host before, also in earlier runs. */
  readonly strikes: Strikes;
  readonly trust: TrustMaterial;
  /** Folder of the fonts that are shipped. */
  readonly fonts: string;
  readonly now: () => Date;
  /** The password of an encrypted file, where one is known. */
  readonly passwordOf: (sha256: Sha256) => string | null;
}

/** How long the status of certificates may be asked for while a clerk waits, milliseconds. */
const statusLimit = 2000;
/** How long one file's lasting material may be asked for, milliseconds: other files wait for the reading host meanwhile. */
const gatherLimit = 10_000;
const usualTextPages = 5;
const textCharacters = 20_000;

/** Opens the port. The host starts with the first question. */
export function createReading(
  parts: ReadingParts,
): ReadingPort & LevelReadingPort & IntakeReader & MarkingPort & { close(): void } {
  const client = new ReadingClient(parts.startHost, parts.strikes);
  const reader = createReader(client, parts.blobs);
  const arrivals = createArrivalReader(client, parts.blobs);
  const marking: MarkingReader = createMarkingReader(client, parts.blobs);
  const fontPath = join(parts.fonts, 'Tinos_400Regular.ttf');
  const boldPath = join(parts.fonts, 'Tinos_700Bold.ttf');
  const trust = {
    anchors: [...parts.trust.anchors],
    intermediates: [...parts.trust.intermediates],
    crls: [...parts.trust.crls],
  };
  // Nobody is asked before policy has said how.
  let fetcher: Fetcher = () => Promise.reject(new Failure('network-by-policy'));
  return {
    ...createIntakeReader(client, parts.blobs),
    readMarks: (sha256) => marking.readMarks(sha256, parts.passwordOf(sha256)),
    writeMarks: (sha256, order) =>
      marking.writeMarks(sha256, { ...order, fontPath, password: parts.passwordOf(sha256) }),
    async readPackage(packageSha, plain = null) {
      const read = await arrivals.readArrival(packageSha, plain, { ...trust, now: parts.now() });
      if (read === null) return reader.readPackage(packageSha, '');
      // A file whose password is known here is opened with it.
      const attachments = read.attachments.map(({ bytes, ...meta }) => {
        const look = parts.passwordOf(bytes.sha256) === null ? bytes.look : null;
        return { ...meta, bytes: { ...bytes, look } };
      });
      return { ...read, attachments };
    },
    async verdict(sha256: Sha256) {
      const input = {
        ...trust,
        ocspResponses: [],
        time: null,
        now: parts.now(),
        password: parts.passwordOf(sha256),
        fetchMilliseconds: statusLimit,
      };
      return (await reader.verify(sha256, input, fetcher)).verdict;
    },
    async pdfFacts(sha256, textPages = usualTextPages) {
      const facts = await reader.pdfFacts(sha256, {
        textPages,
        textCharacters,
        password: parts.passwordOf(sha256),
      });
      const { pages, sizes, pieces, leaderSignature, waitingField, numberBlanks } = facts;
      return { pages, sizes, pieces, leaderSignature, waitingField, numberBlanks };
    },
    async firstPageText(sha256) {
      const { pieces } = await reader.pdfFacts(sha256, {
        ...{ textPages: 1, textOnly: true, textCharacters },
        password: parts.passwordOf(sha256),
      });
      return pieces;
    },
    async prepareSignature(input, order, signer) {
      const given = {
        certificate: signer.certificate,
        chain: [...signer.chain],
        algorithm: signer.algorithm,
      };
      const password = parts.passwordOf(input);
      const opened = password === null ? order : { ...order, password };
      const ready = await reader.prepareSignature(input, { order: opened, signer: given, fontPath });
      const { shown, ...prepared } = ready.prepared;
      return { attributes: ready.attributes, prepared: { ...prepared, shown } };
    },
    checkStampPicture: (png) => reader.checkStampPicture({ png }),
    checkPicture: (png, kind, widthMm) => reader.checkPicture({ png, kind, widthMm }),
    async stampPage(input, stamp, { page, x, y }) {
      const at = { page: page - 1, x, y };
      const { increment } = await reader.stampPage(input, {
        stamp,
        at,
        fontPath,
        boldPath,
        password: parts.passwordOf(input),
      });
      if (increment.length === 0) throw new Failure('internal', 'empty increment');
      return increment;
    },
    writeNumber(input, { values, found }) {
      const password = parts.passwordOf(input);
      return reader.prepareNumber(input, { order: { values, found: [...found] }, fontPath, password });
    },
    async prepareBlanks(input, blanks) {
      const password = parts.passwordOf(input);
      return (await reader.prepareBlanks(input, { blanks: [...blanks], fontPath, password })).increment;
    },
    async prepareStamp(sha256, room) {
      const { shown, ...prepared } = await reader.prepareStamp(sha256, room, parts.passwordOf(sha256));
      return { ...prepared, shown };
    },
    prepareStore: (sha256) =>
      reader.prepareStore(
        sha256,
        {
          ...trust,
          now: parts.now(),
          password: parts.passwordOf(sha256),
          fetchMilliseconds: gatherLimit,
        },
        fetcher,
      ),
    readStamp: (reply, digest, nonce) =>
      reader.readStamp({
        reply,
        digest,
        nonce,
        anchors: trust.anchors,
        intermediates: trust.intermediates,
      }),
    checkSigner: ({ certificate, chain }, fetchMilliseconds) =>
      reader.checkSigner(
        { certificate, chain: [...chain], ...trust, now: parts.now(), fetchMilliseconds },
        fetcher,
      ),
    answerUntil: (kind, answer) => reader.answerUntil({ kind, answer }),
    fetchThrough(given) {
      fetcher = given;
    },
    close: () => client.close(),
  };
}
