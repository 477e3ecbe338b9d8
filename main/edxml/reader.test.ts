import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type PackageJson, packageJson } from '../../preload/contract/edxml';
import {
  attachmentText,
  fixture,
  fixtureNames,
  fullDocument,
  namespace,
  packageText,
  read,
  readingCode,
  write,
} from './testing';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const zipped = (files: Record<string, Uint8Array>) => Buffer.from(zipSync(files)).toString('base64');
const header = 'edXMLEnvelope/edXMLHeader/MessageHeader';

async function only(attachment: string, chunk?: number) {
  const one = await read(packageText({ attachment }), undefined, chunk);
  expect(one.attachments).toHaveLength(1);
  return one.attachments[0];
}

describe('the packages of the reference library and of .NET writers', () => {
  it.each(fixtureNames)('%s reads without loss, in any chunking, into the contract', async (name) => {
    const one = await read(fixture(name));
    expect(one.unknown).toEqual([]);
    expect(packageJson.parse(one)).toEqual(one);
    expect(await read(fixture(name), undefined, 1)).toEqual(one);
    expect(await read(fixture(name), undefined, 7)).toEqual(one);
  });

  it('every text of edoc_new stands in the result', async () => {
    const xml = fixture('edoc_new.edxml').toString('utf8');
    const json = JSON.stringify(await read(xml));
    const texts = [...xml.matchAll(/>([^<>\s][^<>]*)</g)].map((match) => match[1] ?? '');
    expect(texts.length).toBeGreaterThan(50);
    const lost = texts.filter((text) => !json.includes(text.replace(/^cid:/, '')) && text.length < 60);
    // The manifest's ContentType of the PDF is the one value that no attachment repeats; it is known to be wrong.
    expect(lost).toEqual([]);
  });

  it('gives lists for what may be repeated and the contents of the attachments', async () => {
    const one = await read(fixture('edoc_new.edxml'));
    expect(one.kind).toBe('edoc');
    if (one.kind !== 'edoc') return;
    expect(one.header.To.map((to) => to.OrganId)).toEqual(['H26', 'G22']);
    expect(one.header.OtherInfo?.Appendixes?.Appendix).toEqual(['Phụ lục I', 'Phụ lục II']);
    expect(one.trace?.Bussiness?.StaffInfo).toHaveLength(1);
    expect(one.attachments.map((each) => Buffer.from(String(each.bytes), 'base64').toString())).toEqual([
      '%PDF-1.4\n%mini\n',
      'not really xlsx',
    ]);
  });

  it('reads the receivers of an update and the status of a status package', async () => {
    const update = await read(fixture('edoc_update_type2.edxml'));
    expect(update.trace?.Bussiness?.BussinessDocumentInfo[0]?.ReceiverList?.Receiver).toEqual([
      { OrganId: 'H27', ReceiverType: '1' },
      { OrganId: 'H26', ReceiverType: '0' },
    ]);
    const status = await read(fixture('status_02.edxml'));
    expect(status.kind === 'status' && status.header.StatusCode).toBe('02');
    expect(status.trace).toBeNull();
  });

  it('keeps an empty DigitalSignature as the header’s signature', async () => {
    const one = await read(fixture('edoc_dotnet_style.edxml'));
    expect(one.header.Signature).toEqual({ name: 'DigitalSignature' });
  });
});

