// Documents that wait for the agency's signature, as many as wanted: signed by the sandbox's leader, numbered on the page, in
// a profile that no desk has opened yet. They are written as the journal keeps them; the desk rebuilds its ledger from it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobStore } from '../../../main/blobs';
import { openJournal } from '../../../main/journal';
import { pageObjects, samplePdf } from '../../../main/pdf/sample-pdf';
import { openQuietly } from '../../../main/services/open-vault';
import { prepareNumberFields, shippedFont } from '../../../main/signing';
import {
  asInstant,
  type DeskId,
  dayOf,
  newActId,
  newDeskId,
  type Sha256,
} from '../../../preload/contract/ids';
import type { Attachment, OutgoingDocument } from '../../../preload/contract/records';
import { documentIdOf, emptyFacts, writtenNumber } from '../../../renderer/acts/facts';
import type { World } from './world';

export interface WaitingWish {
  readonly count: number;
  /** The first so many have an annex of their own. */
  readonly withAnnex?: number;
  /** They wait for the leader instead: drafts with the signer's position and name, no number yet. */
  readonly forLeader?: boolean;
  /** The last so many carry no leader's signature, whatever their row says. */
  readonly unsigned?: number;
  /** They wait to be sent: the agency's own signature counts as given on the same file. */
  readonly sealed?: boolean;
}

interface Stored {
  readonly sha256: Sha256;
  readonly size: number;
}

function attachment(stored: Stored, name: string): Attachment {
  return {
    sha256: stored.sha256,
    size: stored.size,
    name,
    description: '',
    contentType: 'application/pdf',
    verdict: null,
    verifiedAt: null,
    problem: null,
  };
}

/** Fills the profile of a world; gives the documents in the order in which they wait. */
export async function writeWaiting(world: World, wish: WaitingWish): Promise<DeskId[]> {
  const { profile, sandbox } = world;
  const now = new Date();
  const vault = await openQuietly({
    folder: join(profile, 'vault'),
    dependents: [join(profile, 'blobs'), join(profile, 'journal')],
    // A test profile opens by its passphrase: no keyring is asked.
    keyring: { backend: 'none', isAvailable: () => false, wrap: (bytes) => bytes, unwrap: (bytes) => bytes },
    recoveryKeyFile: join(sandbox.folder, 'recovery.pem'),
    passphrase: sandbox.record.passphrase,
    now: () => now,
  });
  if (vault === null) throw new Error('the vault does not open');
  const blobs = await openBlobStore({ folder: join(profile, 'blobs'), roomKey: vault.roomKey('blobs') });
  const journal = await openJournal({
    folder: join(profile, 'journal'),
    key: vault.roomKey('journal'),
    storeInUse: false,
  });
  const letter = readFileSync(join(sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'));
  const base = await blobs.put({ kind: 'upload', docId: '', name: 'thu.pdf' }, letter);
  const font = shippedFont();
  const today = dayOf(now);
  const ids: DeskId[] = [];
  for (let index = 1; index <= wish.count; index += 1) {
    const id = newDeskId();
    // A minute apart, oldest first: the order in which they wait.
    const at = asInstant(new Date(now.getTime() - (wish.count - index + 1) * 60_000));
    const name = `van-ban-${index}.pdf`;
    const about = { kind: 'numbered', docId: '', name };
    let main: Stored;
    if (wish.forLeader === true) {
      // A comment of its own: no two documents are the same file.
      const draft = readFileSync(join(sandbox.folder, 'samples/drafts/tra-loi.pdf'));
      main = await blobs.put(about, Buffer.concat([draft, Buffer.from(`\n% ${index}\n`)]));
    } else if (index > wish.count - (wish.unsigned ?? 0)) {
      main = await blobs.put(about, samplePdf('table', pageObjects('', `/Number (${index}) `)));
    } else {
      const source = await blobs.open(base.sha256);
      const text = (x: number, words: string) => ({ x, y: 700, size: 13, text: words });
      const texts = { page: 0, number: [text(120, String(index))], date: [text(400, today.slice(-2))] };
      const increment = prepareNumberFields(source, texts, { font });
      source.close();
      main = await blobs.derive(base.sha256, [increment], about);
    }
    const annexes: Attachment[] = [];
    if (index <= (wish.withAnnex ?? 0)) {
      const bytes = samplePdf('table', pageObjects('', `/Annex (${index}) `));
      const stored = await blobs.put({ kind: 'upload', docId: '', name: 'phu-luc.pdf' }, bytes);
      annexes.push(attachment(stored, 'phu-luc.pdf'));
    }
    const number = writtenNumber(index);
    const notation = 'UBND-VX';
    const row: OutgoingDocument = {
      id,
      rev: 1,
      state: wish.sealed === true ? 'to-send' : 'to-seal',
      facts: {
        ...emptyFacts({ code: 'H37', name: 'UBND tỉnh Lạng Sơn' }),
        number,
        notation,
        issuedOn: today,
        documentId: documentIdOf('H37', today, number, notation),
        typeName: 'Công văn',
        subject: `Về việc phối hợp triển khai nhiệm vụ năm 2027, văn bản thứ ${index}`,
        place: 'Lạng Sơn',
        signer: { competence: '', position: 'Chủ tịch', name: 'Trần Thị Bình' },
        pages: 1,
        receivers: [{ code: 'H26', name: 'UBND thành phố Hà Nội' }],
      },
      main: attachment(main, name),
      annexes,
      leaderSignature: { signer: 'Trần Thị Bình', at, sha256: base.sha256, elsewhere: true },
      seal:
        wish.sealed === true
          ? { signer: 'UBND tỉnh Lạng Sơn', at, sha256: main.sha256, elsewhere: true }
          : null,
      numberGiven: { number: index, date: today, at },
      packageSha: null,
      hubDocId: null,
      deliveries: [],
      answers: null,
      createdAt: at,
      sentAt: null,
      history: [],
    };
    if (wish.forLeader === true) {
      const draft: OutgoingDocument = {
        ...{ ...row, state: 'to-sign', leaderSignature: null, numberGiven: null },
        facts: { ...row.facts, number: '', issuedOn: null, documentId: '' },
      };
      await journal.appendAll([{ type: 'put', put: { table: 'outgoing', row: draft } }]);
      ids.push(id);
      continue;
    }
    await journal.appendAll([
      {
        type: 'number-given',
        act: newActId(),
        register: 'outgoing',
        series: '',
        year: Number(today.slice(0, 4)),
        number: index,
        documentId: id,
        at,
      },
      { type: 'put', put: { table: 'outgoing', row } },
    ]);
    ids.push(id);
  }
  await journal.close();
  blobs.close();
  vault.lock();
  return ids;
}
