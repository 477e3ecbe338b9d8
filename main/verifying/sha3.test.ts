import { createHash, getHashes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha3 } from './sha3';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('SHA-3', () => {
  it('gives the published values', () => {
    expect(hex(new Sha3(32).digest())).toBe(
      'a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a',
    );
    expect(hex(new Sha3(64).update(Buffer.from('abc')).digest())).toBe(
      'b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e' +
        '10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0',
    );
  });

  it('agrees with the runtime wherever the runtime has it, however the bytes arrive', () => {
    if (!getHashes().includes('sha3-256')) return;
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 }),
        fc.constantFrom(32, 48, 64),
        (parts, length) => {
          const own = new Sha3(length);
          const theirs = createHash(`sha3-${length * 8}`);
          for (const part of parts) {
            own.update(part);
            theirs.update(part);
          }
          expect(hex(own.digest())).toBe(theirs.digest('hex'));
        },
      ),
      { numRuns: 200 },
    );
  });
});