describe('forms that differ from the standard', () => {
  it('takes UTF-16 in both orders, a UTF-8 mark and trailing white space', async () => {
    const xml = packageText().replace('UTF-8', 'UTF-16');
    const plain = await read(packageText());
    const little = Buffer.from(`\uFEFF${xml}`, 'utf16le');
    expect(await read(little)).toEqual(plain);
    expect(await read(little, undefined, 3)).toEqual(plain);
    expect(await read(Buffer.from(little).swap16(), undefined, 5)).toEqual(plain);
    expect(await read(`\uFEFF${packageText()}\r\n`)).toEqual(plain);
    expect(await read(`\r\n \n${packageText()}`, undefined, 1)).toEqual(plain);
  });

  it('brings old date forms into the standard’s and leaves what is no date as it came', async () => {
    const one = await read(
      packageText({
        header:
          '<e:PromulgationInfo><e:PromulgationDate>2023/03/14 00:00:00</e:PromulgationDate></e:PromulgationInfo><e:DueDate>14/03/2023</e:DueDate><e:ResponseFor><e:PromulgationDate>2023-03-14</e:PromulgationDate></e:ResponseFor><e:ResponseFor><e:PromulgationDate>sớm</e:PromulgationDate></e:ResponseFor>',
      }),
    );
    expect(one).toMatchObject({
      header: {
        PromulgationInfo: { PromulgationDate: '2023/03/14' },
        DueDate: '2023/03/14',
        ResponseFor: [{ PromulgationDate: '2023/03/14' }, { PromulgationDate: 'sớm' }],
      },
    });
  });

  it('knows a status by its code though an empty Subject stands beside it, and never at the cost of files', async () => {
    const status = fixture('status_02.edxml').toString('utf8');
    const beside = (subject: string, code = '$&') =>
      status.replace(/<edXML:StatusCode>.*?<\/edXML:StatusCode>/, `${subject}${code}`);
    for (const subject of ['<edXML:Subject/>', '<edXML:Subject>\n  </edXML:Subject>']) {
      const one = await read(beside(subject));
      expect(one.kind === 'status' && one.header.StatusCode).toBe('02');
      expect(one.unknown.map((part) => part.path)).toContain(
        'edXMLEnvelope/edXMLHeader/MessageHeader/Subject',
      );
    }
    expect((await read(beside('<edXML:Subject>V/v</edXML:Subject>'))).kind).toBe('edoc');
    expect((await read(beside('<edXML:Subject/>', '<edXML:StatusCode/>'))).kind).toBe('edoc');
    const document = packageText({
      header: '<e:StatusCode>01</e:StatusCode>',
      attachment: attachmentText('a.pdf', 'application/pdf', 'JVBERi0='),
    }).replace('V/v thử', '');
    const kept = await read(document);
    expect([kept.kind, kept.attachments.length]).toEqual(['edoc', 1]);
  });

  it('reads a list that is cut into elements of the same name as one, and keeps what is odd in it', async () => {
    const one = await read(
      packageText({
        header:
          '<e:ToPlaces><e:Place>A</e:Place></e:ToPlaces><e:ToPlaces><e:Place>B</e:Place><e:Place>C</e:Place></e:ToPlaces><e:ToPlaces/><e:ToPlaces><e:Odd/></e:ToPlaces><e:OtherInfo><e:Appendixes><e:Appendix>I</e:Appendix></e:Appendixes><e:Appendixes><e:Appendix>II</e:Appendix></e:Appendixes></e:OtherInfo>',
      }).replace(
        '</e:edXMLHeader>',
        '<e:TraceHeaderList><e:Bussiness><e:BussinessDocumentInfo><e:ReceiverList><e:Receiver><e:OrganId>H1</e:OrganId></e:Receiver></e:ReceiverList><e:ReceiverList><e:Receiver><e:OrganId>H2</e:OrganId></e:Receiver></e:ReceiverList></e:BussinessDocumentInfo></e:Bussiness></e:TraceHeaderList></e:edXMLHeader>',
      ),
    );
    expect(one).toMatchObject({
      header: {
        ToPlaces: { Place: ['A', 'B', 'C'] },
        OtherInfo: { Appendixes: { Appendix: ['I', 'II'] } },
      },
      trace: {
        Bussiness: {
          BussinessDocumentInfo: [{ ReceiverList: { Receiver: [{ OrganId: 'H1' }, { OrganId: 'H2' }] } }],
        },
      },
      unknown: [{ path: `${header}/ToPlaces`, children: [{ name: 'Odd' }] }],
    });
  });

  it('accepts OrganInCharge and Business with one s', async () => {
    const one = await read(
      `<edXML xmlns="${namespace}"><edXMLEnvelope><edXMLHeader><TraceHeaderList><Business><BusinessDocType>1</BusinessDocType></Business></TraceHeaderList><MessageHeader><From><OrganInCharge>G12</OrganInCharge></From><Subject>x</Subject></MessageHeader></edXMLHeader></edXMLEnvelope></edXML>`,
    );
    expect(one).toMatchObject({
      header: { From: { OrganizationInCharge: 'G12' } },
      trace: { Bussiness: { BussinessDocType: '1' } },
    });
  });

  it('keeps unknown elements, attributes, repeated fields and stray text with their paths', async () => {
    const one = await read(
      packageText({
        header:
          '<e:Subject>hai</e:Subject><e:To><e:New x="1">n<e:In/></e:New></e:To><e:To><e:OrganId kind="k">H1</e:OrganId></e:To>lạc',
        body: '<e:edXMLBody><e:edXMLManifest><e:Reference><e:ContentId>cid:9</e:ContentId></e:Reference></e:edXMLManifest></e:edXMLBody>',
        attachment: '<Attachment><ContentId>cid:1</ContentId><Odd>o</Odd></Attachment>',
        root: '<Tail>t</Tail>',
      }),
    );
    expect(one.unknown).toEqual([
      { path: 'AttachmentEncoded/Attachment[1]/Odd', text: 'o' },
      { path: 'Tail', text: 't' },
      {
        path: 'edXMLEnvelope/edXMLBody/edXMLManifest/Reference',
        children: [{ name: 'ContentId', text: 'cid:9' }],
      },
      { path: `${header}/Subject`, text: 'hai' },
      { path: `${header}/To[1]/New`, attributes: { x: '1' }, text: 'n', children: [{ name: 'In' }] },
      { path: `${header}/To[2]/OrganId/@kind`, text: 'k' },
      { path: `${header}/text()`, text: 'lạc' },
    ]);
  });

  it('takes name and description from the manifest when the attachment has none, before or after it', async () => {
    const body =
      '<e:edXMLBody><e:edXMLManifest><e:Reference xmlns:l="http://www.w3.org/1999/xlink" l:href="cid:1"><e:AttachmentName>b.xlsx</e:AttachmentName></e:Reference></e:edXMLManifest></e:edXMLBody>';
    const attachment = `<Attachment><ContentTransferEncoded>${zipped({ 'x.xlsx': Buffer.from('trang') })}</ContentTransferEncoded><ContentType>application/zip</ContentType><ContentId>cid:cid:1</ContentId></Attachment>`;
    const one = await read(packageText({ body, attachment }));
    expect(one.attachments).toEqual([
      { contentId: '1', name: 'b.xlsx', contentType: 'application/zip', bytes: base64('trang') },
    ]);
    expect(one.unknown).toEqual([]);
  });
});

