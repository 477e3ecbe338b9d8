// What the ledger may ask of the hub: one attempt a call, arrivals durable before anything is told, no retry.
// It decides no state of a document.
import type { CallOutput, HubAnswer, PendingItem } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import { cameByHand } from '../../preload/contract/hand';
import { asInstant, type HubDocId, hubDocId, type Sha256 } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import type { BlobStore } from '../blobs';
import type { HubAnswer as ExchangeAnswer, Hub, MessageKind } from '../exchange/hub';
import type { Journal } from '../journal';
import { deskAnswer } from './hub-answers';

export interface HubParts {
  /** null while no hub is configured. */
  readonly hub: Hub | null;
  readonly systemId: string;
  /** `take`: the hub is never told; what was taken is hidden here and stays listed there. */
  readonly reading: 'acknowledge' | 'take';
  readonly blobs: BlobStore;
  readonly journal: Journal;
  /**
   * Reads a package that is durable already: facts, attachments as blobs, verdicts; `plain`: its bytes where they are at hand.
   * Never throws for bad packages.
   */
  readonly readArrival: (docId: HubDocId, packageSha: Sha256, plain: Uint8Array | null) => Promise<Arrival>;
  /** Policy calls the mark of this quarantined package a false alarm: it may be fetched once more. */
  readonly isFalseAlarm: (docId: HubDocId) => boolean;
  readonly now: () => Date;
}

const noHub: HubAnswer = { kind: 'not-sent', code: 'hub-offline', retryAfterSeconds: null };

