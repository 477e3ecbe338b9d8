// Packages for the tests of this room: a document to vary, and reading it back from text. Used by tests alone.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EdxmlPackage, PackageJson } from '../../preload/contract/edxml';
import { codeOf } from '../../preload/contract/failure';
import { contentOf, inlineJson, withBodies } from './json';
import { defaultLimits, type EdxmlLimits } from './limits';
import { qcvnNamespace } from './namespaces';
import { readPackage } from './reader';
import { memorySink } from './sink';
import { writePackage } from './writer';

export const namespace = qcvnNamespace;

export function fixture(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../tests/fixtures/edxml/${name}`, import.meta.url)));
}

export const fixtureNames = [
  'edoc_new.edxml',
  'edoc_update_type2.edxml',
  'edoc_dotnet_style.edxml',
  'status_01.edxml',
  'status_02.edxml',
  'status_13.edxml',
];

/** Reads bytes or text, with attachments as Base64. */
export async function read(
  input: string | Uint8Array,
  limits: EdxmlLimits = defaultLimits,
  chunk = 1 << 18,
): Promise<PackageJson> {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  const pieces: Uint8Array[] = [];
  for (let offset = 0; offset < bytes.length; offset += chunk)
    pieces.push(bytes.subarray(offset, offset + chunk));
  return inlineJson(await readPackage(pieces, memorySink(1 << 30), limits));
}

/** The code that reading ends in, or 'read'. */
export async function readingCode(
  input: string | Uint8Array,
  limits?: EdxmlLimits,
  chunk?: number,
): Promise<string> {
  try {
    await read(input, limits, chunk);
    return 'read';
  } catch (error) {
    return codeOf(error);
  }
}

/** Writes a package in JSON to bytes. */
export async function write(json: PackageJson): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const noFile = (): never => {
    throw new Error('no file in this test');
  };
  const one: EdxmlPackage<ReturnType<typeof contentOf>> = withBodies(json, (attachment) => ({
    ...attachment,
    bytes: contentOf(attachment, noFile),
  }));
  await writePackage(one, async (bytes) => {
    pieces.push(bytes);
  });
  return Buffer.concat(pieces);
}

/** A package around one attachment element and more header children, as text. */
export function packageText(
  parts: { header?: string; attachment?: string; body?: string; root?: string } = {},
): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="${namespace}"><e:edXMLEnvelope xmlns:e="${namespace}"><e:edXMLHeader><e:MessageHeader>
<e:Subject>V/v thử</e:Subject>${parts.header ?? ''}</e:MessageHeader></e:edXMLHeader>${parts.body ?? ''}</e:edXMLEnvelope>
<AttachmentEncoded>${parts.attachment ?? ''}</AttachmentEncoded>${parts.root ?? ''}</edXML>`;
}

/** One Attachment element. */
export function attachmentText(name: string, contentType: string, base64: string): string {
  return `<Attachment><ContentId>cid:1</ContentId><AttachmentName>${name}</AttachmentName><ContentType>${contentType}</ContentType><ContentTransferEncoded>${base64}</ContentTransferEncoded></Attachment>`;
}

