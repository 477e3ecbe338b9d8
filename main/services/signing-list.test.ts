// Several files under one login, over fakes: a frozen list, one output for an act, and what stays when a device goes.
import { describe, expect, it, vi } from 'vitest';
import { newActId } from '../../preload/contract/ids';
import type { ReadyToSign } from '../signing';
import { documentOf, hex, requestFor, SigningWorld } from './signing.fixture';

// The CMS has its own tests: here it only matters which bytes the token is asked to sign, and when.
vi.mock('../signing', async (original) => ({
  ...(await original<typeof import('../signing')>()),
  knownSigner: (signer: unknown) => ({ signer }),
  completeSignature: async (
    ready: ReadyToSign,
    known: { signer: { sign(bytes: Uint8Array): Promise<Uint8Array> } },
  ) => known.signer.sign(ready.attributes),
}));

const letter = documentOf(['van-ban.pdf', 'phu-luc-1.pdf', 'phu-luc-2.pdf']);

function worldWithLetter(): SigningWorld {
  const world = new SigningWorld();
  world.add(letter);
  return world;
}

const whole = () => [
  requestFor(letter, 'van-ban.pdf', 'seal'),
  requestFor(letter, 'phu-luc-1.pdf', 'attachment'),
  requestFor(letter, 'phu-luc-2.pdf', 'attachment'),
];

describe('a letter and its annexes', () => {
  it('are signed under one login that may sign just these, and the PIN window names each', async () => {
    const world = worldWithLetter();
    const requests = whole();
    const results = await world.service.sign(requests);
    expect(results.map((one) => one.name)).toEqual(['van-ban.pdf', 'phu-luc-1.pdf', 'phu-luc-2.pdf']);
    expect(world.asked).toHaveLength(1);
    expect(world.asked[0]?.role).toBe('seal');
    expect(world.asked[0]?.documents.map((one) => one.subject)).toEqual([
      'V/v giải ngân',
      'Tệp kèm theo: phu-luc-1.pdf',
      'Tệp kèm theo: phu-luc-2.pdf',
    ]);
    expect(new Set(world.frozen.at(-1)).size).toBe(3);
    // The ticket of a file opens while the one before it is with the token; each file's own lines keep their order.
    const named = requests.map((one) => one.act);
    for (const act of named) {
      expect(world.lines.filter((line) => line.endsWith(act))).toEqual([
        `opened ${act}`,
        `signed ${act}`,
        `closed ${act}`,
      ]);
    }
  });

  it('keep what was signed before the device was pulled out, and only the rest is signed later', async () => {
    const world = worldWithLetter();
    const requests = whole();
    world.goesAfter = 1;
    await expect(world.service.sign(requests)).rejects.toMatchObject({ code: 'token-removed' });
    expect(world.outputs.size).toBe(1);
    world.goesAfter = Number.POSITIVE_INFINITY;
    await world.service.sign(requests);
    expect(world.signed).toHaveLength(3);
    expect(world.asked.at(-1)?.documents).toHaveLength(2);
    await world.service.sign(requests);
    expect([world.signed.length, world.asked.length]).toEqual([3, 2]);
  });

  it('have one signature for a file that stands twice in the list', async () => {
    const world = worldWithLetter();
    const act = newActId();
    const results = await world.service.sign([
      requestFor(letter, 'phu-luc-1.pdf', 'attachment', act),
      requestFor(letter, 'phu-luc-1.pdf', 'attachment', act),
    ]);
    expect([results.length, world.signed.length]).toEqual([2, 1]);
  });

  it('stay unsigned when the clerk does not sign, or when they ask for two certificates at once', async () => {
    const world = worldWithLetter();
    world.refuses = true;
    await expect(world.service.sign(whole())).rejects.toMatchObject({ code: 'cancelled' });
    const [first, second] = whole();
    if (first === undefined || second === undefined) throw new Error('two requests');
    await expect(world.service.sign([first, { ...second, fingerprint: hex('other') }])).rejects.toMatchObject(
      {
        code: 'call-refused',
      },
    );
    expect([world.signed, world.lines]).toEqual([[], []]);
  });

  it('are refused whole when one of them is no file of the document', async () => {
    const world = worldWithLetter();
    await expect(
      world.service.sign([...whole(), requestFor(letter, 'khac.pdf', 'attachment')]),
    ).rejects.toMatchObject({
      code: 'signing-bytes-changed',
    });
    expect([world.asked, world.signed]).toEqual([[], []]);
  });
});
