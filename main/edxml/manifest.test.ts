// Names that stand in the manifest alone, and how writers point from there at an attachment.

import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bareContentId, foldedContentId } from './content-id';
import { attachmentText, fixture, packageText, read } from './testing';

const dotnet = fixture('edoc_dotnet_style.edxml').toString('utf8');
/** The .NET sample with the name in the manifest alone. */
const nameAbove = dotnet.replace(
  /(<\/edXML:ContentTransferEncoded>\s*)<edXML:AttachmentName>.*?<\/edXML:AttachmentName>/,
  '$1',
);
const ownId = '<edXML:ContentId>a1</edXML:ContentId>';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const reference = (id: string, name: string, more = '') =>
  `<e:Reference${id === '' ? '' : ` xmlns:l="http://www.w3.org/1999/xlink" l:href="cid:${id}"`}><e:AttachmentName>${name}</e:AttachmentName>${more}</e:Reference>`;
const attachment = (id: string, name: string, content = 'AAAA', type = 'application/pdf') =>
  `<Attachment>${id === '' ? '' : `<ContentId>${id}</ContentId>`}<ContentType>${type}</ContentType><ContentTransferEncoded>${content}</ContentTransferEncoded>${name === '' ? '' : `<AttachmentName>${name}</AttachmentName>`}</Attachment>`;

async function readParts(references: readonly string[], attachments: readonly string[]) {
  const body = `<e:edXMLBody><e:edXMLManifest>${references.join('')}</e:edXMLManifest></e:edXMLBody>`;
  return read(packageText({ body, attachment: attachments.join('') }));
}
const named = (one: Awaited<ReturnType<typeof read>>) =>
  one.attachments.map(({ contentId, name }) => [contentId, name]);

describe('a name that stands in the manifest alone', () => {
  it.each([
    ['spelled alike', 'cid:a1', ownId],
    ['in angle brackets', 'cid:a1', '<edXML:ContentId>&lt;a1&gt;</edXML:ContentId>'],
    ['in angle brackets behind its scheme', 'cid:a1', '<edXML:ContentId>cid:&lt;a1&gt;</edXML:ContentId>'],
    ['in angle brackets in the manifest', 'cid:&lt;a1&gt;', ownId],
    ['in other letters', 'cid:A1', ownId],
    ['with a scheme in capitals', 'CID:a1', ownId],
    ['percent-encoded', 'cid:%61%31', ownId],
  ])('reaches its attachment by an id %s, and nothing is odd about it', async (_, href, id) => {
    const one = await read(nameAbove.replace('cid:a1', href).replace(ownId, id));
    expect(named(one)).toEqual([['a1', '7-CA.pdf']]);
    expect(one.unknown).toEqual([]);
  });

  it('reaches an attachment without an id by its place, which then has the id of the manifest', async () => {
    const one = await read(nameAbove.replace(ownId, ''));
    expect(named(one)).toEqual([['a1', '7-CA.pdf']]);
    expect(one.unknown).toEqual([]);
  });

  it('reaches an attachment by its place when the manifest has no id', async () => {
    const one = await readParts(
      [reference('', 'a.pdf'), reference('', 'b.pdf')],
      [attachment('1', ''), attachment('2', '')],
    );
    expect(named(one)).toEqual([
      ['1', 'a.pdf'],
      ['2', 'b.pdf'],
    ]);
    expect(one.unknown).toEqual([]);
  });

  it('is no attachment’s by place when the manifest names more files than there are', async () => {
    const one = await readParts([reference('1', 'a.pdf'), reference('2', 'b.pdf')], [attachment('', '')]);
    expect(named(one)).toEqual([[undefined, undefined]]);
    expect(one.unknown).toHaveLength(2);
  });

  it('is not given to an attachment of another name or of another id', async () => {
    const one = await readParts(
      [reference('1', 'a.pdf'), reference('2', 'b.pdf')],
      [attachment('', 'c.pdf'), attachment('3', '')],
    );
    expect(named(one)).toEqual([
      [undefined, 'c.pdf'],
      ['3', undefined],
    ]);
    expect(one.unknown).toHaveLength(2);
  });

  it('is not given away by place when an id leads to it', async () => {
    const one = await readParts(
      [reference('1', 'a.pdf'), reference('2', 'b.pdf')],
      [attachment('', ''), attachment('1', '')],
    );
    expect(named(one)).toEqual([
      [undefined, undefined],
      ['1', 'a.pdf'],
    ]);
    expect(one.unknown).toHaveLength(1);
  });

  it('goes by the exact spelling where ids differ in their letters alone', async () => {
    const references = [reference('a', 'small.pdf'), reference('A', 'large.pdf')];
    const one = await readParts(references, [attachment('A', ''), attachment('a', '')]);
    expect(named(one)).toEqual([
      ['A', 'large.pdf'],
      ['a', 'small.pdf'],
    ]);
    const alone = await readParts(references.slice(0, 1), [attachment('A', ''), attachment('a', '')]);
    expect(named(alone)).toEqual([
      ['A', undefined],
      ['a', 'small.pdf'],
    ]);
  });

  it('says that an archive is the file itself, also by its place', async () => {
    const zip = Buffer.from(zipSync({ 'x.txt': Buffer.from('x') })).toString('base64');
    const one = await readParts([reference('1', 'a.zip')], [attachment('', '', zip, 'application/zip')]);
    expect(one.attachments).toEqual([
      { contentId: '1', name: 'a.zip', contentType: 'application/zip', bytes: zip },
    ]);
  });

  it('at the place of an attachment that names itself at its end does not decide what its bytes are', async () => {
    const zip = Buffer.from(zipSync({ 'x.xlsx': Buffer.from('bảng') })).toString('base64');
    const one = await readParts(
      [reference('1', 'a.zip')],
      [attachment('', 'b.xlsx', zip, 'application/zip'), attachment('', 'a.zip', zip, 'application/zip')],
    );
    expect(one.attachments.map(({ name, bytes, code }) => [name, bytes, code])).toEqual([
      ['b.xlsx', base64('bảng'), undefined],
      ['a.zip', zip, undefined],
    ]);
  });
});

