// Many documents in one run, over fakes: what is left out before the PIN, pause and cancel between two signatures, a device
// that goes, what was signed before, and never a second signature for an act.
import { describe, expect, it, vi } from 'vitest';
import type { BatchDocument, BatchOutcome } from '../../preload/contract/batch';
import { newActId } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { ReadyToSign } from '../signing';
import { documentOf, fingerprint, hex, SigningWorld } from './signing.fixture';

// The CMS has its own tests: here it only matters which bytes the token is asked to sign, and when.
vi.mock('../signing', async (original) => ({
  ...(await original<typeof import('../signing')>()),
  knownSigner: (signer: unknown) => ({ signer }),
  completeSignature: async (
    ready: ReadyToSign,
    known: { signer: { sign(bytes: Uint8Array): Promise<Uint8Array> } },
  ) => known.signer.sign(ready.attributes),
}));

interface Listed {
  readonly document: OutgoingDocument;
  readonly asked: BatchDocument;
}

function listed(document: OutgoingDocument): Listed {
  const files = [document.main, ...document.annexes].flatMap((file, index) =>
    file === null
      ? []
      : [
          {
            act: newActId(),
            role: index === 0 ? ('seal' as const) : ('attachment' as const),
            input: file.sha256,
          },
        ],
  );
  return { document, asked: { documentId: document.id, files } };
}

function worldOf(count: number): { world: SigningWorld; list: Listed[] } {
  const world = new SigningWorld();
  const list = Array.from({ length: count }, (_, index) =>
    listed(documentOf([`van-ban-${index}.pdf`], `V/v ${index}`)),
  );
  world.add(...list.map((one) => one.document));
  return { world, list };
}

const batch = () => crypto.randomUUID();
const askedOf = (list: readonly Listed[]) => list.map((one) => one.asked);
const kindsOf = (outcomes: readonly BatchOutcome[]) => outcomes.map((one) => one.kind);

function begin(world: SigningWorld, list: readonly Listed[], id = batch()) {
  return world.service.batches.start(id, fingerprint, askedOf(list));
}

describe('a run of many documents', () => {
  it('is under one PIN that serves the frozen list alone, and tells each document when it is settled', async () => {
    const { world, list } = worldOf(5);
    const outcomes = await begin(world, list);
    expect(kindsOf(outcomes)).toEqual(Array(5).fill('signed'));
    expect(world.asked).toHaveLength(1);
    expect(world.asked[0]?.documents.map((one) => one.subject)).toEqual(
      list.map((one) => one.document.facts.subject),
    );
    expect(new Set(world.frozen.at(-1)).size).toBe(5);
    expect(world.told).toEqual(outcomes);
    expect(world.progress.at(-1)).toMatchObject({ phase: 'over', done: 5, failed: 0, total: 5 });
    expect(new Set(world.progress.map((one) => one.phase))).toEqual(
      new Set(['preparing', 'asking', 'signing', 'over']),
    );
  });

  it('says how long the rest will take once a few are done', async () => {
    const { world, list } = worldOf(8);
    await begin(world, list);
    const told = world.progress.filter((one) => one.phase === 'signing');
    expect(told[0]?.etaSeconds).toBeNull();
    expect(told.some((one) => (one.etaSeconds ?? 0) > 0)).toBe(true);
  });

  it('leaves out before the PIN what law forbids, with why, and signs the others', async () => {
    const { world, list } = worldOf(3);
    world.leaderless.add(hex('van-ban-1.pdf'));
    const outcomes = await begin(world, list);
    expect(outcomes[1]).toMatchObject({ kind: 'refused', code: 'leader-missing' });
    expect(kindsOf(outcomes)).toEqual(['signed', 'refused', 'signed']);
    expect(world.asked[0]?.documents).toHaveLength(2);
    expect(world.signed).toHaveLength(2);
  });

  it('asks for no PIN when nothing may be signed', async () => {
    const { world, list } = worldOf(2);
    for (const { document } of list) world.leaderless.add(document.main?.sha256 ?? hex(''));
    expect(kindsOf(await begin(world, list))).toEqual(['refused', 'refused']);
    expect([world.asked, world.signed]).toEqual([[], []]);
  });

  it('signs nothing when the clerk does not enter the PIN', async () => {
    const { world, list } = worldOf(3);
    world.refuses = true;
    const outcomes = await begin(world, list);
    expect(outcomes.every((one) => one.kind === 'unsigned' && one.code === 'cancelled')).toBe(true);
    expect([world.signed, world.lines]).toEqual([[], []]);
  });

  it('counts a document as signed when its annexes are, and tells the window their files in order', async () => {
    const world = new SigningWorld();
    const one = listed(documentOf(['thu.pdf', 'phu-luc-1.pdf', 'phu-luc-2.pdf']));
    world.add(one.document);
    const [outcome] = await begin(world, [one]);
    expect(outcome?.kind === 'signed' ? outcome.files.map((file) => file.file.name) : []).toEqual([
      'thu.pdf',
      'phu-luc-1.pdf',
      'phu-luc-2.pdf',
    ]);
    expect(world.progress.at(-1)).toMatchObject({ done: 1, total: 1 });
  });

  it('is refused while another run is under way', async () => {
    const { world, list } = worldOf(2);
    const first = begin(world, list);
    await expect(begin(world, list)).rejects.toMatchObject({ code: 'batch-running' });
    await first;
    expect(world.signed).toHaveLength(2);
  });
});

