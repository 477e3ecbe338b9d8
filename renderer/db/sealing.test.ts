import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testKey } from '../testing/fixtures';
import { createSealer, sealVersion } from './sealing';

const sealer = testKey().then(createSealer);

describe('a sealed record', () => {
  it('opens to what was sealed, in its own place only', async () => {
    const { seal, open } = await sealer;
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.uuid(), async (value, id) => {
        const sealed = await seal('incoming', id, value);
        expect(await open('incoming', id, sealed)).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify(value)),
        });
        expect(await open('outgoing', id, sealed)).toEqual({ ok: false, code: 'record-damaged' });
        expect(await open('incoming', `${id}x`, sealed)).toEqual({ ok: false, code: 'record-damaged' });
      }),
      { numRuns: 30 },
    );
  });

  it('is damaged by any flipped bit, and says so', async () => {
    const { seal, open } = await sealer;
    const sealed = await seal('incoming', 'a', { subject: 'V/v' });
    const length = sealed.bytes.byteLength;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), async (at, bit) => {
        const bytes = new Uint8Array(sealed.bytes.slice(0));
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const result = await open('incoming', 'a', { ...sealed, bytes: bytes.buffer });
        expect(result).toEqual({ ok: false, code: 'record-damaged' });
      }),
      { numRuns: 40 },
    );
  });

  it('of a newer program is not called damaged', async () => {
    const { seal, open } = await sealer;
    const sealed = { ...(await seal('incoming', 'a', 1)), v: sealVersion + 1 };
    expect(await open('incoming', 'a', sealed)).toEqual({ ok: false, code: 'record-from-the-future' });
  });

  it('never has the same nonce or bytes twice, while marks of equal texts are equal', async () => {
    const { seal, blind } = await sealer;
    const [one, two] = [await seal('t', 'a', 'x'), await seal('t', 'a', 'x')];
    expect(one.nonce).not.toEqual(two.nonce);
    expect(new Uint8Array(one.bytes)).not.toEqual(new Uint8Array(two.bytes));
    expect(await blind('label', 'x')).toBe(await blind('label', 'x'));
    expect(await blind('label', 'x')).not.toBe(await blind('other', 'x'));
    expect(await blind('label', 'x')).toMatch(/^[0-9a-f]{64}$/);
  });
});
