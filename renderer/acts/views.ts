// The live values of the screens: folders, lists, one document, annotations, the foot. They read and open, never write.

import type { Annotation } from '../../preload/contract/annotation';
import { type DeskId, dayOf, type Sha256 } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import { fileMark, openAnnotation, storedOfFile } from '../db/annotations';
import { deadlineOf, incomingTerm, outgoingTerm, silenceOf } from '../db/deadlines';
import { readPage } from '../db/folders';
import { openIncoming } from '../db/incoming';
import { createKeptCounts } from '../db/kept-counts';
import { createKeptOpen } from '../db/kept-open';
import { combine, eased, liveFrom, partOf } from '../db/live';
import { openOutbox, storedInLane, storedInStates } from '../db/outbox';
import { openOutgoing } from '../db/outgoing';
import type { StoredOutbox } from '../db/schema';
import { readSignable, signableOf } from '../db/signable';
import { openStray } from '../db/strays';
import { type Stored, summaryOf } from '../db/summaries';
import type {
  DeskStatus,
  DocumentView,
  Folder,
  FolderCounts,
  ListMark,
  ListPage,
  ListRow,
  Live,
  SignableRow,
  StrayStatus,
} from '../ledger';
import type { HubCell } from '../sync/hub-view';
import type { Context } from './context';
import { openIncomingActs } from './incoming-states';
import { isPdf } from './outgoing-signing';
import { openOutgoingActs, takenBackBy } from './outgoing-states';
import type { SaveState } from './save';

function truthOfSaving(state: SaveState, superseded: boolean): SaveState {
  return superseded ? { saved: 'failed', code: 'ledger-superseded' } : state;
}

/** While hundreds of documents come in, the numbers of the folders change no more often than they can be read. */
const foldersPause = 300;

/** "Đã lưu" may come a moment late; that something is not saved yet, or cannot be, may not. */
function isNewsOfSaving(told: DeskStatus, now: DeskStatus): boolean {
  return now.saved !== 'saved' && now.saved !== told.saved;
}

export interface Views {
  readonly folders: Live<FolderCounts>;
  /** A line of a list, of a row that was found otherwise. */
  readonly lineOf: (stored: Stored) => Promise<ListRow>;
  list(folder: Folder, limit: number, before: ListMark | undefined): Live<ListPage>;
  document(id: DeskId): Live<DocumentView>;
  readonly signable: Live<readonly SignableRow[]>;
  annotations(fileSha: Sha256): Live<readonly Annotation[]>;
  readonly attention: Live<readonly OutboxRow[]>;
  readonly strays: Live<readonly StrayStatus[]>;
  readonly status: Live<DeskStatus>;
}

/** `superseded` becomes true when a newer program took the database over: then nothing can be saved here any more. */
export function createViews(context: Context, hub: HubCell, superseded: Live<boolean>): Views {
  const { sealer } = context;
  const { relaxed } = context.databases;
  const today = () => dayOf(context.now());
  const keptOpen = createKeptOpen(sealer);

  const lineOf = (stored: Stored): Promise<ListRow> => summaryOf(keptOpen, stored, context.now());

  async function openRows(stored: readonly StoredOutbox[]): Promise<OutboxRow[]> {
    const opened = await Promise.all(stored.map((row) => openOutbox(sealer, row)));
    return opened.flatMap((row) => (row.ok ? [row.value] : []));
  }

  async function readDocument(id: DeskId) {
    const incoming = await relaxed.incoming.get(id);
    const outgoing = incoming === undefined ? await relaxed.outgoing.get(id) : undefined;
    const lanes = await Promise.all(
      [id, `${id}/recall`, `${id}/update`, `${id}/ack`].map((lane) => storedInLane(relaxed, lane)),
    );
    return { incoming, outgoing, rows: lanes.flat() };
  }

  async function openDocument(raw: Awaited<ReturnType<typeof readDocument>>): Promise<DocumentView> {
    const sending = await openRows(raw.rows);
    if (raw.incoming !== undefined) {
      const open = await openIncoming(sealer, raw.incoming);
      if (!open.ok) return { kind: 'damaged', code: open.code };
      const document = open.value;
      const deadline = deadlineOf(incomingTerm(document), context.now());
      return { kind: 'incoming', document, deadline, sending, may: openIncomingActs(document) };
    }
    if (raw.outgoing !== undefined) {
      const open = await openOutgoing(sealer, raw.outgoing);
      if (!open.ok) return { kind: 'damaged', code: open.code };
      const document = open.value;
      const deadline = deadlineOf(outgoingTerm(document), context.now());
      const taken = takenBackBy(document);
      return {
        kind: 'outgoing',
        document,
        deadline,
        silence: silenceOf(document, context.now()),
        sending,
        takenBackBy: taken,
        may: openOutgoingActs(document),
      };
    }
    return { kind: 'missing' };
  }

  const counts = createKeptCounts(relaxed, context.saver, today);
  const status: Live<DeskStatus> = eased(
    combine(
      combine(hub, combine(context.saver.state, superseded, truthOfSaving), (view, save) => ({
        ...view,
        saved: save.saved,
        savedCode: save.code,
      })),
      counts,
      (left, { waiting, needsAttention }) => ({ ...left, waiting, needsAttention }),
    ),
    isNewsOfSaving,
  );

  return {
    folders: eased(
      partOf(counts, (now) => now.folders),
      () => false,
      foldersPause,
    ),
    lineOf,
    list: (folder, limit, before) =>
      liveFrom(
        () => readPage(relaxed, folder, today(), limit, before),
        async ({ rows, next }) => ({
          rows: await Promise.all(rows.map(lineOf)),
          next,
        }),
      ),
    document: (id) => liveFrom(() => readDocument(id), openDocument),
    signable: liveFrom(
      () => readSignable(relaxed, context.info.profile),
      (stored) => Promise.all(stored.map((row) => signableOf(sealer, row, context.info.profile, isPdf))),
    ),
    annotations: (fileSha) => ({
      subscribe(next, failed) {
        let close: () => void = () => undefined;
        let closed = false;
        fileMark(sealer, fileSha).then((mark) => {
          if (closed) return;
          close = liveFrom(
            () => storedOfFile(relaxed, mark),
            async (stored) => {
              const opened = await Promise.all(stored.map((row) => openAnnotation(sealer, row)));
              return opened
                .flatMap((row) => (row.ok && !row.value.deleted ? [row.value] : []))
                .sort((left, right) => left.createdAt.localeCompare(right.createdAt));
            },
          ).subscribe(next, failed);
        }, failed);
        return () => {
          closed = true;
          close();
        };
      },
    }),
    attention: liveFrom(() => storedInStates(relaxed, ['needs-attention']), openRows),
    strays: liveFrom(
      () => relaxed.strays.toArray(),
      async (stored) => {
        const opened = await Promise.all(stored.map((row) => openStray(sealer, row)));
        return opened.flatMap((row) => (row.ok ? [{ at: row.value.at, status: row.value }] : []));
      },
    ),
    status,
  };
}
