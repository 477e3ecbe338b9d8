// What an answer is must not follow from how the network cut it.
import { expect, it } from 'vitest';
import { readAnyPackage, readDownload } from './read-package';

function collected() {
  const pieces: Uint8Array[] = [];
  const reading = {
    sink: { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) },
    maxPackageBytes: 100_000,
    signedOutCodes: [],
    refusalIn: () => null,
  };
  return { reading, text: () => Buffer.concat(pieces).toString('utf8') };
}

async function* cut(text: string, at: readonly number[]) {
  let from = 0;
  for (const end of [...at, text.length]) {
    yield Buffer.from(text.slice(from, end));
    from = end;
  }
}

const head = { status: 200, headers: {} };
const cuts = [[], [1], [2, 3], [0, 1, 2, 3, 4]];
const xml = `<?xml version="1.0"?>\n<edXML>${'x'.repeat(5000)}</edXML>`;
const json = `\r\n {"code":200,"data":"${Buffer.from(xml).toString('base64')}"}`;

it.each(cuts)('a package in JSON behind blanks is taken out of it, cut at %j', async (...at) => {
  const { reading, text } = collected();
  const answer = await readAnyPackage(head, cut(json, at), reading);
  expect(answer).toMatchObject({ kind: 'ok', value: { size: xml.length } });
  expect(text()).toBe(xml);
});

it.each(cuts)(
  'a package that is the answer itself stays as it came, blanks before it too, cut at %j',
  async (...at) => {
    const { reading, text } = collected();
    expect(await readAnyPackage(head, cut(`\n\n${xml}`, at), reading)).toMatchObject({ kind: 'ok' });
    expect(text()).toBe(`\n\n${xml}`);
  },
);

it.each(cuts)('a refusal in place of a download is no package, cut at %j', async (...at) => {
  const { reading, text } = collected();
  const refusal = JSON.stringify({ status: 'FAIL', ErrorCode: '9', ErrorDesc: 'Không có' });
  expect(await readDownload(head, cut(` ${refusal}`, at), reading)).toMatchObject({ kind: 'refused' });
  expect(text()).toBe('');
});

it.each(cuts)('a page for people is no package, cut at %j', async (...at) => {
  const { reading, text } = collected();
  const page = '\n<!DOCTYPE html><html><body>Bảo trì</body></html>';
  await expect(readAnyPackage(head, cut(page, at), reading)).rejects.toMatchObject({ reason: 'garbled' });
  expect(text()).toBe('');
});