/** The hub's calls over their parts. */
export function createHubService(parts: HubParts) {
  const { hub, blobs, journal } = parts;
  /** Two windows or two ticks must not fetch one package at the same time. */
  const fetching = new Map<string, Promise<{ answer: HubAnswer; arrival: Arrival | null }>>();
  /** Attempts under way, also before their first line in the journal. */
  const sending = new Set<string>();

  /** Packages that were unreadable and have been tried again since this start. */
  const triedAgain = new Set<HubDocId>();

  /** What an older version could not read, this one may: once a start, from the bytes that are here. Null: as before. */
  async function readAgain(known: Arrival): Promise<Arrival | null> {
    if (known.kind !== 'unreadable' || known.packageSha === null || triedAgain.has(known.docId)) return null;
    if (!(await blobs.has(known.packageSha))) return null;
    const fresh = await parts.readArrival(known.docId, known.packageSha, null);
    if (fresh.kind === 'unreadable') return null;
    // It came when it came: deadlines of law count from then.
    const arrival = { ...fresh, arrivedAt: known.arrivedAt };
    await journal.append({ type: 'arrival', arrival });
    return arrival;
  }

  /**
   * Whether the hub gives it once more: of a quarantined package nothing is here; for what cannot be read a hub may have given
   * something else, and gives the package itself once it is mended there. The hub was never told of either.
   */
  function mayComeAgain(known: Arrival, isFirstTry: boolean): boolean {
    if (hub === null || cameByHand(known.docId)) return false;
    if (known.kind === 'secret') return parts.isFalseAlarm(known.docId);
    return known.kind === 'unreadable' && isFirstTry;
  }

  async function fetchOnce(
    docId: HubDocId,
    kind: MessageKind,
  ): Promise<{ answer: HubAnswer; arrival: Arrival | null }> {
    const known = await journal.arrivalOf(docId);
    if (known !== null) {
      const again = await readAgain(known);
      const isFirstTry = !triedAgain.has(docId);
      if (known.kind === 'unreadable') triedAgain.add(docId);
      if (again !== null || !mayComeAgain(known, isFirstTry)) {
        return { answer: { kind: 'accepted', docId }, arrival: again ?? known };
      }
    }
    if (hub === null) return { answer: noHub, arrival: null };
    const writer = await blobs.writer(kind === 'edoc' ? 'package-in' : 'status-in', `${docId}.edxml`, docId);
    let answer: Awaited<ReturnType<Hub['fetch']>>;
    try {
      answer = await hub.fetch(docId, writer);
    } catch (error) {
      await writer.abort();
      throw error;
    }
    const before = known?.kind === 'unreadable' ? known : null;
    if (answer.kind !== 'ok') {
      await writer.abort();
      return { answer: deskAnswer(answer), arrival: before };
    }
    // The package is on the disk, then in the journal, and only then is anything derived from it.
    const written = await writer.finish();
    if (before?.packageSha === written.sha256) {
      return { answer: { kind: 'accepted', docId }, arrival: before };
    }
    await journal.append({
      type: 'note',
      text: `fetched ${docId} ${written.sha256}`,
      at: asInstant(parts.now()),
    });
    const fresh = await parts.readArrival(docId, written.sha256, writer.plain());
    // It came when it came: deadlines of law count from then.
    const arrival = known === null ? fresh : { ...fresh, arrivedAt: known.arrivedAt };
    await journal.append({ type: 'arrival', arrival });
    return { answer: { kind: 'accepted', docId }, arrival };
  }

  return {
    async list(kind: MessageKind): Promise<CallOutput<'hub.list'>> {
      if (hub === null) return { answer: noHub, items: [], unreadable: 0 };
      const answer = await hub.list(kind);
      if (answer.kind !== 'ok') return { answer: deskAnswer(answer), items: [], unreadable: 0 };
      const items: PendingItem[] = [];
      let { unreadable } = answer.value;
      for (const item of answer.value.items) {
        const id = hubDocId.safeParse(item.docId);
        if (parts.reading === 'take' && id.success && journal.isAcknowledged(id.data)) continue;
        if (id.success) items.push({ docId: id.data, kind, from: item.from.slice(0, 60) });
        else unreadable += 1;
      }
      return { answer: { kind: 'accepted', docId: null }, items, unreadable };
    },

    receive(docId: HubDocId, kind: MessageKind): Promise<{ answer: HubAnswer; arrival: Arrival | null }> {
      const running = fetching.get(docId);
      if (running !== undefined) return running;
      const started = fetchOnce(docId, kind).finally(() => fetching.delete(docId));
      fetching.set(docId, started);
      return started;
    },

    /**
     * `done`, only for a package that is durable here (blob and journal), and again each time it is asked: a hub that
     * lists a package once more has not kept the first one. What came by hand no hub hears of. Failure `arrival-not-durable`.
     */
    async acknowledge(docId: HubDocId): Promise<HubAnswer> {
      const arrival = await journal.arrivalOf(docId);
      if (arrival === null) throw new Failure('arrival-not-durable', docId);
      const sha = 'packageSha' in arrival ? arrival.packageSha : null;
      if (sha !== null && !(await blobs.has(sha))) throw new Failure('arrival-not-durable', docId);
      if (cameByHand(docId)) {
        if (!journal.isAcknowledged(docId)) {
          await journal.append({ type: 'ack', docId, at: asInstant(parts.now()) });
        }
        return { kind: 'accepted', docId: null };
      }
      if (hub === null) return noHub;
      const answer: ExchangeAnswer<null> =
        parts.reading === 'take' ? { kind: 'ok', value: null } : await hub.acknowledge(docId, 'done');
      if (answer.kind === 'ok' && !journal.isAcknowledged(docId)) {
        await journal.append({ type: 'ack', docId, at: asInstant(parts.now()) });
      }
      return deskAnswer(answer);
    },

    async send(
      row: string,
      packageSha: Sha256,
      kind: MessageKind,
      receivers: readonly string[],
    ): Promise<HubAnswer> {
      if (hub === null) return noHub;
      sending.add(row);
      try {
        const source = await blobs.open(packageSha);
        try {
          const request = { source, sha256: packageSha, kind, from: parts.systemId, to: receivers, row };
          return deskAnswer(await hub.send(request));
        } finally {
          source.close();
        }
      } finally {
        sending.delete(row);
      }
    },

    /** How an attempt ended whose window died: from the journal, which has it before the first byte. */
    attempt(row: string): CallOutput<'hub.attempt'> {
      if (sending.has(row)) return { kind: 'under-way' };
      const last = journal.attemptsOf(row).at(-1);
      if (last === undefined) return { kind: 'none' };
      if (last.answer === null) return { kind: 'open' };
      return { kind: 'answered', answer: deskAnswer(last.answer as ExchangeAnswer<unknown>) };
    },

    async sent(kind: MessageKind) {
      if (hub === null) return { answer: noHub, items: [] };
      const answer = await hub.sent(kind);
      if (answer.kind !== 'ok') return { answer: deskAnswer(answer), items: [] };
      const items = answer.value.items.map((item) => ({
        docId: item.senderDocId,
        from: item.fromCode,
        to: item.toCode,
        title: item.title,
        notation: item.notation,
        sentAt: item.sentTime,
      }));
      return { answer: { kind: 'accepted', docId: null } as HubAnswer, items };
    },
  };
}

export type HubService = ReturnType<typeof createHubService>;

/** A package that could not be read at all, as an arrival: kept, never acknowledged. */
export function unreadableArrival(
  docId: HubDocId,
  packageSha: Sha256 | null,
  code: string,
  now: Date,
): Arrival {
  return { kind: 'unreadable', docId, packageSha, code, arrivedAt: asInstant(now) };
}