describe('any prefix and any order', () => {
  /** The children of MessageHeader as written: they are indented by eight blanks. */
  const children = (xml: string) => xml.split(/\r\n(?= {8}<edXML:)/);

  it('give the same package', async () => {
    // A signature of another namespace with an element of ours inside needs its prefix.
    const { Signature: _, ...header } = fullDocument.header;
    const expected = { ...fullDocument, header } as PackageJson;
    const xml = (await write(expected)).toString('utf8');
    const start = xml.indexOf('        <edXML:From>');
    const end = xml.indexOf('        stray');
    const end2 = end < 0 ? xml.indexOf('      </edXML:MessageHeader>') : end;
    const inner = children(xml.slice(start, end2)).map((part) => part.trimEnd());
    expect(inner.length).toBeGreaterThan(12);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...inner.keys()], { minLength: inner.length }),
        fc.constantFrom('edXML:', 'x9:', ''),
        async (order, prefix) => {
          // Of what may be repeated the order is the sender's and stays.
          const name = (part: string | undefined) => /<edXML:(\w+)/.exec(part ?? '')?.[1];
          const queues = new Map<string | undefined, string[]>();
          for (const part of inner) queues.set(name(part), [...(queues.get(name(part)) ?? []), part]);
          const mixed = order.map((index) => queues.get(name(inner[index]))?.shift() ?? '');
          const text = (xml.slice(0, start) + mixed.join('\r\n') + xml.slice(end2))
            .replaceAll('xmlns:edXML=', prefix === '' ? 'xmlns:unused=' : `xmlns:${prefix.slice(0, -1)}=`)
            .replaceAll('edXML:', prefix);
          expect(await read(text)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('Base64 and the zip rule', () => {
  it('accepts wrapped lines, references to white space, CDATA and missing padding in any chunking', async () => {
    const text = base64('xin chào các bạn'.repeat(40)).replace(/=+$/, '');
    const wrapped = text.replace(/(.{76})/g, '$1&#xD;\n');
    const section = `<![CDATA[${text.slice(0, 100)}]]>\n${text.slice(100)}`;
    for (const chunk of [1, 2, 3, 64, 1000, 100_000]) {
      for (const form of [wrapped, section]) {
        const one = await only(attachmentText('a.pdf', 'application/pdf', form), chunk);
        expect(Buffer.from(String(one?.bytes), 'base64').toString()).toBe('xin chào các bạn'.repeat(40));
      }
    }
  });

  it.each(['%%%%', 'AAAA=BBB', 'A', 'AA=', '====', 'AA&#38;A', 'AA]AA', 'AA<b/>AA'])(
    'refuses %s',
    async (junk) => {
      for (const chunk of [1, 5, 100_000]) {
        const code = await readingCode(
          packageText({ attachment: attachmentText('a.pdf', 'application/pdf', junk) }),
          undefined,
          chunk,
        );
        expect(['edxml-base64', 'edxml-structure']).toContain(code);
      }
    },
  );

  it('takes the first entry of a wrapping zip, deflated or stored, whatever its name', async () => {
    const content = Buffer.from('nội dung'.repeat(1000));
    for (const level of [0, 6] as const) {
      const zip = Buffer.from(zipSync({ '../../etc/x': [content, { level }] })).toString('base64');
      const one = await only(attachmentText('b.xlsx', 'application/zip', zip), 100);
      expect(one).toMatchObject({ name: 'b.xlsx', bytes: content.toString('base64') });
      expect(one).not.toHaveProperty('code');
    }
  });

  it('leaves a real zip and raw office files alone', async () => {
    const zip = zipped({ a: Buffer.from('1'), b: Buffer.from('2') });
    expect(await only(attachmentText('a.ZIP', 'application/zip', zip))).toMatchObject({ bytes: zip });
    expect(await only(attachmentText('a.xlsx', 'application/xlsx', zip))).toMatchObject({ bytes: zip });
    const office = zipped({
      '[Content_Types].xml': Buffer.from('<x/>'),
      'xl/workbook.xml': Buffer.from('<y/>'),
    });
    const one = await only(attachmentText('a.xlsx', 'application/zip', office));
    expect(one).toMatchObject({ bytes: office });
    expect(one).not.toHaveProperty('code');
  });

  it('takes a template, a binary workbook or a drawing that is called a zip for the file itself', async () => {
    const office = zipped({ '[Content_Types].xml': Buffer.from('<x/>'), 'a/b.bin': Buffer.from('y') });
    for (const name of ['bảng.xlsb', 'mẫu.dotx', 'mẫu.xltx', 'trình chiếu.ppsx', 'sơ đồ.vsdx']) {
      const one = await only(attachmentText(name, 'application/zip', office));
      expect([name, one?.bytes, one?.code]).toEqual([name, office, undefined]);
    }
  });

  it('says when a wrapping zip holds more than its first entry', async () => {
    const zip = zipped({ 'a.png': Buffer.from('1'), 'b.png': Buffer.from('2') });
    expect(await only(attachmentText('a.png', 'application/zip', zip))).toMatchObject({
      bytes: base64('1'),
      code: 'edxml-zip-entries',
    });
  });

  it('keeps the raw bytes of a broken zip, gives it a code and reads the rest of the document', async () => {
    const whole = Buffer.from(zipSync({ 'a.png': Buffer.from('nội dung dài '.repeat(500)) }));
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(60) ^ 0xff, 60);
    const encrypted = Buffer.from(whole);
    encrypted.writeUInt8(1, 6);
    for (const broken of [
      Buffer.from('không phải zip'),
      whole.subarray(0, 50),
      flipped,
      encrypted,
      Buffer.alloc(0),
    ]) {
      const text = packageText({
        attachment:
          attachmentText('a.png', 'application/zip', broken.toString('base64')) +
          attachmentText('b.pdf', 'application/pdf', base64('pdf')),
      });
      for (const chunk of [16, 100_000]) {
        const one = await read(text, undefined, chunk);
        expect(one.attachments[0]).toMatchObject({
          code: 'edxml-zip-broken',
          bytes: broken.toString('base64'),
        });
        expect(one.attachments[1]).toMatchObject({ name: 'b.pdf', bytes: base64('pdf') });
      }
    }
  });
});
