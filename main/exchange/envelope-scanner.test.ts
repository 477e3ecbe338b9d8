// The big member is handed on whole and the rest is what JSON.parse says, wherever the pieces are cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Base64Decoder } from './base64-decoder';
import { EnvelopeScanner } from './envelope-scanner';

async function scan(text: string | Uint8Array, cuts: readonly number[], limit = 1_000_000) {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  let member = '';
  const scanner = new EnvelopeScanner(
    'data',
    (piece) => {
      member += piece;
    },
    limit,
  );
  const places = [0, ...[...cuts].sort((a, b) => a - b).map((cut) => cut % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  for (let index = 1; index < places.length; index++) {
    await scanner.push(bytes.subarray(places[index - 1], places[index]));
  }
  return { object: scanner.end(), member, found: scanner.found };
}

test('any object is read as JSON.parse reads it, cut anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }),
      fc.base64String(),
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.boolean(),
      async (others, data, cuts, first) => {
        delete others.data;
        const object = first ? { data, ...others } : { ...others, data };
        const result = await scan(JSON.stringify(object), cuts);
        expect(result.member).toBe(data);
        expect(result.found).toBe(true);
        expect(result.object).toEqual(JSON.parse(JSON.stringify({ ...object, data: '' })));
      },
    ),
  );
});

test('escapes that JSON writers put into Base64 are resolved', async () => {
  const result = await scan('{"data":"a\\/b\\u003d\\u003d\\r\\n","status":"OK"}', [9, 10, 11, 13, 15, 16]);
  expect(result.member).toBe('a/b==\r\n');
  expect(result.object).toEqual({ data: '', status: 'OK' });
});

test('a member of the same name deeper inside is not handed on', async () => {
  const result = await scan('{"x":{"data":"no"},"y":["data"],"z":"data"}', []);
  expect(result.found).toBe(false);
  expect(result.object).toEqual({ x: { data: 'no' }, y: ['data'], z: 'data' });
});

test.each([
  '',
  '{',
  '{"data":"abc',
  '{"data":"a","data":"b"}',
  '{"data":"\\x"}',
  '{"data":"\\uZZZZ"}',
  '[1]',
  'null',
  '<html></html>',
  '{"a":1}}',
])('%j is garbled', async (text) => {
  await expect(scan(text, [])).rejects.toMatchObject({ reason: 'garbled' });
});

test('the rest of the object may not grow without end', async () => {
  const text = JSON.stringify({ status: 'x'.repeat(2000), data: '' });
  await expect(scan(text, [], 1000)).rejects.toMatchObject({ reason: 'too-large' });
});

test('random bytes never crash the scanner', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (bytes, cuts) => {
        await scan(bytes, cuts).catch((error: unknown) => {
          expect(error).toMatchObject({ name: 'AnswerCut' });
        });
      },
    ),
  );
});

function decode(pieces: readonly string[]): Buffer {
  const decoder = new Base64Decoder();
  return Buffer.concat([...pieces.map((piece) => decoder.push(piece)), decoder.end()]);
}

test('Base64 is decoded wherever it is cut and wrapped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 9 }), (bytes, width) => {
      const text = Buffer.from(bytes).toString('base64');
      const pieces = text.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
      expect(decode(pieces)).toEqual(Buffer.from(bytes));
      expect(decode(pieces.map((piece) => `${piece}\r\n`))).toEqual(Buffer.from(bytes));
      expect(decode([text.replace(/=+$/, '')])).toEqual(Buffer.from(bytes));
    }),
  );
});

test.each([['ab!d'], ['ab=c'], ['abcd=', 'efgh'], ['a'], ['YQ==', 'YQ=='], ['é===']])(
  '%j is no Base64',
  (...pieces) => {
    expect(() => decode(pieces)).toThrow();
  },
);
