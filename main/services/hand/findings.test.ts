// What a package says beyond its facts, told one by one; a plain package has nothing to tell.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EdxmlPackage, type PackageJson, packageJson } from '../../../preload/contract/edxml';
import type { HandFindingCode } from '../../../preload/contract/hand';
import { findingsOf, type MeasuredBody } from './findings';
import { nameTricks } from './name-tricks';

const bytes = Buffer.from('%PDF-1.7');
const body: MeasuredBody = {
  sha256: createHash('sha256').update(bytes).digest('hex'),
  size: bytes.length,
  content: 'application/pdf',
};

function document(change: (json: Record<string, never>) => void = () => undefined) {
  const json = {
    kind: 'edoc',
    header: {
      From: { OrganId: 'G12', OrganName: 'Bộ Tài chính' },
      To: [{ OrganId: 'H37' }],
      Code: { CodeNumber: '99', CodeNotation: 'BTC-VP' },
      PromulgationInfo: { Place: 'Hà Nội', PromulgationDate: '2026/11/20' },
      DocumentType: { Type: '18', TypeName: 'Công văn' },
      Subject: 'V/v kết nối',
      OtherInfo: { Priority: '0' },
      DocumentId: 'G12,2026/11/20,99/BTC-VP',
    },
    trace: { Bussiness: { BussinessDocType: '0' } },
    attachments: [{ contentId: 'one', name: 'cong-van.pdf', bytes: '' }],
    unknown: [],
  };
  change(json as never);
  const read: PackageJson = packageJson.parse(json);
  return {
    ...read,
    attachments: read.attachments.map((one) => ({ ...one, bytes: body })),
  } as EdxmlPackage<MeasuredBody>;
}

function codes(one: EdxmlPackage<MeasuredBody>): HandFindingCode[] {
  return findingsOf(one, 'h37').map((finding) => finding.code);
}

