// Puts the ledger together: opens the database, reconciles, then acts, views and synchronisation over one context. It may
// be subscribed to before it is open: values come once it is.
import { copySeries } from '../../preload/contract/copies';
import { codeOf, Failure } from '../../preload/contract/failure';
import { createCell } from '../db/live';
import { createReadingPlaces, type StoredPlaces } from '../db/reading-places';
import { type IndexedDbFactory, ledgerName, openDatabases } from '../db/schema';
import { createSealer } from '../db/sealing';
import { createSearch, type Search } from '../db/search';
import type { Acts, CreateLedger, Ledger, LedgerOptions, Live } from '../ledger';
import { createHubCell } from '../sync/hub-view';
import { reconcile } from '../sync/reconcile';
import { sendAll, unsentRows } from '../sync/send-all';
import { createSync, type Surroundings, type Sync } from '../sync/sync';
import { createAnnotationActs } from './annotation-acts';
import { changeCalendar, readCalendar } from './calendar-acts';
import { checkAgain } from './check-again';
import type { Context } from './context';
import { deskValue } from './desk-call';
import { bringByHand, exportPackage, knownByHand } from './hand-acts';
import { createIncomingActs, series } from './incoming-acts';
import { recoverSigned, signMany } from './many-signing';
import { createNoticeActs } from './notice-acts';
import { createOutgoingActs } from './outgoing-acts';
import { followRaised } from './raised';
import { createSaver } from './save';
import { createSentActs } from './sent-acts';
import { createSheetActs } from './sheet-acts';
import { createViews, type Views } from './views';

export interface LedgerSurroundings extends Surroundings {
  readonly factory: IndexedDbFactory;
  readonly name: string;
  /** Asks that the database be spared when the disk runs full; the answer changes nothing here. */
  readonly persist: () => Promise<unknown>;
}

interface OpenLedger {
  readonly context: Context;
  readonly views: Views;
  readonly sync: Sync;
  readonly sendAll: (milliseconds: number) => Promise<number>;
  readonly search: Search;
  readonly acts: Acts;
  readonly places: StoredPlaces;
}

function actsOf(context: Context, sync: Sync): Acts {
  return {
    ...createIncomingActs(context),
    ...createNoticeActs(context),
    ...createOutgoingActs(context),
    ...createSentActs(context),
    ...createAnnotationActs(context),
    ...createSheetActs(context),
    checkAgain: (input) => checkAgain(context, input),
    bringByHand: (input) => bringByHand(context, input),
    knownByHand: (report) => knownByHand(context, report),
    exportPackage: (input) => exportPackage(context, input),
    changeCalendar: (input) => changeCalendar(context, input),
    signMany: (input) => signMany(context, input),
    recoverSigned: ({ ids }) => recoverSigned(context, ids),
    async startNumbers(input) {
      await deskValue(context.desk.numbers.start(input));
    },
    async proposeNumber({ register, date, copies }) {
      const year = Number(date.slice(0, 4));
      const own = copies === true ? copySeries : series;
      return (await deskValue(context.desk.numbers.propose({ register, series: own, year }))).next;
    },
    sendAgain: ({ row }) => sync.decide({ kind: 'decided', row, as: 'again' }),
    settle: ({ row, as }) => sync.decide({ kind: 'decided', row, as }),
  };
}

/** Every act by name, so that a new one does not compile until it is here. */
const actNames = Object.keys({
  registerAndAccept: true,
  refuse: true,
  present: true,
  assign: true,
  progress: true,
  finish: true,
  registerPaper: true,
  agreeRecall: true,
  refuseRecall: true,
  setAside: true,
  createDraft: true,
  createCopy: true,
  answer: true,
  updateDraft: true,
  attachFile: true,
  discard: true,
  submit: true,
  markSignedElsewhere: true,
  signLeader: true,
  giveNumber: true,
  seal: true,
  signMany: true,
  recoverSigned: true,
  queue: true,
  recallOutgoing: true,
  updateSent: true,
  replaceSent: true,
  takeUpAgain: true,
  checkAgain: true,
  bringByHand: true,
  knownByHand: true,
  exportPackage: true,
  changeCalendar: true,
  changeMarks: true,
  putAnnotation: true,
  keepSheet: true,
  removeAnnotation: true,
  startNumbers: true,
  proposeNumber: true,
  sendAgain: true,
  settle: true,
} satisfies Record<keyof Acts, true>) as (keyof Acts)[];

/** Every act waits for the ledger to be open; an act of a ledger that did not open fails with why. */
function whenOpen(opened: Promise<OpenLedger>): Acts {
  const acts = actNames.map((name) => [
    name,
    async (input: never): Promise<unknown> => {
      const act: (given: never) => Promise<unknown> = (await opened).acts[name];
      return act(input);
    },
  ]);
  return Object.fromEntries(acts) as Acts;
}

