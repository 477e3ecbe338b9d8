// One document of another agency, as its package says it. It writes nothing.
import type { writePackage } from '../../../main/edxml';
import { dayOf } from '../../../preload/contract/ids';
import { wireTimestamp } from '../../../preload/contract/wire-time';

type Package = Parameters<typeof writePackage>[0];

const offerer = { OrganId: 'H14', OrganName: 'UBND tỉnh Cao Bằng' } as const;

export interface OfferedDocument {
  readonly receiver: string;
  readonly number: string;
  readonly notation: string;
  readonly subject: string;
  readonly file: {
    readonly name: string;
    readonly contentType: string;
    readonly bytes: readonly Uint8Array[];
  };
}

/** The package of a letter of `now`, with one file. */
export function offeredPackage({ receiver, number, notation, subject, file }: OfferedDocument, now: Date) {
  const date = dayOf(now).replaceAll('-', '/');
  const documentId = `H14,${date},${number}/${notation}`;
  const content: Package = {
    kind: 'edoc',
    header: {
      From: offerer,
      To: [{ OrganId: receiver, OrganName: 'UBND tỉnh Lạng Sơn' }],
      Code: { CodeNumber: number, CodeNotation: notation },
      PromulgationInfo: { Place: 'Cao Bằng', PromulgationDate: date },
      DocumentType: { Type: '1', TypeName: 'Công văn' },
      Subject: subject,
      SignerInfo: { Competence: 'TM. UBND', Position: 'Chủ tịch', FullName: 'Hoàng Văn Thái' },
      OtherInfo: { Priority: '0', PromulgationAmount: '1', PageAmount: '1' },
      ResponseFor: [],
      DocumentId: documentId,
    },
    trace: {
      version: '1.0',
      TraceHeader: [{ OrganId: 'H14', Timestamp: wireTimestamp(now) }],
      Bussiness: {
        BussinessDocType: '0',
        BussinessDocumentInfo: [],
        StaffInfo: [],
        Paper: '0',
        ReplacementInfoList: [],
      },
    },
    attachments: [
      {
        contentId: undefined,
        name: file.name,
        description: '',
        contentType: file.contentType,
        fieldName: undefined,
        mimeType: undefined,
        bytes: [...file.bytes],
      },
    ],
    unknown: [],
  };
  return { documentId, content };
}
