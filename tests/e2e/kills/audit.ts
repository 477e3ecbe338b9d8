// What must be true of hub, journal, ledger and token after any kills. Pure: facts in, sentences about what is wrong out.
import type { IncomingDocument, OutboxRow, OutgoingDocument } from '../../../preload/contract/records';
import type { HubDelivery, SentPackage } from '../support/world';

export interface SigningTicket {
  readonly act: string;
  readonly output: string | null;
}

export interface GivenNumber {
  readonly register: string;
  readonly number: number;
  readonly documentId: string;
}

/** A row as both stores name it: `table/id` with its revision. */
export type Revisions = ReadonlyMap<string, number>;

export interface Facts {
  /** The DocumentIds the hub offered, and the subjects of the documents that were issued. */
  readonly offered: readonly string[];
  readonly issued: readonly string[];
  readonly log: readonly SentPackage[];
  readonly deliveries: readonly HubDelivery[];
  readonly incoming: readonly IncomingDocument[];
  readonly outgoing: readonly OutgoingDocument[];
  readonly outbox: readonly OutboxRow[];
  readonly tickets: readonly SigningTicket[];
  readonly numbers: readonly GivenNumber[];
  readonly journalRows: Revisions;
  readonly ledgerRows: Revisions;
  /** Calls of C_Sign that reached the driver. */
  readonly signCalls: number;
  /** Kills while a signature was being made. */
  readonly killsWhileSigning: number;
}

type Fault = string;

function doubles(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

/** Everything that was offered is here once, and the hub was told the codes and `done`; with 03 it is registered. */
function incomingFaults(facts: Facts, codes: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const id of facts.offered) {
    const rows = facts.incoming.filter((row) => row.facts.documentId === id);
    if (rows.length !== 1) faults.push(`${id}: ${rows.length} rows in the ledger`);
    if (codes.includes('03') && rows[0]?.arrivalNumber == null) faults.push(`${id}: no number of arrival`);
    const lists = facts.deliveries.filter((one) => one.origin === 'seed' && one.DocumentId === id);
    if (lists.length === 0 || lists.some((one) => one.status !== 'done'))
      faults.push(`${id}: not acknowledged at the hub`);
    for (const code of codes) {
      const told = facts.log.filter(
        (one) => one.messagetype === 'status' && one.DocumentId === id && one.code === code,
      );
      if (told.length === 0) faults.push(`${id}: status ${code} never reached the hub`);
      // A status is the same by sender, DocumentId, code and time: after a lost answer the very same bytes may come again.
      if (new Set(told.map((one) => one.sha256)).size > 1)
        faults.push(`${id}: two different statuses ${code}`);
    }
  }
  return faults;
}

/** Everything that was issued is here once, sealed once, and at the hub at most once. */
function outgoingFaults(facts: Facts): Fault[] {
  const faults: Fault[] = [];
  for (const subject of facts.issued) {
    const rows = facts.outgoing.filter((row) => row.facts.subject === subject && row.state !== 'draft');
    const row = rows[0];
    if (rows.length !== 1 || row === undefined) {
      faults.push(`${subject}: ${rows.length} documents`);
      continue;
    }
    if (row.numberGiven === null || row.seal === null) faults.push(`${subject}: not numbered and sealed`);
    const edocs = facts.log.filter(
      (one) => one.messagetype === 'edoc' && one.DocumentId === row.facts.documentId,
    );
    if (edocs.length > 1) faults.push(`${subject}: sent ${edocs.length} times`);
    const tries = facts.outbox.filter((one) => one.kind === 'edoc' && one.lane === row.id);
    if (tries.length !== 1) faults.push(`${subject}: ${tries.length} rows in the outbox`);
    const told = tries[0]?.state;
    const open = told === 'unknown' || told === 'needs-attention';
    // A cut before the hub had it all: nobody can know, so the row stays open for a person, and is never sent again blindly.
    if (edocs.length === 0 && !open) faults.push(`${subject}: never sent, and its row says ${told}`);
    if (edocs.length === 1 && told !== 'accepted' && told !== 'confirmed')
      faults.push(`${subject}: the hub has it, and its row says ${told}`);
  }
  return faults;
}

function signingFaults(facts: Facts): Fault[] {
  const faults: Fault[] = [];
  const signed = facts.tickets.filter((one) => one.output !== null);
  for (const act of doubles(signed.map((one) => one.act))) faults.push(`act ${act}: two signed outputs`);
  const seals = facts.outgoing.flatMap((row) => (row.seal === null ? [] : [row.seal.sha256]));
  for (const sha of seals) {
    if (!signed.some((one) => one.output === sha)) faults.push(`seal ${sha}: no ticket`);
  }
  if (signed.length !== seals.length)
    faults.push(`${signed.length} signed outputs for ${seals.length} sealed documents`);
  if (facts.signCalls < signed.length)
    faults.push(`${facts.signCalls} calls of C_Sign for ${signed.length} outputs`);
  // A ticket opens before C_Sign: more calls than tickets would be a signature nobody wrote down before.
  if (facts.signCalls > facts.tickets.length)
    faults.push(`${facts.signCalls} calls of C_Sign, ${facts.tickets.length} tickets`);
  // A call without an output is one whose bytes died with a process before they reached the disk.
  const lost = facts.signCalls - signed.length;
  if (lost > facts.killsWhileSigning)
    faults.push(`${lost} signatures lost by ${facts.killsWhileSigning} kills while signing`);
  return faults;
}

function numberFaults(facts: Facts): Fault[] {
  const faults: Fault[] = [];
  const keys = facts.numbers.map((one) => `${one.register} ${one.number}`);
  for (const key of doubles(keys)) faults.push(`number ${key} given twice`);
  for (const key of doubles(facts.numbers.map((one) => `${one.register} ${one.documentId}`)))
    faults.push(`document ${key} has two numbers`);
  for (const register of ['incoming', 'outgoing']) {
    const given = facts.numbers.filter((one) => one.register === register).map((one) => one.number);
    const sorted = [...given].sort((left, right) => left - right);
    if (sorted.some((number, index) => number !== (sorted[0] ?? 0) + index))
      faults.push(`${register} numbers have a gap: ${sorted.join(' ')}`);
  }
  return faults;
}

/** True when both stores name the same rows with the same revisions. */
export function sameRevisions(one: Revisions, other: Revisions): boolean {
  return one.size === other.size && [...one].every(([key, rev]) => other.get(key) === rev);
}

function rowFaults(facts: Facts): Fault[] {
  const faults: Fault[] = [];
  for (const [key, rev] of facts.journalRows) {
    const stored = facts.ledgerRows.get(key);
    if (stored !== rev)
      faults.push(`${key}: revision ${rev} in the journal, ${stored ?? 'no row'} in the ledger`);
  }
  for (const key of facts.ledgerRows.keys())
    if (!facts.journalRows.has(key)) faults.push(`${key}: the journal has never seen it`);
  return faults;
}

/** Everything that is wrong; empty when the promises held. */
export function audit(facts: Facts): Fault[] {
  return [
    ...incomingFaults(facts, ['01', '03']),
    ...outgoingFaults(facts),
    ...signingFaults(facts),
    ...numberFaults(facts),
    ...rowFaults(facts),
  ];
}

/** The same of an exchange in which nobody registers what came in. */
export function exchangeFaults(facts: Facts): Fault[] {
  return [
    ...incomingFaults(facts, ['01']),
    ...outgoingFaults(facts),
    ...signingFaults(facts),
    ...numberFaults(facts),
    ...rowFaults(facts),
  ];
}
