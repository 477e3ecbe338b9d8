// Runs the engine: events in their turn, those that wait together in one save, journalled first, then their calls. It decides
// nothing; which row goes when is engine.ts, what an answer means is engine.ts.
import type { CallResult, HubAnswer } from '../../preload/contract/calls';
import { assert, assertNever, codeOf, Failure } from '../../preload/contract/failure';
import { type HubDocId, hubDocId } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import { type Context, findOutgoing, instantOf } from '../acts/context';
import type { Change } from '../acts/save';
import { openOutbox } from '../db/outbox';
import { emptyEngine, nextDue } from './engine';
import type { EngineEffect, EngineEvent, EngineState } from './engine-events';
import { type HubCell, noteAnswer } from './hub-view';
import { createOpenRows } from './open-rows';
import { changesOf, documentOfLane, loadRows, reduceAll } from './outbox-steps';
import { findSent, type SentLine } from './sent-match';

/** An event without what the runner adds: time and chance. */
export type PushEvent =
  | { readonly kind: 'took-over' }
  | { readonly kind: 'network' }
  | { readonly kind: 'listed'; readonly waiting: ReadonlySet<HubDocId>; readonly asOf: Date }
  | { readonly kind: 'decided'; readonly row: string; readonly as: 'again' | 'arrived' | 'dropped' };

export interface Push {
  /** Carries an event through; saved when it resolves. */
  tell(event: PushEvent): Promise<void>;
  /** Begins what is due; resolves when nothing is under way and nothing is due. */
  drain(): Promise<void>;
  /** When something will be due next, in milliseconds since the epoch; null: nothing waits for time. */
  due(): Promise<number | null>;
  stop(): void;
}

const tries = 8;

/** An event whose turn has not come; its time and chance are taken when it comes. */
interface Turn {
  readonly event: () => EngineEvent;
  failure: { readonly error: unknown } | null;
}

/** A call that failed inside this program: main may have sent before it failed, unless it refused the call itself. */
function answerOf(result: CallResult<HubAnswer>): HubAnswer {
  if (result.ok) return result.value;
  return result.code === 'call-refused'
    ? { kind: 'refused', code: result.code, words: '' }
    : { kind: 'unknown', code: result.code };
}

/** Each attempt has a name of its own in main's journal, so that one whose window died can be asked about. */
export function attemptName(row: OutboxRow): string {
  return `${row.id}#${row.attempts}`;
}