it('attachments without ids find their References by name, in whatever order and number they stand', async () => {
  const description = '<e:Description>Phụ lục</e:Description>';
  const references = [reference('1', 'a.pdf', description), reference('2', 'b.pdf')];
  const one = await readParts(references, [
    attachment('', 'b.pdf'),
    attachment('', 'c.pdf'),
    attachment('', 'a.pdf'),
  ]);
  expect(named(one)).toEqual([
    ['2', 'b.pdf'],
    [undefined, 'c.pdf'],
    ['1', 'a.pdf'],
  ]);
  expect(one.attachments[2]?.description).toBe('Phụ lục');
  expect(one.unknown).toEqual([]);
});

it('a Reference that contradicts its attachment is still kept', async () => {
  const one = await readParts(
    [reference('1', 'other.pdf')],
    [attachmentText('a.pdf', 'application/pdf', 'AAAA')],
  );
  expect(named(one)).toEqual([['1', 'a.pdf']]);
  expect(one.unknown).toHaveLength(1);
});

describe('a content id', () => {
  it('loses scheme and brackets once and for all, and is held against others without a throw', () => {
    const forms = fc.constantFrom(
      (id: string) => id,
      (id: string) => `cid:${id}`,
      (id: string) => `<${id}>`,
      (id: string) => `cid:cid:<${id}>`,
      (id: string) => `<cid:${id}>`,
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9%@._+-]{1,20}$/), forms, (id, form) => {
        expect(bareContentId(form(id))).toBe(id);
        expect(foldedContentId(id.toUpperCase())).toBe(foldedContentId(id.toLowerCase()));
      }),
    );
  });

  it.each(['', 'cid:', '<>', ' cid: <> '])('of %j alone is none', (text) => {
    expect(bareContentId(text)).toBe('');
  });
});