describe('findings of a document', () => {
  it('are none where everything is understood', () => {
    expect(codes(document())).toEqual([]);
  });

  it('name each code outside the lists of the standard', () => {
    const one = document((json: Record<string, never>) => {
      const { header, trace } = json as unknown as {
        header: Record<string, object>;
        trace: Record<string, object>;
      };
      header.DocumentType = { Type: '77' };
      header.OtherInfo = { Priority: '8' };
      trace.Bussiness = { BussinessDocType: '7' };
    });
    expect(findingsOf(one, 'H37')).toEqual([
      { code: 'unknown-type', detail: '77' },
      { code: 'unknown-business', detail: '7' },
      { code: 'unknown-urgency', detail: '8' },
    ]);
  });

  it('say whose it is: not ours, our own, of nobody, of an odd code', () => {
    const to = (from: string | undefined, receivers: string[]) =>
      codes(
        document((json) => {
          const { header } = json as unknown as { header: Record<string, unknown> };
          header.From = from === undefined ? {} : { OrganId: from };
          header.To = receivers.map((OrganId) => ({ OrganId }));
        }),
      );
    expect(to('G12', ['H26'])).toEqual(['not-for-us']);
    expect(to('H37', ['G12'])).toEqual(['our-own']);
    expect(to(undefined, [])).toEqual(['sender-missing', 'receiver-missing']);
    expect(to('bộ tài chính', ['H37'])).toEqual(['agency-code-odd']);
    expect(to('G12', ['000.00.00.H37'])).toEqual([]);
    expect(to('000.00.00.H37', ['G12'])).toEqual(['our-own']);
    expect(to('G12', ['000.00.01.H37'])).toEqual(['not-for-us']);
  });

  it('tell a file that the manifest names and the package lacks from parts that nobody knows', () => {
    const one = document((json) => {
      const { unknown } = json as unknown as { unknown: unknown[] };
      unknown.push(
        {
          path: 'edXMLEnvelope/edXMLBody/edXMLManifest/Reference[2]',
          children: [{ name: 'AttachmentName', text: 'phu-luc.pdf' }],
        },
        { path: 'edXMLEnvelope/edXMLHeader/MessageHeader/To[1]/Remark', text: 'ghi chú' },
      );
    });
    expect(findingsOf(one, 'H37')).toEqual([
      { code: 'attachment-missing', detail: 'phu-luc.pdf' },
      { code: 'unknown-element', detail: 'edXMLEnvelope/edXMLHeader/MessageHeader/To[1]/Remark' },
    ]);
  });

  it('call an entry of the manifest odd, not its file missing, where the file is here', () => {
    const path = 'edXMLEnvelope/edXMLBody/edXMLManifest/Reference';
    const one = document((json) => {
      const { unknown } = json as unknown as { unknown: unknown[] };
      const children = [{ name: 'ContentId', text: 'cid:one' }];
      unknown.push({ path, attributes: { size: '9' }, children });
    });
    expect(findingsOf(one, 'H37')).toEqual([{ code: 'unknown-element', detail: path }]);
  });

  it('hold a digest of the Signature against the file it names', () => {
    const signed = (value: string, method = 'http://www.w3.org/2001/04/xmlenc#sha256', uri = 'cid:one') =>
      codes(
        document((json) => {
          const { header } = json as unknown as { header: Record<string, unknown> };
          header.Signature = {
            name: 'Signature',
            children: [
              {
                name: 'Reference',
                attributes: { URI: uri },
                children: [
                  { name: 'DigestMethod', attributes: { Algorithm: method } },
                  { name: 'DigestValue', text: value },
                ],
              },
            ],
          };
        }),
      );
    const right = Buffer.from(body.sha256, 'hex').toString('base64');
    expect(signed(right)).toEqual(['digest-right']);
    expect(signed(Buffer.alloc(32).toString('base64'))).toEqual(['digest-wrong']);
    expect(signed(right, 'http://www.w3.org/2000/09/xmldsig#sha1')).toEqual(['digest-not-checked']);
    expect(signed(right, undefined, '')).toEqual(['digest-not-checked']);
  });

  it('name empty, broken and doubly named files', () => {
    const one = document((json) => {
      const { attachments } = json as unknown as { attachments: unknown[] };
      attachments.push({ name: 'CONG-VAN.pdf', bytes: '', code: 'edxml-zip-broken' });
    });
    const empty = {
      ...one,
      attachments: one.attachments.map((file) => ({ ...file, bytes: { ...body, size: 0 } })),
    };
    expect(codes(one)).toEqual(['attachment-broken', 'name-taken-twice']);
    expect(codes(empty as typeof one)).toEqual([
      'attachment-empty',
      'attachment-empty',
      'attachment-broken',
      'name-taken-twice',
    ]);
  });

  it('never throw and never grow beyond their bounds, whatever the fields say', () => {
    const anything = fc.array(fc.string({ maxLength: 900 }), { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(anything, fc.integer({ min: 0, max: 900 }), (words, count) => {
        const one = document((json) => {
          const { header, unknown, attachments } = json as unknown as {
            header: Record<string, unknown>;
            unknown: unknown[];
            attachments: { name?: string }[];
          };
          header.From = { OrganId: words[0] };
          header.To = [{ OrganId: words[1] }];
          header.DocumentType = { Type: words[2], TypeName: words[3] };
          header.OtherInfo = { Priority: words[4] };
          header.PromulgationInfo = { PromulgationDate: words[5] };
          header.DocumentId = words[6];
          for (const file of attachments) file.name = words[7] ?? '';
          for (let at = 0; at < count; at += 1) unknown.push({ path: `a/${words[8]}` });
        });
        const found = findingsOf(one, 'H37');
        expect(found.length).toBeLessThanOrEqual(500);
        for (const { detail } of found) expect(detail.length).toBeLessThanOrEqual(600);
      }),
      { numRuns: 50 },
    );
  });
});

describe('findings of a status', () => {
  const status = (header: object) =>
    codes({
      ...packageJson.parse({ kind: 'status', header }),
      attachments: [],
    } as EdxmlPackage<MeasuredBody>);
  it('name an unknown code, and what keeps it from being placed', () => {
    const whole = {
      StatusCode: '03',
      From: { OrganId: 'G12' },
      ResponseFor: { DocumentId: 'x' },
      Timestamp: '2026/11/20 08:00:00',
    };
    expect(status(whole)).toEqual([]);
    expect(status({ ...whole, StatusCode: '3' })).toEqual([]);
    expect(status({ ...whole, StatusCode: '11' })).toEqual(['unknown-status']);
    expect(status({ StatusCode: '03' })).toEqual(['sender-missing', 'document-id-missing']);
  });
});

describe('names of attachments', () => {
  it('are plain where nothing is hidden in them', () => {
    for (const name of [
      'Công văn số 99.pdf',
      'Nghị định 30.2020.NĐ-CP.pdf',
      'bảng tính v1.2.xlsx',
      'a.pdf',
    ]) {
      expect([name, nameTricks(name, null)]).toEqual([name, []]);
    }
  });

  it('are told where they deceive', () => {
    expect(nameTricks('../../a.pdf', null)).toEqual(['name-folder']);
    expect(nameTricks('C:\\Windows\\a.pdf', null)).toEqual(['name-folder']);
    expect(nameTricks('cong-van\u202efdp.exe', null)).toEqual(['name-hidden-characters', 'name-program']);
    expect(nameTricks('cong-van.pdf.exe', null)).toEqual(['name-two-extensions', 'name-program']);
    expect(nameTricks('mau.docm', null)).toEqual(['name-program']);
    expect(nameTricks('cong-van.pdf', 'application/zip')).toEqual(['name-not-its-content']);
    expect(nameTricks('cong-van.docx', 'application/pdf')).toEqual(['name-not-its-content']);
    expect(nameTricks('cong-van.pdf', 'application/pdf')).toEqual([]);
  });
});
