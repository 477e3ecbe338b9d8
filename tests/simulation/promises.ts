// What must hold over any run, whatever came between: each promise is a list of the ways in which it was broken.
import type { DeskId, HubDocId } from '../../preload/contract/ids';
import type { OutboxRow } from '../../preload/contract/records';
import { documentOf } from '../../renderer/acts/act-id';
import { findIncoming, findOutgoing } from '../../renderer/acts/context';
import { isOpen } from '../../renderer/sync/engine';
import { hasEntry } from './documents';
import { latestPuts } from './model-disk';
import type { Taken } from './model-hub';
import type { World } from './world';

/** A mute hub is asked with one attempt at a time at first, so what waited goes out over several rounds. */
const rounds = 6;
/** Longer than the window in which an unknown outcome is looked for, and than any lease. */
const longSeconds = 4000;

async function healthyRounds(world: World, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    world.pass(round === 0 ? 20 : longSeconds);
    await world.rest();
    world.tick('network');
    await world.rest();
  }
}

/** What is not on its way though nothing stands before it. */
function stuck(rows: readonly OutboxRow[]): string[] {
  const parked = rows.filter((row) => row.state === 'needs-attention');
  return rows
    .filter((row) => isOpen(row.state) && row.state !== 'needs-attention')
    .filter((row) => !parked.some((before) => before.lane === row.lane && before.seq < row.seq))
    .map((row) => `a lane is stopped by no parked row of its own: ${row.id} is ${row.state}`);
}

/** Effects of each package, by its bytes. */
function effects(taken: readonly Taken[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of taken) counts.set(one.sha256, (counts.get(one.sha256) ?? 0) + 1);
  return counts;
}

function doubledEffects(world: World): string[] {
  const faults: string[] = [];
  const kinds = new Map(world.hub.ever.map((one) => [one.sha256, one.content]));
  for (const [sha, count] of effects(world.hub.ever)) {
    const allowed = 1 + (world.again.get(sha) ?? 0);
    if (kinds.get(sha)?.kind === 'edoc' && count > allowed)
      faults.push(`a document went ${count} times: ${sha}`);
  }
  for (const [sha, count] of effects(world.hub.state.taken)) {
    if (kinds.get(sha)?.kind === 'edoc' && count > 1)
      faults.push(`the hub has a document ${count} times: ${sha}`);
  }
  // A status is the same by sender, DocumentId, code and time: it may come again, and never as another one.
  const statuses = new Map<string, Set<string>>();
  for (const { content, sha256 } of world.hub.ever) {
    if (content.kind !== 'status') continue;
    const name = `${content.about} ${content.code}`;
    statuses.set(name, (statuses.get(name) ?? new Set()).add(sha256));
  }
  for (const [name, shas] of statuses) {
    // 05 may rightly be told several times about one document.
    if (shas.size > 1 && !name.endsWith(' 05')) faults.push(`two different statuses ${name}`);
  }
  return faults;
}

function orderFaults(world: World, rows: readonly OutboxRow[]): string[] {
  const first = (row: OutboxRow) => world.hub.ever.findIndex((one) => one.sha256 === row.packageSha);
  const faults: string[] = [];
  for (const later of rows) {
    const at = first(later);
    if (at < 0) continue;
    for (const earlier of rows) {
      if (earlier.lane !== later.lane || earlier.seq >= later.seq || earlier.state === 'superseded') continue;
      const before = first(earlier);
      if (before < 0 || before > at) faults.push(`${later.id} came before ${earlier.id}`);
    }
  }
  return faults;
}

async function keptFaults(world: World): Promise<string[]> {
  const window = world.windows[0];
  if (window === undefined) return ['no window is open'];
  const faults = world.unkept.map(
    (one) => `told as saved, and not on the disk: ${one.table} ${one.id} ${one.what}`,
  );
  for (const { table, id, what } of world.kept) {
    const row = await (table === 'incoming' ? findIncoming : findOutgoing)(window.context, id);
    if (row === null || !hasEntry(row, what))
      faults.push(`an act that was saved is gone: ${table} ${id} ${what}`);
  }
  return faults;
}

