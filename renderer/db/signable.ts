// The documents that wait for a signature of this profile, with what a line of a long list must say of each. It reads only.

import { mostDocuments } from '../../preload/contract/batch';
import type { Code } from '../../preload/contract/codes';
import { asInstant } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { SignableRow } from '../ledger';
import { titleOf } from './identity';
import { openOutgoing } from './outgoing';
import type { LedgerDatabase, StoredDocument } from './schema';
import type { Sealer } from './sealing';

/** The folder whose documents wait for this profile. */
export function signableFolder(profile: 'clerk' | 'leader'): 'out-to-sign' | 'out-to-number' {
  return profile === 'leader' ? 'out-to-sign' : 'out-to-number';
}

/** Oldest first: who has waited longest is signed first. */
export function readSignable(
  database: LedgerDatabase,
  profile: 'clerk' | 'leader',
): Promise<StoredDocument[]> {
  const shelf = signableFolder(profile);
  return database.outgoing
    .where('[shelf+at+id]')
    .between([shelf, '', ''], [shelf, '\uffff', '\uffff'])
    .limit(mostDocuments)
    .toArray();
}

/** What is known to stand against signing it, before main looks at the bytes. */
function problemOf(document: OutgoingDocument, profile: 'clerk' | 'leader', isPdf: boolean): Code | null {
  if (document.main === null || !isPdf) return 'file-missing';
  if (document.main.verdict?.verdict === 'invalid') return 'verdict-not-good';
  if (profile === 'leader') return document.facts.subject.trim() === '' ? 'subject-missing' : null;
  if (document.leaderSignature === null) return 'leader-missing';
  return document.numberGiven === null ? 'number-missing' : null;
}

export async function signableOf(
  sealer: Sealer,
  stored: StoredDocument,
  profile: 'clerk' | 'leader',
  isPdf: (file: OutgoingDocument['annexes'][number]) => boolean,
): Promise<SignableRow> {
  const open = await openOutgoing(sealer, stored);
  const id = stored.id as SignableRow['id'];
  const at = asInstant(new Date(stored.at));
  if (!open.ok) {
    return { id, at, title: '', subject: '', pages: 0, annexes: 0, file: null, problem: open.code };
  }
  const { value: document } = open;
  const { main } = document;
  return {
    id,
    at,
    title: titleOf(document.facts),
    subject: document.facts.subject,
    pages: document.facts.pages,
    annexes: profile === 'leader' ? 0 : document.annexes.filter(isPdf).length,
    file: main === null ? null : { sha256: main.sha256, size: main.size },
    problem: problemOf(document, profile, main !== null && isPdf(main)),
  };
}
