// Secrets from standard input: a line a call, whatever pieces they come in, and nothing left behind.
import { describe, expect, it } from 'vitest';
import { secretLines } from './io';

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('secret lines', () => {
  it('are one a call, though both come in one piece or one in several', async () => {
    for (const given of [['1234\n5678\n'], ['12', '34\r\n56', '78'], ['1234\n', '5678\n', 'rest']]) {
      const line = secretLines(pieces(...given));
      expect([text(await line()), text(await line())]).toEqual(['1234', '5678']);
    }
  });

  it('are empty where nothing came', async () => {
    const line = secretLines(pieces('1234'));
    expect([text(await line()), text(await line())]).toEqual(['1234', '']);
  });

  it('overwrite the pieces they came in', async () => {
    const piece = Buffer.from('1234\n');
    async function* one(): AsyncGenerator<Buffer> {
      yield piece;
    }
    const bytes = await secretLines(one())();
    expect(text(bytes)).toBe('1234');
    expect(piece.every((byte) => byte === 0)).toBe(true);
  });
});
