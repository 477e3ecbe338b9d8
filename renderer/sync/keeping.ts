// Brings what was fetched into the ledger, in the hub's order: what is of one kind and stands together in one transaction, the next
// run of statuses decided while the last is written. It asks the hub for nothing and decides nothing about a document.
import { codeOf } from '../../preload/contract/failure';
import type { DeskId, HubDocId } from '../../preload/contract/ids';
import type { Arrival } from '../../preload/contract/records';
import type { Context } from '../acts/context';
import { bringIn, type DocumentArrival } from './arrivals';
import { bringInDocuments } from './arriving-documents';
import { bringInStatuses, type StatusArrival } from './arriving-statuses';

/** A package that came. */
export interface Came {
  readonly docId: HubDocId;
  readonly from: string;
  readonly arrival: Arrival;
  /** Of its row, or of its receipt. */
  readonly id: DeskId;
  /** The ledger had no receipt of it when the list was read. */
  readonly isNew: boolean;
}

export interface Keeping {
  /** Returns when these are in the ledger or on their way there, and the next may be brought in. */
  keep(came: readonly Came[]): Promise<void>;
  /** When everything is in the ledger and the journal, or has been told as failed. */
  ended(): Promise<void>;
}

/** What is told of each package. */
export interface Told {
  readonly kept: (docId: HubDocId) => void;
  /** It could not be saved; it stays listed at the hub. */
  readonly failed: (docId: HubDocId) => void;
}

/** So many runs may be on their way to the ledger while the next one is decided: one written, one sealed, one read. */
const mostLanding = 3;
/** So many runs may be on their way to the journal. */
const mostSettling = 2;
/** So many documents at most are one transaction: each has a row, a receipt and an acknowledgement to seal. */
const mostDocuments = 32;

type CameStatus = Came & { readonly arrival: StatusArrival };
type CameDocument = Came & { readonly arrival: DocumentArrival };

function isStatus(one: Came): one is CameStatus {
  return one.arrival.kind === 'status';
}

function isDocument(one: Came): one is CameDocument {
  return one.arrival.kind === 'document';
}

/** Those from `at` on that are of a kind, up to the first that is not. */
function leading<T extends Came>(came: readonly Came[], at: number, is: (one: Came) => one is T): T[] {
  const found: T[] = [];
  for (const one of came.slice(at)) {
    if (!is(one)) break;
    found.push(one);
  }
  return found;
}

/** What a run of statuses reads and changes: its receipts, and the documents it answers. */
function touchedBy(run: readonly CameStatus[]): ReadonlySet<string> {
  return new Set(run.flatMap(({ id, arrival }) => [id, arrival.status.responseFor.documentId.trim()]));
}

export function createKeeping(context: Context, told: Told): Keeping {
  async function keepAlone({ docId, from, arrival }: Came): Promise<void> {
    try {
      await bringIn(context, arrival, from);
      told.kept(docId);
    } catch (error) {
      told.failed(docId);
      await context.desk.app.report({ where: 'sync/pull', message: codeOf(error) });
    }
  }

  /** What is in the ledger and whose line in the journal is being written, meanwhile the next run is decided. */
  const settling = new Set<Promise<void>>();

  /** Where the journal fails each is tried by itself, which puts off those that are not saved. */
  function settle(run: readonly Came[], journalled: Promise<void>): void {
    const settled = journalled
      .then(
        () => {
          for (const one of run) told.kept(one.docId);
        },
        async () => {
          for (const one of run) await keepAlone(one);
        },
      )
      .finally(() => settling.delete(settled));
    settling.add(settled);
  }

  /** So that a slow disk is not run away from. */
  async function mayBegin(): Promise<void> {
    while (settling.size >= mostSettling) await Promise.race(settling);
  }

  /** Runs of statuses that are decided and not yet in the ledger, each with what it touches. */
  const landing = new Map<Promise<void>, ReadonlySet<string>>();

  async function landed(): Promise<void> {
    await Promise.all(landing.keys());
  }

  /** Two runs about one document are one after the other: its statuses stay in their order. */
  async function mayDecide(touched: ReadonlySet<string>): Promise<void> {
    const shared = [...landing].flatMap(([run, theirs]) =>
      [...touched].some((one) => theirs.has(one)) ? [run] : [],
    );
    await Promise.all(shared);
    while (landing.size >= mostLanding) await Promise.race(landing.keys());
  }

  /**
   * Many statuses are one transaction; where that fails each is tried by itself, so that a bad one stops no other. So is what is
   * no mere status. Returns when the run is decided.
   */
  async function keepStatuses(run: readonly CameStatus[]): Promise<void> {
    await mayBegin();
    const touched = touchedBy(run);
    await mayDecide(touched);
    await new Promise<void>((resolve) => {
      const one = bringInStatuses(context, run, () => resolve())
        .then(
          async ({ result, journalled }) => {
            const alone: ReadonlySet<Arrival> = new Set(result);
            settle(
              run.filter(({ arrival }) => !alone.has(arrival)),
              journalled,
            );
            for (const came of run) if (alone.has(came.arrival)) await keepAlone(came);
          },
          async (error: unknown) => {
            await context.desk.app.report({ where: 'sync/statuses', message: codeOf(error) });
            for (const came of run) await keepAlone(came);
          },
        )
        .finally(() => {
          landing.delete(one);
          resolve();
        });
      landing.set(one, touched);
    });
  }

  /** Documents that are nothing to each other are one transaction; a failure is found by trying each by itself. */
  async function keepDocuments(run: readonly CameDocument[]): Promise<void> {
    for (let at = 0; at < run.length; ) {
      await mayBegin();
      const left = run.slice(at, at + mostDocuments);
      let done: number;
      try {
        const { result, journalled } = await bringInDocuments(context, left);
        done = result;
        settle(left.slice(0, done), journalled);
      } catch (error) {
        await context.desk.app.report({ where: 'sync/documents', message: codeOf(error) });
        for (const one of left) await keepAlone(one);
        at += left.length;
        continue;
      }
      const next = left[done];
      if (next !== undefined) await keepAlone(next);
      at += done + (next === undefined ? 0 : 1);
    }
  }

  return {
    async keep(came) {
      for (let at = 0; at < came.length; ) {
        const statuses = leading(came, at, isStatus);
        if (statuses.length > 0) await keepStatuses(statuses);
        const documents = leading(came, at + statuses.length, isDocument);
        at += statuses.length;
        const other = came[at];
        if (other === undefined) return;
        await landed();
        if (documents.length > 0) await keepDocuments(documents);
        else await keepAlone(other);
        at += Math.max(documents.length, 1);
      }
    },
    async ended() {
      await landed();
      await Promise.all(settling);
    },
  };
}
