// Packages that come by hand: read and reported first, brought in only when the clerk says so. The bytes lie as a blob
// before anything is told, what is brought in is a journal line before the ledger hears of it; no hub is ever asked.
import { Failure } from '../../../preload/contract/failure';
import { type HandReport, handDocId } from '../../../preload/contract/hand';
import type { HubDocId, Sha256 } from '../../../preload/contract/ids';
import type { Arrival } from '../../../preload/contract/records';
import type { BlobStore } from '../../blobs';
import type { Journal } from '../../journal';
import { readArrivalWhole } from '../arrivals';
import type { ReadingPort } from '../reading-port';
import type { Secrecy } from '../secrecy/secrecy';
import { sniff } from '../uploads';
import { findingsOf, type MeasuredBody } from './findings';

export interface HandParts {
  readonly blobs: BlobStore;
  readonly journal: Pick<Journal, 'append' | 'arrivalOf'>;
  readonly reading: ReadingPort;
  readonly ownCode: string;
  /** A quarantined package that policy names is a false alarm: it is read again where it is given once more. */
  readonly secrecy?: Pick<Secrecy, 'isMarkedIn' | 'namesPackage'>;
  readonly destroy: (names: readonly Sha256[]) => Promise<void>;
  readonly now: () => Date;
}

/** How many reports are kept between reading and bringing in; an older one is read again. */
const mostHeld = 64;

export function createHand(parts: HandParts) {
  const { blobs, journal, reading } = parts;
  const held = new Map<Sha256, Arrival>();

  function hold(sha: Sha256, arrival: Arrival): void {
    held.delete(sha);
    held.set(sha, arrival);
    for (const [oldest] of held) {
      if (held.size <= mostHeld) break;
      held.delete(oldest);
    }
  }

  async function measured(sha256: Sha256, size: number, name: string): Promise<MeasuredBody> {
    if (size === 0) return { sha256, size, content: null };
    const source = await blobs.open(sha256);
    try {
      return { sha256, size, content: sniff(source.read(0, Math.min(size, 1024)), name) };
    } finally {
      source.close();
    }
  }

  async function look(sha256: Sha256): Promise<{ arrival: Arrival; report: (name: string) => HandReport }> {
    const docId = handDocId(sha256);
    const { arrival, whole } = await readArrivalWhole(
      ...([reading, docId, sha256, parts.now, parts.destroy, parts.secrecy?.isMarkedIn(docId)] as const),
    );
    switch (arrival.kind) {
      case 'unreadable':
        return {
          arrival,
          report: (name) => ({ kind: 'unreadable', sha256, name, docId, code: arrival.code }),
        };
      case 'secret':
        return { arrival, report: (name) => ({ kind: 'secret', sha256: null, name, docId }) };
      default:
    }
    if (whole === null) throw new Failure('internal', 'a package that was read is there');
    const bodies = await Promise.all(
      whole.attachments.map(async (one) => ({
        ...one,
        bytes: await measured(one.bytes.sha256, one.bytes.size, one.name ?? ''),
      })),
    );
    const findings = findingsOf({ ...whole, attachments: bodies }, parts.ownCode);
    if (arrival.kind === 'status') {
      return {
        arrival,
        report: (name) => ({ kind: 'status', sha256, name, docId, status: arrival.status, findings }),
      };
    }
    const files = arrival.attachments.map(({ name, size, verdict }) => ({
      ...{ name, size },
      verdict: verdict?.verdict ?? null,
    }));
    const broken = files.flatMap((file) =>
      file.verdict === 'invalid' ? [{ code: 'signature-invalid' as const, detail: file.name }] : [],
    );
    return {
      arrival,
      report: (name) => ({
        ...{ kind: 'document', sha256, name, docId, facts: arrival.facts, files },
        findings: [...broken, ...findings].slice(0, 500),
      }),
    };
  }

  /** The arrival that stands as it is; null where there is none, or one that may be another by now. */
  async function settled(docId: HubDocId): Promise<Arrival | null> {
    const known = await journal.arrivalOf(docId);
    if (known?.kind === 'secret' && parts.secrecy?.namesPackage(docId) === true) return null;
    return known;
  }

  return {
    /**
     * What a file holds. Nothing comes of it but its attachments as blobs; a secret one is destroyed at once and the fact
     * is journalled. Failure `blob-missing`.
     */
    async read(sha256: Sha256, name: string): Promise<HandReport> {
      const known = await settled(handDocId(sha256));
      if (known?.kind === 'secret') {
        await parts.destroy([sha256]);
        return { kind: 'secret', sha256: null, name, docId: known.docId };
      }
      const { arrival, report } = await look(sha256);
      if (arrival.kind === 'secret') await journal.append({ type: 'arrival', arrival });
      else hold(sha256, arrival);
      return report(name);
    },

    /** The arrival of a file, journalled; the same bytes are the same arrival. An unreadable one is not brought in. */
    async bring(sha256: Sha256): Promise<Arrival> {
      const known = await settled(handDocId(sha256));
      if (known !== null && known.kind !== 'unreadable') return known;
      const arrival = held.get(sha256) ?? (await look(sha256)).arrival;
      if (arrival.kind === 'unreadable') throw new Failure('hand-unreadable', arrival.code);
      await journal.append({ type: 'arrival', arrival });
      held.delete(sha256);
      return arrival;
    },
  };
}

export type HandService = ReturnType<typeof createHand>;
