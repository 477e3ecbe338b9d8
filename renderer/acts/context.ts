// What every act and the synchronisation work with, as values, and how a row is read, changed and saved without losing to
// another writer. It holds no rule of law.
import type { AppInfo } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import { Failure } from '../../preload/contract/failure';
import { asInstant, type DeskId, type Instant } from '../../preload/contract/ids';
import type { IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import { openIncoming } from '../db/incoming';
import { openOutgoing } from '../db/outgoing';
import type { Databases } from '../db/schema';
import { opened, type Sealer } from '../db/sealing';
import type { Doing } from './doing';
import type { SaveRequest, Saver } from './save';

export interface Context {
  readonly desk: DeskApi;
  readonly databases: Databases;
  readonly sealer: Sealer;
  readonly saver: Saver;
  readonly info: AppInfo;
  readonly now: () => Date;
}

export function instantOf(context: Context): Instant {
  return asInstant(context.now());
}

export function doingOf(context: Context): Doing {
  return { at: instantOf(context), who: context.info.user, from: context.info.machine };
}

/** What this desk does by itself. */
export function deskDoing(context: Context): Doing {
  return { ...doingOf(context), who: '' };
}

/** What the hub brought or answered. */
export function hubDoing(context: Context): Doing {
  return { at: instantOf(context), who: '', from: hubName(context) };
}

export function hubName({ info }: Context): string {
  return `${info.hub.kind} ${info.hub.endpoint}`.trim().slice(0, 200);
}

/** Null when there is no such row; Failure `record-damaged` or `record-from-the-future` when it cannot be opened. */
export async function findIncoming(context: Context, id: DeskId): Promise<IncomingDocument | null> {
  const stored = await context.databases.strict.incoming.get(id);
  return stored === undefined ? null : opened(await openIncoming(context.sealer, stored), `incoming ${id}`);
}

export async function findOutgoing(context: Context, id: DeskId): Promise<OutgoingDocument | null> {
  const stored = await context.databases.strict.outgoing.get(id);
  return stored === undefined ? null : opened(await openOutgoing(context.sealer, stored), `outgoing ${id}`);
}

/** Failure `document-missing` when there is no such row. */
export async function readIncoming(context: Context, id: DeskId): Promise<IncomingDocument> {
  const found = await findIncoming(context, id);
  if (found === null) throw new Failure('document-missing', `incoming ${id}`);
  return found;
}

/** Failure `document-missing` when there is no such row. */
export async function readOutgoing(context: Context, id: DeskId): Promise<OutgoingDocument> {
  const found = await findOutgoing(context, id);
  if (found === null) throw new Failure('document-missing', `outgoing ${id}`);
  return found;
}

const tries = 8;

interface Plan<T> {
  readonly request: SaveRequest | null;
  readonly result: T;
}

/** Decided and in the ledger; it counts once `journalled` resolves, which rejects with the journal's Failure. */
export interface Written<T> {
  readonly result: T;
  readonly journalled: Promise<void>;
}

/**
 * Reads, decides and writes; when another writer was first, all of it again. `plan` may call main, whose calls give the
 * same answer to the same act. A plan with no request had nothing to change: what is saved is journalled, and that is all.
 * `decided` is told when a plan is on its way to the ledger: what has nothing to do with it may be decided then.
 */
export async function decideAndWrite<T>(
  context: Context,
  plan: () => Promise<Plan<T>>,
  decided: () => void = () => undefined,
): Promise<Written<T>> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { request, result } = await plan();
    if (request === null) return { result, journalled: context.saver.flush() };
    const writing = context.saver.begin(request);
    decided();
    const begun = await writing;
    if (begun.kind === 'written') return { result, journalled: begun.journalled };
  }
  throw new Failure('ledger-not-saved', 'another writer was first every time');
}

/** `decideAndWrite`, and waits until it counts. */
export async function decideAndSave<T>(context: Context, plan: () => Promise<Plan<T>>): Promise<T> {
  const { result, journalled } = await decideAndWrite(context, plan);
  await journalled;
  return result;
}