/** A package of every field that the standard names. */
export const fullDocument: PackageJson = {
  kind: 'edoc',
  header: {
    From: {
      OrganId: 'G12',
      OrganizationInCharge: 'G22',
      OrganName: 'Bộ Tài chính',
      OrganAdd: '28 Trần Hưng Đạo',
      Email: 'a@example.invalid',
      Telephone: '024',
      Fax: '025',
      Website: 'www.example.invalid',
    },
    To: [
      { OrganId: 'H37', OrganName: 'UBND tỉnh Lạng Sơn' },
      { OrganId: 'H26', OrganName: 'UBND thành phố Hà Nội' },
    ],
    Code: { CodeNumber: '09', CodeNotation: 'BTC-VP' },
    PromulgationInfo: { Place: 'Hà Nội', PromulgationDate: '2026/01/15' },
    DocumentType: { Type: '18', TypeName: 'Công văn', TypeDetail: '0' },
    Subject: 'V/v <thử> & "nghiệm"\nhai dòng',
    Content: 'Nội dung',
    SignerInfo: { Competence: 'KT. BỘ TRƯỞNG', Position: 'Thứ trưởng', FullName: 'Nguyễn Văn A' },
    DueDate: '2026/01/30 14:00:00',
    ToPlaces: { Place: ['Lưu: VT', 'Vụ Pháp chế'] },
    OtherInfo: {
      Priority: '3',
      SphereOfPromulgation: 'Toàn quốc',
      TyperNotation: 'NVA',
      PromulgationAmount: '010',
      PageAmount: '3',
      Appendixes: { Appendix: ['Phụ lục I'] },
      ReplyFors: 'x',
      Direction: 'false',
      ReferenceCodes: 'y',
    },
    ResponseFor: [
      {
        OrganId: 'H37',
        Code: '1/UBND-VP',
        DocumentId: 'H37,2026/01/02,1/UBND-VP',
        PromulgationDate: '2026/01/02',
      },
    ],
    SteeringType: '2',
    DocumentId: 'G12,2026/01/15,09/BTC-VP',
    ResponseForTask: { TaskCode: ['T1', 'T2'] },
    ApplicationType: 'A',
    Signature: {
      name: 'Signature',
      namespace: 'http://www.w3.org/2000/09/xmldsig#',
      attributes: { Id: 's', '{urn:x}y': 'z "q"' },
      children: [
        { name: 'SignedInfo', namespace: 'http://www.w3.org/2000/09/xmldsig#', text: 'v' },
        { name: 'Other', text: 'qcvn' },
      ],
    },
  },
  trace: {
    id: 'thl-1',
    TraceHeader: [
      { OrganId: 'G12', Timestamp: '2026/01/15 09:30:00' },
      { OrganId: 'G22', Timestamp: '2026/01/15 09:31:00' },
    ],
    Bussiness: {
      BussinessDocType: '3',
      BussinessDocReason: 'Thay thế',
      BussinessDocumentInfo: [
        {
          DocumentInfo: '1',
          DocumentReceiver: '1',
          ReceiverList: { Receiver: [{ OrganId: 'H27', ReceiverType: '1' }] },
        },
      ],
      DocumentId: 'G12,2026/01/14,08/BTC-VP',
      StaffInfo: [
        { Department: 'VT', DepartmentId: 'P1', Staff: 'B', StaffId: 'S1', Email: 'b', Mobile: '09' },
      ],
      Paper: '1',
      ReplacementInfoList: [
        {
          ReplacementInfo: [
            { DocumentId: 'G12,2026/01/14,08/BTC-VP', OrganIdList: { OrganId: ['H26', 'H37'] } },
          ],
        },
      ],
    },
    Paper: '0',
  },
  attachments: [
    {
      contentId: 'a',
      name: 'văn bản.pdf',
      description: 'Văn bản chính',
      contentType: 'application/pdf',
      bytes: 'JVBERi0=',
    },
    { contentId: 'b', name: 'bảng.xlsx', contentType: 'application/zip', bytes: 'AAECAwQ=' },
    {
      contentId: 'c',
      name: 'trống.txt',
      fieldName: 'f',
      mimeType: 'm',
      contentType: 'application/zip',
      bytes: '',
    },
  ],
  unknown: [
    { path: 'AttachmentEncoded/Attachment[2]/Extra', text: 'x' },
    {
      path: 'edXMLEnvelope/edXMLBody/edXMLManifest/Reference',
      children: [{ name: 'ContentId', text: 'cid:none' }],
    },
    {
      path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Remark',
      namespace: 'urn:n',
      attributes: { a: '1' },
      text: 't',
      children: [{ name: 'Deep', namespace: '', text: 'd' }],
    },
    { path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Subject/@lang', text: 'vi' },
    {
      path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Subject/@{http://www.w3.org/XML/1998/namespace}space',
      text: 'default',
    },
    { path: 'edXMLEnvelope/edXMLHeader/MessageHeader/Subject/@{urn:a/b}c', text: 'd' },
    { path: 'edXMLEnvelope/edXMLHeader/MessageHeader/To[2]/Note', text: 'n' },
    { path: 'edXMLEnvelope/edXMLHeader/MessageHeader/text()', text: 'stray' },
  ],
};