describe('between two signatures', () => {
  it('a pause holds the token, and going on signs the rest under the same PIN', async () => {
    const { world, list } = worldOf(4);
    const id = batch();
    let signedInPause = -1;
    world.atToken = (index) => {
      if (index !== 1) return;
      world.service.batches.pause(id);
      expect(world.service.batches.running()).toMatchObject({ phase: 'paused', etaSeconds: null });
      // The second is with the token already; the third must not begin until somebody says so.
      queueMicrotask(() =>
        setImmediate(() => {
          signedInPause = world.signed.length;
          world.service.batches.resume(id);
        }),
      );
    };
    const outcomes = await begin(world, list, id);
    expect(kindsOf(outcomes)).toEqual(Array(4).fill('signed'));
    expect(signedInPause).toBe(2);
    expect([world.asked.length, world.signed.length]).toEqual([1, 4]);
  });

  it('a pause that lasts too long ends the login; the rest waits for a new PIN', async () => {
    const { world, list } = worldOf(4);
    const id = batch();
    world.atToken = (index) => {
      if (index !== 1) return;
      world.service.batches.pause(id);
      setImmediate(() => world.later[0]?.());
    };
    const outcomes = await begin(world, list, id);
    expect(kindsOf(outcomes)).toEqual(['signed', 'signed', 'unsigned', 'unsigned']);
    expect(outcomes[3]).toMatchObject({ code: 'batch-pause-over' });
    // One session to learn the chain, one to sign: both are ended.
    expect([world.frozen.length, world.ended]).toEqual([2, 2]);
    world.atToken = () => undefined;
    await begin(world, list.slice(2));
    expect([world.asked.length, world.signed.length]).toEqual([2, 4]);
  });

  it('cancelling keeps what is signed and begins nothing more', async () => {
    const { world, list } = worldOf(5);
    const id = batch();
    world.atToken = (index) => {
      if (index === 1) world.service.batches.cancel(id);
    };
    const outcomes = await begin(world, list, id);
    expect(kindsOf(outcomes)).toEqual(['signed', 'signed', 'unsigned', 'unsigned', 'unsigned']);
    expect(outcomes[4]).toMatchObject({ code: 'cancelled' });
    expect([world.signed.length, world.outputs.size]).toEqual([2, 2]);
    // No ticket is left open for what was never given to the token.
    const opened = world.lines.filter((line) => line.startsWith('opened')).map((line) => line.slice(7));
    for (const act of opened) expect(world.lines).toContain(`closed ${act}`);
  });

  it('nothing can be said to a run that is over', async () => {
    const { world, list } = worldOf(1);
    const id = batch();
    await begin(world, list, id);
    for (const call of ['pause', 'resume', 'cancel'] as const) {
      expect(() => world.service.batches[call](id)).toThrow('batch-over');
    }
    expect(world.service.batches.running()).toBeNull();
  });
});

describe('what goes wrong in the middle', () => {
  it('a device that is pulled out costs the rest and nothing that is signed; only the rest is signed again', async () => {
    const { world, list } = worldOf(6);
    world.goesAfter = 3;
    const outcomes = await begin(world, list);
    expect(kindsOf(outcomes)).toEqual(['signed', 'signed', 'signed', 'failed', 'unsigned', 'unsigned']);
    expect(outcomes[5]).toMatchObject({ code: 'token-removed' });
    world.goesAfter = Number.POSITIVE_INFINITY;
    const again = await begin(world, list.slice(3));
    expect(kindsOf(again)).toEqual(['signed', 'signed', 'signed']);
    expect(new Set(world.signed).size).toBe(6);
    expect(world.signed).toHaveLength(6);
  });

  it('a disk that is full stops the run: what cannot be stored must not be signed', async () => {
    const { world, list } = worldOf(8);
    world.diskless.add(hex('van-ban-1.pdf'));
    const outcomes = await begin(world, list);
    expect(outcomes[1]).toMatchObject({ kind: 'failed', code: 'disk-full' });
    expect(outcomes.at(-1)).toMatchObject({ kind: 'unsigned', code: 'disk-full' });
    // What was ahead of the disk when it said no, and no more.
    expect(world.signed.length).toBeLessThanOrEqual(6);
  });

  it('asked again after a crash it recognises what is signed and gives only the others to the token', async () => {
    const { world, list } = worldOf(4);
    await begin(world, list.slice(0, 2));
    const outcomes = await begin(world, list);
    expect(kindsOf(outcomes)).toEqual(Array(4).fill('signed'));
    expect(world.asked.at(-1)?.documents).toHaveLength(2);
    expect(world.signed).toHaveLength(4);
  });

  it('recovers, without a token, the documents whose every file is signed, and no others', async () => {
    const { world, list } = worldOf(3);
    await begin(world, list.slice(0, 2));
    const before = world.frozen.length;
    const found = await world.service.batches.recover(askedOf(list));
    expect(found.map((one) => one.documentId)).toEqual(list.slice(0, 2).map((one) => one.document.id));
    expect([kindsOf(found), world.frozen.length]).toEqual([['signed', 'signed'], before]);
  });

  it('gives two documents of the very same bytes one signature, each with its own ticket', async () => {
    const world = new SigningWorld();
    const list = [listed(documentOf(['giong-nhau.pdf'])), listed(documentOf(['giong-nhau.pdf']))];
    world.add(...list.map((one) => one.document));
    expect(kindsOf(await begin(world, list))).toEqual(['signed', 'signed']);
    expect([world.signed.length, world.outputs.size]).toEqual([1, 2]);
  });
});