/** A live value of something that is not open yet. */
function liveWhenOpen<T>(opened: Promise<OpenLedger>, choose: (ledger: OpenLedger) => Live<T>): Live<T> {
  return {
    subscribe(next, failed) {
      let close: () => void = () => undefined;
      let closed = false;
      opened.then((ledger) => {
        if (!closed) close = choose(ledger).subscribe(next, failed);
      }, failed);
      return () => {
        closed = true;
        close();
      };
    },
  };
}

/** `createLedger` with everything around it given. */
export function createLedgerIn(options: LedgerOptions, around: LedgerSurroundings): Ledger {
  const { desk, recordKey, now } = options;
  const hub = createHubCell();
  const superseded = createCell(false);
  let disposed = false;
  let places: StoredPlaces | undefined;
  let stopFollowing: () => void = () => undefined;
  let resolveOpened: (ledger: OpenLedger) => void = () => undefined;
  let rejectOpened: (error: unknown) => void = () => undefined;
  const opened = new Promise<OpenLedger>((resolve, reject) => {
    resolveOpened = resolve;
    rejectOpened = reject;
  });
  // Whoever needs it hears of a failure; nobody needing it is no error of its own.
  opened.catch(() => undefined);

  async function open(): Promise<OpenLedger> {
    const info = await deskValue(desk.app.info({}));
    const databases = await openDatabases(() => superseded.set(true), around.factory, around.name);
    // Refused or unknown, the ledger works the same; the journal covers what the browser throws away.
    await around.persist().catch(() => false);
    const sealer = createSealer(recordKey);
    const saver = createSaver(desk, databases.strict, sealer);
    const context: Context = { desk, databases, sealer, saver, info, now };
    const sync = createSync(context, hub, around);
    return {
      context,
      sync,
      sendAll: (milliseconds) => sendAll(context, sync, hub, around, milliseconds),
      views: createViews(context, hub, superseded),
      search: createSearch(databases.relaxed, sealer),
      acts: actsOf(context, sync),
      places: createReadingPlaces(databases.relaxed, sealer, around.schedule),
    };
  }

  return {
    async start() {
      let ledger: OpenLedger;
      try {
        ledger = await open();
      } catch (error) {
        rejectOpened(error);
        throw error;
      }
      if (disposed) {
        ledger.context.databases.close();
        throw new Failure('ledger-not-open', 'disposed while opening');
      }
      places = ledger.places;
      // Where files were left is a comfort: without it they begin at their first page.
      await places.load().catch(() => undefined);
      resolveOpened(ledger);
      await readCalendar(ledger.context);
      const report = await reconcile(ledger.context);
      if (!disposed) {
        await ledger.sync.start();
        const { context } = ledger;
        stopFollowing = followRaised(context, (error) => {
          if (!disposed) void context.desk.app.report({ where: 'levels', message: codeOf(error) });
        });
      }
      return report;
    },
    folders: liveWhenOpen(opened, (ledger) => ledger.views.folders),
    list: (folder, { limit, before }) =>
      liveWhenOpen(opened, (ledger) => ledger.views.list(folder, limit, before)),
    document: (id) => liveWhenOpen(opened, (ledger) => ledger.views.document(id)),
    signable: liveWhenOpen(opened, (ledger) => ledger.views.signable),
    annotations: (fileSha) => liveWhenOpen(opened, (ledger) => ledger.views.annotations(fileSha)),
    async search(text, limit = 100) {
      const { search, views } = await opened;
      const found = await search.find(text, limit);
      return Promise.all(found.map(views.lineOf));
    },
    attention: liveWhenOpen(opened, (ledger) => ledger.views.attention),
    strays: liveWhenOpen(opened, (ledger) => ledger.views.strays),
    status: liveWhenOpen(opened, (ledger) => ledger.views.status),
    acts: whenOpen(opened),
    places: { get: (file) => places?.get(file), put: (file, place) => places?.put(file, place) },
    unsent: liveWhenOpen(opened, (ledger) => unsentRows(ledger.context)),
    async sendAll(milliseconds) {
      return (await opened).sendAll(milliseconds);
    },
    async syncNow() {
      await (await opened).sync.round('asked');
    },
    dispose() {
      disposed = true;
      stopFollowing();
      opened.then(
        ({ sync, search, context, places: kept }) => {
          void kept.flush().catch(() => undefined);
          sync.stop();
          search.close();
          context.databases.close();
        },
        () => undefined,
      );
    },
  };
}

/** The ledger of a document window. */
export const createLedger: CreateLedger = (options) =>
  createLedgerIn(options, {
    factory: { indexedDB: globalThis.indexedDB, IDBKeyRange: globalThis.IDBKeyRange },
    name: ledgerName,
    locks: navigator.locks,
    persist: async () => navigator.storage.persist(),
    schedule(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
    chance: Math.random,
  });