export function createPush(context: Context, hub: HubCell, chance: () => number): Push {
  const { desk } = context;
  const open = createOpenRows(context);
  let memory: Omit<EngineState, 'rows'> = emptyEngine;
  /** A save failed after rows may have been written as `sending`, whose calls were then never begun. */
  let neverBegun = false;
  const calls = new Set<Promise<void>>();
  const unsaved: (() => EngineEvent)[] = [];
  const waiting: Turn[] = [];
  let draining = 0;
  let stopped = false;
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work, work);
    tail = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  async function carry(events: readonly EngineEvent[]): Promise<void> {
    for (let attempt = 0; attempt < tries; attempt += 1) {
      const rows = await loadRows(open, events);
      const before: EngineState = { ...memory, rows };
      const step = reduceAll(before, events);
      const changes = await changesOf(context, before, step);
      if (changes.length > 0 && (await saved(step.changed, changes)) === 'conflict') continue;
      const { underWay, hold, latest } = step.state;
      memory = { underWay, hold, latest };
      for (const effect of step.effects) begin(effect);
      return;
    }
    throw new Failure('ledger-not-saved', 'another writer was first every time');
  }

  async function saved(
    rows: readonly OutboxRow[],
    changes: readonly Change[],
  ): Promise<'saved' | 'conflict'> {
    try {
      return await open.saving(rows, () => context.saver.save({ changes }));
    } catch (error) {
      neverBegun = true;
      throw error;
    }
  }

  const wake = (): EngineEvent => ({ kind: 'wake', now: instantOf(context) });

  /** Everything that waits, in one save; while draining what became free goes with it. A bad one of many fails by itself. */
  async function carryWaiting(): Promise<void> {
    const turns = waiting.splice(0);
    if (stopped || turns.length === 0) return;
    try {
      await carry([...turns.map((turn) => turn.event()), ...(draining > 0 ? [wake()] : [])]);
    } catch {
      for (const turn of turns) await carryAlone(turn);
    }
  }

  async function carryAlone(turn: Turn): Promise<void> {
    try {
      await carry([turn.event()]);
    } catch (error) {
      turn.failure = { error };
    }
  }

  async function carryInTurn(event: () => EngineEvent): Promise<void> {
    const turn: Turn = { event, failure: null };
    waiting.push(turn);
    // By then it has been carried: in its own turn or with an earlier one's.
    await inTurn(carryWaiting);
    if (turn.failure !== null) throw turn.failure.error;
  }

  function begin(effect: EngineEffect): void {
    const call = callOf(effect);
    if (call === null) return;
    const running = call
      .then((event) =>
        carryInTurn(event).catch(() => {
          // The answer could not be saved (disk, journal; the foot says so): it is kept and carried again first thing.
          unsaved.push(event);
        }),
      )
      .finally(() => calls.delete(running));
    calls.add(running);
  }

  function callOf(effect: EngineEffect): Promise<() => EngineEvent> | null {
    switch (effect.kind) {
      case 'send':
        return send(effect.row);
      case 'acknowledge':
        return acknowledge(effect.row);
      case 'ask-sent':
        return askSent(effect.row);
      case 'tell-document':
        return null;
      default:
        return assertNever(effect);
    }
  }

  function answered(row: OutboxRow, answer: HubAnswer): () => EngineEvent {
    noteAnswer(hub, answer);
    return () => ({
      kind: 'answered',
      row: row.id,
      attempt: row.attempts,
      answer,
      now: instantOf(context),
      jitter: chance(),
    });
  }

  /** A call that throws broke inside this window or its bridge: what main did is not known. */
  async function asked(
    row: OutboxRow,
    call: () => Promise<CallResult<HubAnswer>>,
  ): Promise<() => EngineEvent> {
    try {
      return answered(row, answerOf(await call()));
    } catch (error) {
      return answered(row, { kind: 'unknown', code: codeOf(error) });
    }
  }

  async function send(row: OutboxRow): Promise<() => EngineEvent> {
    assert(row.packageSha !== null && row.kind !== 'ack', 'a package to send has bytes');
    const { packageSha, kind, receivers } = row;
    return asked(row, () => desk.hub.send({ row: attemptName(row), packageSha, kind, receivers }));
  }

  async function acknowledge(row: OutboxRow): Promise<() => EngineEvent> {
    const { docId } = row;
    assert(docId !== null, 'an acknowledgement names a package');
    return asked(row, () => desk.hub.acknowledge({ docId }));
  }

  /** First what main's journal has of the attempt, then what the hub's sent list says. */
  async function askSent(row: OutboxRow): Promise<() => EngineEvent> {
    try {
      return (await fromJournal(row)) ?? (await fromSentList(row));
    } catch (error) {
      await desk.app.report({ where: 'sync/sent', message: codeOf(error) });
      return sentList(row, 'no-answer', null);
    }
  }

  function sentList(
    row: OutboxRow,
    said: 'there' | 'not-there' | 'no-answer',
    docId: HubDocId | null,
  ): () => EngineEvent {
    return () => ({ kind: 'sent-list', row: row.id, said, docId, now: instantOf(context) });
  }

  /** Null while main does not know either. */
  async function fromJournal(row: OutboxRow): Promise<(() => EngineEvent) | null> {
    const result = await desk.hub.attempt({ row: attemptName(row) });
    if (!result.ok) return null;
    switch (result.value.kind) {
      case 'open':
        return null;
      case 'under-way':
        // Main has not done with it: the sent list proves nothing yet.
        return sentList(row, 'no-answer', null);
      case 'answered': {
        const { answer } = result.value;
        return answer.kind === 'unknown' && row.state === 'unknown' ? null : answered(row, answer);
      }
      case 'none': {
        const now = instantOf(context);
        return () => ({ kind: 'not-begun', row: row.id, attempt: row.attempts, now, jitter: chance() });
      }
      default:
        return assertNever(result.value);
    }
  }

  /** Before anything counts as lost: main's journal knows whether an attempt began and how it ended. */
  async function recover(): Promise<void> {
    const rows = await open.load();
    for (const row of rows.values()) {
      if (row.state !== 'sending' || row.kind === 'ack' || memory.underWay.has(row.id)) continue;
      const event = await fromJournal(row);
      if (event !== null) await carryInTurn(event);
    }
  }

  /** A person decides on what is known: main may have learnt more since, or still be at it. */
  async function beforeDecision(event: Extract<PushEvent, { kind: 'decided' }>): Promise<void> {
    const stored = await context.databases.strict.outbox.get(event.row);
    const open = stored === undefined ? null : await openOutbox(context.sealer, stored);
    if (open?.ok !== true || open.value.kind === 'ack') return;
    const result = await desk.hub.attempt({ row: attemptName(open.value) });
    if (!result.ok) return;
    if (result.value.kind === 'under-way') throw new Failure('sending-now', event.row);
    if (result.value.kind !== 'answered' || result.value.answer.kind !== 'accepted') return;
    await carryInTurn(answered(open.value, result.value.answer));
  }

  async function fromSentList(row: OutboxRow): Promise<() => EngineEvent> {
    const result = await desk.hub.sent({ kind: 'edoc' });
    if (!result.ok) return sentList(row, 'no-answer', null);
    // A hub that refuses its list never tells: once the time of asking is over a person must look, as where it shows nothing.
    if (result.value.answer.kind === 'refused') return sentList(row, 'not-there', null);
    if (result.value.answer.kind !== 'accepted') return sentList(row, 'no-answer', null);
    const line = await lineOf(row, result.value.items);
    if (line === null) return sentList(row, 'not-there', null);
    const docId = hubDocId.safeParse(line.docId);
    return sentList(row, 'there', docId.success ? docId.data : null);
  }

  async function lineOf(row: OutboxRow, lines: readonly SentLine[]): Promise<SentLine | null> {
    const document = await findOutgoing(context, documentOfLane(row.lane));
    if (document === null) return null;
    const { earlierUnknown, before } = await siblingsOf(row);
    // Both may stand in the list under one number, and nothing tells which of them a line is.
    if (earlierUnknown) return null;
    return findSent(lines, {
      facts: document.facts,
      receivers: row.receivers,
      since: new Date(row.createdAt),
      taken: await takenNames(),
      sharesNumber: row.lane.includes('/'),
      before,
    });
  }

  /** Other packages about the same document that were tried: they stand in the hub's list under the same number. */
  async function siblingsOf(
    row: OutboxRow,
  ): Promise<{ readonly earlierUnknown: boolean; readonly before: Date | null }> {
    const document = documentOfLane(row.lane);
    let earlierUnknown = false;
    let before: Date | null = null;
    for (const stored of await context.databases.strict.outbox.where('kind').equals('edoc').toArray()) {
      if (stored.id === row.id || documentOfLane(stored.lane) !== document) continue;
      const open = await openOutbox(context.sealer, stored);
      if (!open.ok || open.value.attempts === 0) continue;
      if (open.value.seq < row.seq) earlierUnknown ||= open.value.docId === null;
      else if (before === null || Date.parse(open.value.createdAt) < before.getTime())
        before = new Date(open.value.createdAt);
    }
    return { earlierUnknown, before };
  }

  /** The hub's names of packages that are known to be sent. */
  async function takenNames(): Promise<ReadonlySet<string>> {
    const taken = new Set<string>();
    for (const stored of await context.databases.strict.outbox.where('kind').equals('edoc').toArray()) {
      const open = await openOutbox(context.sealer, stored);
      if (open.ok && open.value.docId !== null) taken.add(open.value.docId);
    }
    return taken;
  }

  function stamped(event: PushEvent): EngineEvent {
    const now = instantOf(context);
    switch (event.kind) {
      case 'took-over':
        return { kind: 'took-over', now, jitter: chance() };
      case 'network':
        return { kind: 'network', now };
      case 'listed':
        return { kind: 'listed', waiting: event.waiting, asOf: event.asOf.toISOString() as typeof now };
      case 'decided':
        return { kind: 'decided', row: event.row, as: event.as, now };
      default:
        return assertNever(event);
    }
  }

  return {
    async tell(event) {
      if (event.kind === 'took-over') await recover();
      if (event.kind === 'decided') await beforeDecision(event);
      await carryInTurn(() => stamped(event));
    },
    async drain() {
      for (let event = unsaved[0]; event !== undefined; event = unsaved[0]) {
        await carryInTurn(event);
        unsaved.shift();
      }
      if (neverBegun) {
        await recover();
        neverBegun = false;
      }
      // Once a round everything is read: a change that was not heard of waits no longer than that.
      open.forget();
      draining += 1;
      try {
        while (!stopped) {
          await carryInTurn(wake);
          if (calls.size === 0) return;
          while (calls.size > 0) await Promise.race(calls);
        }
      } finally {
        draining -= 1;
      }
    },
    due: () =>
      inTurn(async () => {
        const rows = await open.load();
        const at = nextDue({ ...memory, rows });
        return at === null ? null : Date.parse(at);
      }),
    stop() {
      stopped = true;
      open.stop();
    },
  };
}
