// One life of a window: the ledger's own acts, saver and synchronisation over Dexie, on a database whose transactions are
// undone when the window dies in them, and a bridge to main on which either side may be gone before or after a call.
import Dexie from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import type { CallResult } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import type { EventName, EventPayload } from '../../preload/contract/events';
import type { Context } from '../../renderer/acts/context';
import { createIncomingActs, type IncomingActs } from '../../renderer/acts/incoming-acts';
import { createOutgoingActs, type OutgoingActs } from '../../renderer/acts/outgoing-acts';
import { createSaver } from '../../renderer/acts/save';
import { createSentActs, type SentActs } from '../../renderer/acts/sent-acts';
import { type IndexedDbFactory, type LedgerVersion, openDatabases } from '../../renderer/db/schema';
import type { Sealer } from '../../renderer/db/sealing';
import { createHubCell } from '../../renderer/sync/hub-view';
import { reconcile } from '../../renderer/sync/reconcile';
import { createSync, type Surroundings, type Sync } from '../../renderer/sync/sync';
import { testInfo } from '../../renderer/testing/fake-desk';
import { Life, never, type Pulse } from './life';
import { shaOf } from './model-disk';
import { codeOfFailure, type ModelMain } from './model-main';

/** Seals nothing: what a run costs is spent on the engine, and the sealer has tests of its own. */
const openSealer: Sealer = {
  seal: async (_table, _id, value) => ({
    v: 1,
    nonce: new Uint8Array(12),
    bytes: new TextEncoder().encode(JSON.stringify(value)).buffer as ArrayBuffer,
  }),
  open: async (_table, _id, sealed) => ({
    ok: true,
    value: JSON.parse(new TextDecoder().decode(sealed.bytes)),
  }),
  blind: async (label, text) => shaOf(Buffer.from(`${label}\n${text}`)),
};

/** The factory as one window sees it: its writes are steps of its life. */
function mortalFactory(real: IDBFactory, life: Life, pulse: Pulse): IndexedDbFactory {
  function mortal(database: IDBDatabase): void {
    const begin = database.transaction.bind(database);
    database.transaction = (stores, mode, options) => {
      pulse.beats += 1;
      if (life.dead) throw new DOMException('the window is gone', 'AbortError');
      if (mode !== 'readwrite') return begin(stores, mode, options);
      if (!life.step()) throw new DOMException('the window is gone', 'AbortError');
      const transaction = begin(stores, mode, options);
      const undo = () => {
        try {
          transaction.abort();
        } catch (error) {
          if (!(error instanceof DOMException)) throw error;
        }
      };
      life.onDeath(undo);
      // It is on the disk now; whether the window lives to hear of it is another step.
      transaction.addEventListener('complete', () => void life.step());
      return transaction;
    };
  }
  const indexedDB = {
    databases: () => real.databases(),
    open(name: string, version?: number) {
      const request = real.open(name, version);
      request.addEventListener('success', () => mortal(request.result as unknown as IDBDatabase));
      return request;
    },
    deleteDatabase: (name: string) => real.deleteDatabase(name),
    cmp: (left: unknown, right: unknown) => real.cmp(left, right),
  };
  return { indexedDB: indexedDB as unknown as IDBFactory, IDBKeyRange };
}

export interface ModelWindow {
  readonly life: Life;
  readonly context: Context;
  readonly acts: IncomingActs & OutgoingActs & SentActs;
  readonly sync: Sync;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  close(): void;
}

export interface WindowParts {
  readonly main: ModelMain;
  readonly factory: IDBFactory;
  readonly name: string;
  readonly versions: readonly LedgerVersion[];
  readonly around: Surroundings;
  readonly pulse: Pulse;
  readonly now: () => Date;
  /** A newer program took the database. */
  readonly superseded: () => void;
}

/** Opens a window as the application does: database, reconciling, then synchronisation. Never, when it dies meanwhile. */
export async function openModelWindow(
  parts: WindowParts,
  life = new Life(parts.pulse),
): Promise<ModelWindow> {
  const { main, pulse, now } = parts;
  const listeners = new Map<string, Set<(payload: never) => void>>();

  async function call(name: string, input: unknown): Promise<CallResult<unknown>> {
    if (!life.step() || main.life.dead) return never();
    const effect = main.calls[name];
    if (effect === undefined) throw new Error(`the simulation has no ${name}`);
    let result: CallResult<unknown>;
    try {
      result = { ok: true, value: structuredClone(await effect(structuredClone(input) as never)) };
    } catch (error) {
      result = { ok: false, code: codeOfFailure(error), ref: '' };
    }
    if (main.life.dead || !life.step()) return never();
    return result;
  }

  const area = (name: string) =>
    new Proxy({}, { get: (_, method) => (input: unknown) => call(`${name}.${String(method)}`, input) });
  const events: DeskApi['events'] = {
    on(name, callback) {
      const set = listeners.get(name) ?? new Set();
      set.add(callback as (payload: never) => void);
      listeners.set(name, set);
      return () => set.delete(callback as (payload: never) => void);
    },
  };
  const desk = new Proxy({ events } as unknown as DeskApi, {
    get: (target, name) => (name === 'events' ? target.events : area(String(name))),
  });
  const factory = mortalFactory(parts.factory, life, pulse);
  Dexie.dependencies.IDBKeyRange = IDBKeyRange;
  const databases = await openDatabases(parts.superseded, factory, parts.name, parts.versions);
  life.onDeath(() => databases.close());
  const saver = createSaver(desk, databases.strict, openSealer);
  const context: Context = { desk, databases, sealer: openSealer, saver, info: testInfo, now };
  const sync = createSync(context, createHubCell(), parts.around);
  life.onDeath(() => sync.stop());
  await reconcile(context);
  await sync.start();
  return {
    life,
    context,
    acts: { ...createIncomingActs(context), ...createOutgoingActs(context), ...createSentActs(context) },
    sync,
    emit(name, payload) {
      if (life.dead) return;
      for (const listener of [...(listeners.get(name) ?? [])]) listener(payload as never);
    },
    close: () => life.die(),
  };
}
