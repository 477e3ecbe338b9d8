// When to send and fetch: main's ticks, an act's new outbox row, the next due time. It runs in the leading window only and
// leaves what to do to push.ts and pull.ts.
import type { EventPayload } from '../../preload/contract/events';
import { codeOf } from '../../preload/contract/failure';
import { asInstant, type HubDocId } from '../../preload/contract/ids';
import { type Context, instantOf } from '../acts/context';
import { readCursor, writeCursor } from '../db/cursor';
import { liveFrom } from '../db/live';
import { change, type HubCell, noteAnswer } from './hub-view';
import { electLeader, type LockManagerLike } from './leader';
import { createPull } from './pull';
import { createPush, type PushEvent } from './push';
import { retrySeconds } from './retry';

/** What the window gives: locks, time to come and chance, so that tests bring their own. */
export interface Surroundings {
  readonly locks: LockManagerLike;
  /** Calls back once after `milliseconds`; returns the cancel. */
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
  /** From 0 to 1. */
  readonly chance: () => number;
}

type Reason = EventPayload<'sync.tick'>['reason'];

export interface Sync {
  start(): Promise<void>;
  /** One round of sending and fetching; joins the one under way. Does nothing where another window leads. */
  round(reason: Reason): Promise<void>;
  decide(event: Extract<PushEvent, { kind: 'decided' }>): Promise<void>;
  stop(): void;
}

const agenciesEveryMilliseconds = 24 * 3_600_000;

export function createSync(context: Context, hub: HubCell, around: Surroundings): Sync {
  const push = createPush(context, hub, around.chance);
  const pull = createPull(context, hub, around.chance);
  const closers: (() => void)[] = [];
  let leading = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  let draining: Promise<void> | null = null;
  let failures = 0;
  let cancelTimer: () => void = () => undefined;

  async function report(error: unknown): Promise<void> {
    if (!stopped) await context.desk.app.report({ where: 'sync', message: codeOf(error) });
  }

  function drain(): Promise<void> {
    draining ??= push.drain().finally(() => {
      draining = null;
    });
    return draining;
  }

  async function fetchAll(): Promise<void> {
    const wasAway = failures > 0;
    const end = await pull.round();
    if (end.kind === 'away') {
      failures += 1;
      return;
    }
    failures = 0;
    const at = asInstant(end.asOf);
    await writeCursor(context.databases.relaxed, 'last-sync', at);
    change(hub, { lastSync: at, hub: 'online', hubCode: null, unlisted: end.unreadable });
    if (wasAway) await push.tell({ kind: 'network' });
    await push.tell({ kind: 'listed', waiting: end.waiting as ReadonlySet<HubDocId>, asOf: end.asOf });
  }

  async function fetchAgencies(): Promise<void> {
    const last = await readCursor(context.databases.relaxed, 'last-directory');
    const age = last === null ? Number.POSITIVE_INFINITY : context.now().getTime() - Date.parse(last);
    // A last time that lies ahead was written by a clock that has been put back since.
    if ((age >= 0 && age < agenciesEveryMilliseconds) || failures > 0) return;
    const result = await context.desk.agencies.refresh({});
    if (!result.ok) return;
    noteAnswer(hub, result.value.answer);
    if (result.value.answer.kind !== 'accepted') return;
    // An earlier version kept the directory here; main has it now.
    await context.databases.relaxed.directory.clear();
    await writeCursor(context.databases.relaxed, 'last-directory', instantOf(context));
  }

  async function oneRound(reason: Reason): Promise<void> {
    cancelTimer();
    change(hub, { syncing: true });
    try {
      await context.saver.flush();
      if (reason === 'network' || reason === 'resume' || reason === 'asked') {
        await push.tell({ kind: 'network' });
      }
      await Promise.all([drain(), fetchAll()]);
      await drain();
      await fetchAgencies();
    } catch (error) {
      failures += 1;
      await report(error);
    } finally {
      change(hub, { syncing: false });
      await arm();
    }
  }

  /** The next round by this window's own clock: the first due row, or the hub tried again after it was away. */
  async function arm(): Promise<void> {
    cancelTimer();
    if (stopped || !leading) return;
    const now = context.now().getTime();
    const again = failures > 0 ? now + retrySeconds(failures, around.chance(), null) * 1000 : null;
    const due = await push.due();
    const times = [again, due].filter((time) => time !== null);
    if (stopped || times.length === 0) return;
    const wait = Math.max(1000, Math.min(...times) - now);
    cancelTimer = around.schedule(wait, () => {
      round('interval').catch(report);
    });
  }

  async function round(reason: Reason): Promise<void> {
    if (!leading || stopped) return;
    // A tick joins the round under way; what a person asks for begins after it.
    if (reason === 'asked') await running;
    running ??= oneRound(reason).finally(() => {
      running = null;
    });
    await running;
  }

  function lead(): void {
    if (stopped) return;
    leading = true;
    change(hub, { leader: true });
    const outbox = context.databases.strict.outbox;
    const newWork = liveFrom(
      // One is enough to know: of acknowledgements thousands may be ready.
      () => outbox.where('state').equals('ready').limit(1).primaryKeys(),
      (ids) => Promise.resolve(ids.length),
    );
    push
      .tell({ kind: 'took-over' })
      .then(() => {
        if (stopped) return;
        closers.push(
          newWork.subscribe((count) => {
            if (count > 0) drain().then(arm).catch(report);
          }, report),
        );
        return round('start');
      })
      .catch(report);
  }

  return {
    async start() {
      const lastSync = await readCursor(context.databases.relaxed, 'last-sync');
      change(hub, { lastSync, hub: lastSync === null ? 'never' : 'offline' });
      closers.push(
        context.desk.events.on('sync.tick', ({ reason }) => {
          round(reason).catch(report);
        }),
        electLeader(around.locks, lead, report),
      );
    },
    round,
    decide: async (event) => {
      await push.tell(event);
      if (leading) await drain();
    },
    stop() {
      stopped = true;
      leading = false;
      cancelTimer();
      push.stop();
      for (const close of closers) close();
    },
  };
}
