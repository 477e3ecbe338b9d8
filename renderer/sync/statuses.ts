// What a status that came back does to an outgoing document. Pure. The history keeps every status, in whatever order they
// came; a delivery shows the furthest; codes nobody knows are kept as they came.
import { sameAgency } from '../../preload/contract/agency-code';
import type { DocumentStatus, HistoryEntry, OutgoingDocument } from '../../preload/contract/records';
import { sendsBack } from '../acts/sent-changes';

type Delivery = OutgoingDocument['deliveries'][number];

/** 01 đã đến … 06 hoàn thành: only forwards, since the axis does not keep their order. */
const progress: readonly string[] = ['waiting', 'sent', '01', '03', '04', '05', '06'];

/** 02 từ chối, 13 lấy lại, 15, 16: turns, where the later one holds. */
const turns: ReadonlySet<string> = new Set(['02', '13', '15', '16']);

function entryOf(status: DocumentStatus, from: string | undefined): HistoryEntry {
  const { code, name } = status.from;
  return {
    at: status.at,
    what: `status-${status.code}`,
    who: (name || code).slice(0, 600),
    detail: status.description,
    ...(from === undefined ? {} : { from }),
    ...(name === '' || code === '' ? {} : { agency: code.slice(0, 60) }),
  };
}

/** Communes share names, and their systems answer by themselves within one second: who it was says the code. */
function sameSender(left: HistoryEntry, right: HistoryEntry): boolean {
  if (left.who !== right.who) return false;
  return left.agency === undefined || right.agency === undefined || sameAgency(left.agency, right.agency);
}

function sameEntry(left: HistoryEntry, right: HistoryEntry): boolean {
  return (
    left.at === right.at &&
    left.what === right.what &&
    left.detail === right.detail &&
    sameSender(left, right)
  );
}

/** Whether `code` at `at` says more than what the delivery shows. */
function saysMore(delivery: Delivery, code: string, at: string): boolean {
  const shown = progress.indexOf(delivery.state);
  const came = progress.indexOf(code);
  if (shown >= 0 && came >= 0) return came > shown;
  // What an update or a recall brings arrives too: that takes back no refusal, and no other answer.
  if (code === '01' && turns.has(delivery.state)) return false;
  if (came >= 0 || turns.has(code)) {
    // After a turn only something later than it counts; a turn always counts over mere arrival.
    if (shown >= 0) return shown <= progress.indexOf('01') || delivery.at === null || at >= delivery.at;
    return delivery.at === null || at >= delivery.at;
  }
  return delivery.state === 'waiting' || delivery.state === 'sent';
}

function delivered(deliveries: readonly Delivery[], status: DocumentStatus): Delivery[] {
  const { code, from, description, at } = status;
  const known = deliveries.some((delivery) => sameAgency(delivery.organ.code, from.code));
  if (!known) return [...deliveries, { organ: from, state: code, detail: description, at }];
  return deliveries.map((delivery) =>
    sameAgency(delivery.organ.code, from.code) && saysMore(delivery, code, at)
      ? { ...delivery, state: code, detail: description, at }
      : delivery,
  );
}

/** The document with the status in it, or null when it is there already. `from` is the hub that brought it. */
export function afterStatus(
  document: OutgoingDocument,
  status: DocumentStatus,
  from?: string,
): OutgoingDocument | null {
  const entry = entryOf(status, from);
  if (document.history.some((existing) => sameEntry(existing, entry))) return null;
  const deliveries = delivered(document.deliveries, status);
  return {
    ...document,
    rev: document.rev + 1,
    state: stateAfter(document, status, deliveries),
    deliveries,
    history: [...document.history, entry],
  };
}

/** A single receiver that sends it back makes it `returned`, until none of them does any more. One that was removed does not. */
function stateAfter(
  document: OutgoingDocument,
  status: DocumentStatus,
  deliveries: readonly Delivery[],
): OutgoingDocument['state'] {
  const underWay = document.state === 'queued' || document.state === 'sent';
  const its = deliveries.filter((delivery) => sameAgency(delivery.organ.code, status.from.code));
  if (underWay && status.code === '02' && sendsBack(its)) return 'returned';
  return document.state === 'returned' && !sendsBack(deliveries) ? 'sent' : document.state;
}

/** Whether every receiver has told something. */
export function everyoneTold(document: OutgoingDocument): boolean {
  return (
    document.deliveries.length > 0 &&
    document.deliveries.every((delivery) => delivery.state !== 'waiting' && delivery.state !== 'sent')
  );
}
