import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../preload/contract/failure';
import { defaultLimits } from './limits';
import { readPackage } from './reader';
import { type AttachmentSink, digestSink } from './sink';
import { attachmentText, fixture, fixtureNames, namespace, packageText, read, readingCode } from './testing';

const full = packageText({ header: '<e:DocumentId>G12</e:DocumentId>' });

describe('what is no package is refused with its own code', () => {
  it.each([
    ['nothing', '', 'edxml-not-xml'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n', 'edxml-not-xml'],
    ['JSON', '{"kind":"edoc"}', 'edxml-not-xml'],
    [
      'crossed tags',
      full.replace('</e:edXMLHeader></e:edXMLEnvelope>', '</e:edXMLEnvelope></e:edXMLHeader>'),
      'edxml-not-xml',
    ],
    ['HTML', '<html><body>Đăng nhập</body></html>', 'edxml-root'],
    ['another namespace', full.replaceAll(namespace, 'http://example.invalid/x'), 'edxml-namespace'],
    ['no namespace', '<edXML><edXMLEnvelope/></edXML>', 'edxml-namespace'],
    ['an undeclared prefix', '<edXML:edXML><edXML:edXMLEnvelope/></edXML:edXML>', 'edxml-namespace'],
    ['no envelope', `<edXML xmlns="${namespace}"><AttachmentEncoded/></edXML>`, 'edxml-structure'],
    ['no header', `<edXML xmlns="${namespace}"><edXMLEnvelope/></edXML>`, 'edxml-structure'],
    ['a DTD', full.replace('<edXML ', '<!DOCTYPE edXML [<!ENTITY a "b">]><edXML '), 'edxml-doctype'],
    [
      'an external DTD',
      full.replace('<edXML ', '<!DOCTYPE edXML SYSTEM "http://example.invalid/x.dtd"><edXML '),
      'edxml-doctype',
    ],
    ['an entity', full.replace('V/v thử', '&xxe;'), 'edxml-doctype'],
    ['another encoding', full.replace('UTF-8', 'windows-1258'), 'edxml-encoding'],
    [
      'the SOAP era',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><edXML:MessageHeader xmlns:edXML="http://www.e-doc.vn/Schema/"/></s:Header></s:Envelope>',
      'edxml-legacy-soap',
    ],
    [
      'the trial format',
      '<EdXMLEnvelope xmlns="http://www.go.vn/eDoc"><Manifest/></EdXMLEnvelope>',
      'edxml-legacy-flat',
    ],
    [
      'a malware report',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:edXML="http://edxml.gov.vn/schema"><s:Body/></s:Envelope>',
      'edxml-not-document',
    ],
    [
      'any other SOAP message',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a><b/></a></s:Body></s:Envelope>',
      'edxml-root',
    ],
    [
      'an empty SOAP envelope',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
      'edxml-root',
    ],
  ])('%s', async (_name, text, code) => {
    expect(await readingCode(text)).toBe(code);
    expect(await readingCode(text, undefined, 1)).toBe(code);
  });

  it('a package that breaks off is truncated wherever it breaks', async () => {
    const bytes = fixture('edoc_new.edxml');
    for (const end of [bytes.length - 5, bytes.length - 200, bytes.length - 600, 3000, 120]) {
      expect(await readingCode(bytes.subarray(0, end))).toBe('edxml-truncated');
    }
  });

  it('broken UTF-8 and half a UTF-16 unit are no text', async () => {
    const bytes = Buffer.from(full);
    bytes.writeUInt8(0xff, bytes.indexOf('V/v'));
    expect(await readingCode(bytes)).toBe('edxml-encoding');
    const wide = Buffer.from(`\uFEFF${full.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    expect(await readingCode(wide.subarray(0, wide.length - 1))).toBe('edxml-encoding');
  });
});

describe('cost is bounded', () => {
  it('10 000 nested elements', async () => {
    const nested = '<a>'.repeat(10_000) + '</a>'.repeat(10_000);
    expect(await readingCode(packageText({ header: nested }))).toBe('edxml-depth');
    expect(await readingCode(packageText({ attachment: nested }))).toBe('edxml-depth');
  });

  it('a field, an attribute, a comment and a tag name beyond a megabyte', async () => {
    const long = 'x'.repeat(1_200_000);
    for (const header of [
      `<e:Content>${long}</e:Content>`,
      `<e:Content a="${long}"/>`,
      `<!--${long}${long}-->`,
      `<${long}${long}/>`,
    ]) {
      expect(await readingCode(packageText({ header }))).toBe('edxml-text');
    }
  });

  it('elements, attachments and bytes beyond their limits', async () => {
    const small = { ...defaultLimits, elements: 50, attachments: 2, packageBytes: 5000 };
    expect(await readingCode(packageText({ header: '<a/>'.repeat(60) }), small)).toBe('edxml-elements');
    expect(
      await readingCode(packageText({ attachment: attachmentText('a', 'b', '').repeat(3) }), small),
    ).toBe('edxml-elements');
    expect(await readingCode(packageText({ root: ' '.repeat(5000) }), small)).toBe('edxml-size');
  });

  it('an attachment that inflates to 2 GB', async () => {
    // One raw deflate block of 64 MB of zeros, repeated: a flush makes it repeatable.
    const zeros = deflateRawSync(Buffer.alloc(1 << 26), { finishFlush: 2 });
    const head = Buffer.from(
      '504b0304140008080800000021000000000000000000000000000500000062' + '2e706e67',
      'hex',
    );
    const name = head.subarray(0, 30);
    const bomb = Buffer.concat([name, Buffer.from('b.png'), ...Array.from({ length: 33 }, () => zeros)]);
    const text = packageText({
      attachment: attachmentText('b.png', 'application/zip', bomb.toString('base64')),
    });
    expect(await readingCode(text)).toBe('edxml-inflation');
    const lenient = { ...defaultLimits, inflationRatio: 1e9, inflatedBytes: 100 << 20 };
    expect(await readingCode(text, lenient)).toBe('edxml-inflation');
  });

  it('the limit of inflation holds for all attachments together', async () => {
    const { zipSync } = await import('fflate');
    const zip = Buffer.from(zipSync({ a: Buffer.alloc(600_000, 'abc') })).toString('base64');
    const text = packageText({ attachment: attachmentText('b.png', 'application/zip', zip).repeat(2) });
    expect(await readingCode(text, { ...defaultLimits, inflatedBytes: 1_300_000 })).toBe('read');
    expect(await readingCode(text, { ...defaultLimits, inflatedBytes: 1_100_000 })).toBe('edxml-inflation');
  });

  it('every writer of a refused package is closed or discarded', async () => {
    let open = 0;
    const sink: AttachmentSink<number> = {
      async open() {
        open += 1;
        return {
          write: async () => undefined,
          async close() {
            open -= 1;
            return 1;
          },
          async discard() {
            open -= 1;
          },
        };
      },
    };
    const text = packageText({
      attachment: `${attachmentText('a.png', 'application/zip', 'UEsDBBQAAAAIAAAA')}${attachmentText('b.png', 'application/zip', 'UEsDBBQAAAAIAAAAIQAAAA%%')}`,
    });
    for (const end of [text.length, text.indexOf('%%')]) {
      await expect(readPackage([Buffer.from(text.slice(0, end))], sink)).rejects.toMatchObject({
        name: 'Failure',
      });
      expect(open).toBe(0);
    }
  });

  it('a sink that fails ends the reading with the sink’s own error', async () => {
    const failing: AttachmentSink<number> = {
      open: async () => ({
        write: () => Promise.reject(new Error('đĩa đầy')),
        close: async () => 1,
        discard: async () => undefined,
      }),
    };
    await expect(readPackage([fixture('edoc_new.edxml')], failing)).rejects.toThrow('đĩa đầy');
  });
});

describe('mutated packages', () => {
  it('end in a package or in a Failure of this room, never in anything else', async () => {
    const seeds = fixtureNames.map(fixture);
    const edit = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 30 }),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom(
            '<',
            '>',
            '</',
            '&',
            '&#0;',
            '<![CDATA[',
            ']]>',
            '<!--',
            '<a>',
            'cid:',
            '"',
            '=',
            '\0',
            'xmlns=""',
            '<ContentTransferEncoded>',
          )
          .map((text) => Buffer.from(text)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 5000 }),
        async (seed, edits, chunk) => {
          let bytes = seed;
          for (const { at, remove, insert } of edits) {
            const start = at % bytes.length;
            bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
          }
          const pieces: Uint8Array[] = [];
          for (let offset = 0; offset < bytes.length; offset += chunk)
            pieces.push(bytes.subarray(offset, offset + chunk));
          try {
            await readPackage(pieces, digestSink);
          } catch (error) {
            if (!isFailure(error) || !error.code.startsWith('edxml-')) throw error;
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it('give the same package, or are refused, in any chunking', async () => {
    const bytes = fixture('edoc_new.edxml');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        async (at, value) => {
          const changed = Buffer.from(bytes);
          changed.writeUInt8(value, at);
          const answers = await Promise.all(
            [1, 13, 1 << 18].map((chunk) =>
              read(changed, undefined, chunk).catch((error: unknown) =>
                isFailure(error) ? 'refused' : error,
              ),
            ),
          );
          expect(answers[1]).toEqual(answers[0]);
          expect(answers[2]).toEqual(answers[0]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