async function arrivalFaults(world: World): Promise<string[]> {
  const window = world.windows[0];
  if (window === undefined) return ['no window is open'];
  const faults = world.doneTooEarly.map((docId) => `done was told before it was safe: ${docId}`);
  if (world.hub.state.waiting.size > 0) {
    faults.push(`not acknowledged in the end: ${[...world.hub.state.waiting.keys()].join(' ')}`);
  }
  for (const [docId, { kind }] of world.hub.offered) {
    const receipt = await window.context.databases.strict.receipts.get(await documentOf(docId as HubDocId));
    if (receipt === undefined && !inJournal(world, docId)) faults.push(`never received: ${docId}`);
    if (kind !== 'edoc') continue;
    if ((await findIncoming(window.context, await documentOf(docId as HubDocId))) === null) {
      faults.push(`received and not in the ledger: ${docId}`);
    }
  }
  return faults;
}

function inJournal(world: World, docId: string): boolean {
  return world.disk.entries.some((entry) => entry.type === 'arrival' && entry.arrival.docId === docId);
}

/** At any rest: what the hub lists no more is here. */
export function cursorFaults(world: World): string[] {
  return [...world.hub.offered.keys()]
    .filter((docId) => !world.hub.state.waiting.has(docId) && !inJournal(world, docId))
    .map((docId) => `the hub lists it no more, and it is not here: ${docId}`);
}

async function sentFaults(world: World, rows: readonly OutboxRow[]): Promise<string[]> {
  const window = world.windows[0];
  if (window === undefined) return ['no window is open'];
  const faults: string[] = [];
  const reached = effects(world.hub.ever);
  for (const id of world.outgoing) {
    const document = await findOutgoing(window.context, id as DeskId);
    if (document === null || document.packageSha === null) continue;
    const row = rows.find(
      (one) => one.kind === 'edoc' && one.lane === id && one.packageSha === document.packageSha,
    );
    if (row === undefined) faults.push(`queued, and in no outbox: ${id}`);
    else if (row.state !== 'superseded' && !reached.has(document.packageSha)) {
      faults.push(`never reached the hub: ${id} is ${row.state}`);
    } else if (
      row.state === 'superseded' &&
      reached.has(document.packageSha) &&
      document.state !== 'recalled'
    ) {
      faults.push(`taken out of the outbox, and at the hub: ${id}`);
    }
  }
  for (const row of rows) {
    const told = row.packageSha !== null && reached.has(row.packageSha);
    if (row.kind === 'status' && !told)
      faults.push(`a status never reached the hub: ${row.id} is ${row.state}`);
  }
  return faults;
}

async function differences(world: World): Promise<string[]> {
  const window = world.windows[0];
  if (window === undefined) return ['no window is open'];
  const faults: string[] = [];
  for (const [key, put] of latestPuts(world.disk)) {
    const stored = await window.context.databases.strict[put.table].get(put.row.id);
    if (stored?.rev !== put.row.rev) faults.push(`ledger and journal differ: ${key}`);
  }
  return faults;
}

/** Runs a plan to its end and through its healing; everything that was promised and not kept. */
export async function brokenPromises(world: World): Promise<readonly string[]> {
  const faults: string[] = [];
  await world.live();
  faults.push(...cursorFaults(world));
  world.heal();
  world.hub.release();
  await world.rest();
  await world.awake();
  await healthyRounds(world, rounds);
  faults.push(...stuck(await world.outbox()));
  // Then a person settles what only a person can; the rest follows by itself.
  for (let turn = 0; turn < 3; turn += 1) {
    await world.attend();
    await healthyRounds(world, 2);
  }
  // The next start makes ledger and journal equal, whoever died between the two, and changes nothing else.
  await world.restart();
  const rows = await world.outbox();
  for (const row of rows)
    if (isOpen(row.state)) faults.push(`not empty in the end: ${row.id} is ${row.state}`);
  faults.push(
    ...doubledEffects(world),
    ...orderFaults(world, rows),
    ...(await keptFaults(world)),
    ...(await arrivalFaults(world)),
    ...(await sentFaults(world, rows)),
    ...(await differences(world)),
  );
  world.end();
  return faults;
}
