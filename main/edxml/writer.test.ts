import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type PackageJson, packageJson } from '../../preload/contract/edxml';
import { codeOf } from '../../preload/contract/failure';
import { fixture, fixtureNames, fullDocument, read, write } from './testing';
import { writePackage } from './writer';

async function writingCode(json: unknown): Promise<string> {
  try {
    await write(packageJson.parse(json));
    return 'written';
  } catch (error) {
    return codeOf(error);
  }
}

const status = (code: string): PackageJson => ({
  kind: 'status',
  header: {
    ResponseFor: {
      OrganId: 'G12',
      Code: '9/BTC',
      DocumentId: 'G12,2026/01/15,9/BTC',
      PromulgationDate: '2026/01/15',
    },
    From: { OrganId: 'H37', OrganName: 'UBND tỉnh Lạng Sơn' },
    StatusCode: code,
    Description: 'Lý do',
    Timestamp: '2026/01/16 08:00:00',
    StaffInfo: { Department: 'Văn thư', Staff: 'A' },
  },
  trace: null,
  attachments: [],
  unknown: [],
});

/** The local names of the start tags in order. */
const tags = (xml: string) => [...xml.matchAll(/<([A-Za-z:]+)/g)].map((match) => match[1]);

describe('what is written reads back', () => {
  it.each(fixtureNames)('%s gives the same JSON after writing', async (name) => {
    const json = await read(fixture(name));
    expect(JSON.stringify(await read(await write(json)))).toBe(JSON.stringify(json));
  });

  it('every field, unknown part and kind of attachment comes back', async () => {
    expect(packageJson.parse(fullDocument)).toEqual(fullDocument);
    expect(await read(await write(fullDocument))).toEqual(fullDocument);
  });

  it.each(['0', '1', '2', '3'])('a document of business type %s', async (type) => {
    if (fullDocument.kind !== 'edoc' || fullDocument.trace === null) return;
    const Bussiness = { ...fullDocument.trace.Bussiness, BussinessDocType: type };
    const json = packageJson.parse({ ...fullDocument, trace: { ...fullDocument.trace, Bussiness } });
    expect(await read(await write(json))).toEqual(json);
  });

  it.each(['01', '02', '03', '04', '05', '06', '13', '15', '16', '99', 'X7'])(
    'status %s verbatim',
    async (code) => {
      expect(await read(await write(status(code)))).toEqual(status(code));
    },
  );

  it('any text in any field', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .map((value) =>
        value
          .replace(/[\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '')
          .replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''),
      )
      .filter((value) => value.trim() !== '');
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.uint8Array({ maxLength: 300 }),
        text,
        async (subject, id, places, bytes, name) => {
          if (fullDocument.kind !== 'edoc') return;
          const json: PackageJson = {
            ...fullDocument,
            header: { ...fullDocument.header, Subject: subject, DocumentId: id, ToPlaces: { Place: places } },
            attachments: [
              {
                contentId: 'x',
                name,
                contentType: 'application/zip',
                bytes: Buffer.from(bytes).toString('base64'),
              },
            ],
            unknown: [{ path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Foo', text: subject }],
          };
          expect(await read(await write(json))).toEqual(json);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the form on the wire', () => {
  it('has the prefix, the order of the standard, CRLF, one line of Base64 and an empty shell without attachments', async () => {
    const xml = (await write(fullDocument)).toString('utf8');
    const names = tags(xml).filter((name) => name?.startsWith('edXML:'));
    const order = [
      'From',
      'To',
      'To',
      'Code',
      'PromulgationInfo',
      'DocumentType',
      'Subject',
      'Content',
      'SignerInfo',
      'DueDate',
      'ToPlaces',
      'OtherInfo',
      'ResponseFor',
      'Code',
      'SteeringType',
      'ResponseForTask',
      'ApplicationType',
    ];
    const found = names
      .map((name) => name?.slice(6) ?? '')
      .slice(names.indexOf('edXML:From'), names.indexOf('edXML:TraceHeaderList'));
    expect(found.filter((name) => order.includes(name))).toEqual(order);
    expect(names.indexOf('edXML:TraceHeader')).toBeLessThan(names.indexOf('edXML:Bussiness'));
    expect(xml.replaceAll('\r\n', '').replace('"nghiệm"\nhai', '')).not.toContain('\n');
    expect(xml).toContain(
      '<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">JVBERi0=</edXML:ContentTransferEncoded>',
    );
    expect(xml).toContain('<ContentId>cid:a</ContentId>');
    const empty = (await write({ ...fullDocument, attachments: [], unknown: [] })).toString('utf8');
    expect(empty).toContain('<edXML:edXMLManifest version="1.0" />');
    expect(empty).toContain('<AttachmentEncoded />');
    expect((await write(status('01'))).toString('utf8')).not.toMatch(
      /edXMLBody|AttachmentEncoded|TraceHeader/,
    );
  });

  it('puts every file but pdf, doc, docx and zip into a zip of one entry that other readers open', async () => {
    const names = ['a.pdf', 'a.doc', 'a.docx', 'a.zip', 'a.xlsx', 'a.PNG', 'a'];
    const content = Buffer.from('nội dung '.repeat(5000));
    const attachments = names.map((name) => ({ name, bytes: content.toString('base64') }));
    const xml = (await write(packageJson.parse({ ...fullDocument, attachments, unknown: [] }))).toString(
      'utf8',
    );
    const types = [...xml.matchAll(/<ContentType>([^<]*)/g)].map((match) => match[1]);
    expect(types).toEqual([
      'application/pdf',
      'application/doc',
      'application/docx',
      'application/zip',
      'application/zip',
      'application/zip',
      'application/zip',
    ]);
    const bodies = [...xml.matchAll(/Encoded xmlns[^>]*>([^<]*)</g)].map((match) =>
      Buffer.from(match[1] ?? '', 'base64'),
    );
    for (const raw of bodies.slice(0, 4)) expect(raw.equals(content)).toBe(true);
    for (const zip of bodies.slice(4)) {
      const entries = Object.values(unzipSync(zip));
      expect(entries).toHaveLength(1);
      expect(Buffer.from(entries[0] ?? []).equals(content)).toBe(true);
    }
    const ids = [...xml.matchAll(/<ContentId>cid:([0-9a-f-]{36})</g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(names.length);
  });

  it('gives the digest and size of what went out', async () => {
    const pieces: Uint8Array[] = [];
    const json = status('03');
    const written = await writePackage(
      { ...json, attachments: [] } as Parameters<typeof writePackage>[0],
      async (bytes) => {
        pieces.push(bytes);
      },
    );
    const all = Buffer.concat(pieces);
    expect(written).toEqual({ size: all.length, sha256: createHash('sha256').update(all).digest('hex') });
  });

  it('brings dates into the standard’s form', async () => {
    if (fullDocument.kind !== 'edoc') return;
    const xml = await write({ ...fullDocument, header: { ...fullDocument.header, DueDate: '2026-02-03' } });
    expect(xml.toString('utf8')).toContain('<edXML:DueDate>2026/02/03</edXML:DueDate>');
  });
});

describe('what is not allowed is refused before the first byte', () => {
  const changed = (header: object, rest: object = {}) => ({
    ...fullDocument,
    ...rest,
    header: { ...fullDocument.header, ...header },
  });
  it.each([
    ['no subject', changed({ Subject: ' ' }), 'edxml-field-missing'],
    ['no receiver', changed({ To: [] }), 'edxml-field-missing'],
    ['a receiver without a code', changed({ To: [{ OrganName: 'x' }] }), 'edxml-field-missing'],
    ['no trace', changed({}, { trace: null }), 'edxml-field-missing'],
    ['an attachment without a name', changed({}, { attachments: [{ bytes: '' }] }), 'edxml-field-missing'],
    ['no status code', { ...status(''), unknown: [] }, 'edxml-field-missing'],
    ['a date that is none', changed({ DueDate: 'mai' }), 'edxml-field-value'],
    [
      'business type 7',
      changed(
        {},
        {
          trace: {
            TraceHeader: [{ OrganId: 'a', Timestamp: '2026/01/01 00:00:00' }],
            Bussiness: { BussinessDocType: '7' },
          },
        },
      ),
      'edxml-field-value',
    ],
    ['a control character', changed({ Subject: 'a\u0001b' }), 'edxml-character'],
    ['half a surrogate pair', changed({ Subject: 'a\ud800b' }), 'edxml-character'],
    [
      'an unknown part without a place',
      changed({}, { unknown: [{ path: 'Nowhere/x', text: '1' }] }),
      'edxml-field-value',
    ],
    [
      'markup as a name',
      changed({}, { unknown: [{ path: 'edXMLEnvelope/a><b', text: '1' }] }),
      'edxml-field-value',
    ],
  ])('%s', async (_name, json, code) => {
    expect(await writingCode(json)).toBe(code);
  });

  it('numbers, booleans, null and single values in JSON count as their texts and lists', async () => {
    const json = packageJson.parse(
      changed({
        OtherInfo: { Priority: 3, Direction: false, PageAmount: null },
        To: { OrganId: 'H37', OrganName: 'x' },
        ToPlaces: { Place: 'Lưu' },
      }),
    );
    expect(json).toMatchObject({
      header: {
        OtherInfo: { Priority: '3', Direction: 'false' },
        To: [{ OrganId: 'H37' }],
        ToPlaces: { Place: ['Lưu'] },
      },
    });
  });
});
