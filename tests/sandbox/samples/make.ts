// Makes one sample: its letter and files set, signed as its row says, and put into a package. It writes no file.
import type { AttachmentContent } from '../../../main/edxml';
import { buildDocumentId, documentCode } from '../../../preload/contract/document-id';
import { documentTypeNumber } from '../../../preload/contract/document-types';
import type {
  Attachment,
  DocumentHeader,
  DocumentPackage,
  TraceHeaderList,
} from '../../../preload/contract/edxml';
import { wireTimestamp } from '../../../preload/contract/wire-time';
import { at, dateParts, shortDate, wireDay, workingDay } from './calendar';
import type { Moment, SampleDocument, SampleFile } from './documents/sample';
import { type Letter, type SetLetter, setLetter } from './letter';
import { mapsFile } from './maps';
import { sheetFile, wordFile } from './office';
import { senderOf } from './senders';
import { cornerSigned, type Keys, leaderSigned, numbered, sealed } from './signing';
import { withChangedText } from './tamper';

export interface Setting {
  readonly keys: Keys;
  readonly today: Date;
  readonly receiver: { readonly code: string; readonly name: string };
  readonly all: readonly SampleDocument[];
}

export interface MadeSample {
  readonly document: DocumentPackage<AttachmentContent>;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

const priorities = { KHẨN: '1', 'THƯỢNG KHẨN': '2', 'HỎA TỐC': '3' } as const;

function other(setting: Setting, file: string): SampleDocument {
  const found = setting.all.find((one) => one.file === file);
  if (found === undefined) throw new Error(`no sample ${file}`);
  return found;
}

/** The day on the document. A recall speaks of the recalled document and bears its day. */
function dayOf(setting: Setting, sample: SampleDocument): Date {
  const recalled = sample.business?.type === '1' ? other(setting, sample.business.target) : sample;
  return workingDay(setting.today, -recalled.daysBefore);
}

function codeOf(sample: SampleDocument): string {
  return documentCode(sample.number, sample.notation);
}

function organOf(sample: SampleDocument): string {
  return sample.unit?.code ?? sample.from;
}

function documentIdOf(setting: Setting, sample: SampleDocument): string {
  const promulgationDate = wireDay(dayOf(setting, sample));
  return buildDocumentId({ organId: organOf(sample), promulgationDate, code: codeOf(sample) });
}

function momentOf(setting: Setting, sample: SampleDocument): Moment {
  const day = dayOf(setting, sample);
  return {
    year: day.getUTCFullYear(),
    receiver: setting.receiver.name,
    date: (count) => shortDate(workingDay(day, count)),
    cite: (file) => {
      const cited = other(setting, file);
      return `${codeOf(cited)} ngày ${shortDate(dayOf(setting, cited))}`;
    },
  };
}

function subjectOf(setting: Setting, sample: SampleDocument): string {
  return typeof sample.subject === 'string' ? sample.subject : sample.subject(momentOf(setting, sample));
}

function signerId(sample: SampleDocument, role: 'leader' | 'agency'): string {
  if (sample.signing !== 'foreign') return `${sample.from}-${role}`;
  return role === 'leader' ? 'untrusted' : 'untrusted-agency';
}

function nameOf(setting: Setting, sample: SampleDocument): string {
  return sample.name ?? setting.keys.identity(signerId(sample, 'leader')).commonName;
}

function letterOf(setting: Setting, sample: SampleDocument): Letter {
  const day = dayOf(setting, sample);
  const sender = senderOf(sample.from);
  const printed = sample.numbering === 'printed' || sample.signing === 'none';
  return {
    agency: sample.unit?.head ?? sender.head,
    ...(sample.unit === undefined ? {} : { parent: sample.unit.parent }),
    number: printed ? sample.number : undefined,
    notation: sample.notation,
    place: sender.place,
    date: printed ? dateParts(day) : undefined,
    year: dateParts(day).year,
    typeName: sample.type === 'Công văn' ? undefined : sample.type,
    subject: subjectOf(setting, sample),
    addressees: sample.addressees ?? [],
    ...(sample.urgency === undefined ? {} : { urgency: sample.urgency }),
    body: sample.body(momentOf(setting, sample)),
    receivers: sample.receivers,
    authority: sample.authority,
    name: nameOf(setting, sample),
    made: at(day, 8, 5),
    objectStreams: sample.objectStreams,
    ...(sample.signing === 'changed' ? { encode: ['09 ', '19 '] } : {}),
  };
}

async function signedLetter(
  setting: Setting,
  sample: SampleDocument,
  letter: SetLetter,
): Promise<Uint8Array> {
  if (sample.signing === 'none') return letter.bytes;
  const day = dayOf(setting, sample);
  const { keys } = setting;
  const leader = keys.signer(signerId(sample, 'leader'));
  let bytes = await leaderSigned(letter, nameOf(setting, sample), at(day, 9, 12), leader);
  if (sample.numbering === 'fields') bytes = numbered(bytes, letter, sample.number, dateParts(day));
  const unitSeal = sample.unit === undefined ? undefined : (['SỞ TÀI CHÍNH', 'TỈNH LẠNG SƠN'] as const);
  const texts = unitSeal ?? senderOf(sample.from).seal;
  bytes = await sealed(bytes, texts, at(day, 10, 40), keys.signer(signerId(sample, 'agency')));
  if (sample.signing !== 'changed') return bytes;
  const [from = '', to = ''] = letter.codes;
  return withChangedText(bytes, from, to);
}

async function fileBytes(setting: Setting, sample: SampleDocument, file: SampleFile): Promise<Uint8Array> {
  const day = dayOf(setting, sample);
  const corner = (bytes: Uint8Array): Promise<Uint8Array> =>
    cornerSigned(bytes, codeOf(sample), at(day, 10, 42), setting.keys.signer(signerId(sample, 'agency')));
  switch (file.kind) {
    case 'docx':
      return wordFile(file.title, file.paragraphs);
    case 'xlsx':
      return sheetFile(file.sheet, file.rows, file.widths);
    case 'maps':
      return corner(await mapsFile(file.megabytes, at(day, 8, 0)));
    case 'appendix': {
      const { setAppendix } = await import('./appendix');
      return corner(await setAppendix(file.title, file.body, senderOf(sample.from).head, at(day, 8, 5)));
    }
  }
}

function headerOf(setting: Setting, sample: SampleDocument, pages: number): DocumentHeader {
  const sender = senderOf(sample.from);
  const day = dayOf(setting, sample);
  const authority = [...sample.authority];
  const position = authority.pop() ?? '';
  const appendixes = (sample.files ?? []).map((file) => file.description);
  return {
    From: {
      OrganId: organOf(sample),
      ...(sample.unit === undefined ? {} : { OrganizationInCharge: sample.from }),
      OrganName: sample.unit?.name ?? sender.name,
      OrganAdd: sender.address,
      Email: `vanthu@${organOf(sample).toLowerCase()}.example.vn`,
    },
    To: [{ OrganId: setting.receiver.code, OrganName: setting.receiver.name }],
    Code: { CodeNumber: sample.number, CodeNotation: sample.notation },
    PromulgationInfo: { Place: sender.place, PromulgationDate: wireDay(day) },
    DocumentType: { Type: documentTypeNumber(sample.type), TypeName: sample.type },
    Subject: subjectOf(setting, sample),
    SignerInfo: {
      Competence: authority.length === 0 ? position : authority.join(' '),
      Position: position,
      FullName: nameOf(setting, sample),
    },
    ...(sample.dueAfter === undefined ? {} : { DueDate: wireDay(workingDay(day, sample.dueAfter)) }),
    ...(sample.receivers.length === 0 ? {} : { ToPlaces: { Place: [...sample.receivers] } }),
    OtherInfo: {
      Priority: sample.urgency === undefined ? '0' : priorities[sample.urgency],
      PromulgationAmount: '1',
      PageAmount: String(pages),
      ...(appendixes.length === 0 ? {} : { Appendixes: { Appendix: appendixes } }),
    },
    ResponseFor: [],
    SteeringType: sample.steering ?? '1',
    DocumentId: documentIdOf(setting, sample),
  };
}

function traceOf(setting: Setting, sample: SampleDocument): TraceHeaderList {
  const { business } = sample;
  const sent = at(workingDay(setting.today, -sample.daysBefore), 11, 5);
  const target = business === undefined ? sample : other(setting, business.target);
  return {
    TraceHeader: [{ OrganId: organOf(sample), Timestamp: wireTimestamp(sent) }],
    Bussiness: {
      BussinessDocType: business?.type ?? '0',
      BussinessDocReason: business?.reason ?? 'Văn bản mới',
      BussinessDocumentInfo: [],
      DocumentId: documentIdOf(setting, business?.type === '3' ? sample : target),
      StaffInfo: [{ Department: 'Phòng Hành chính - Văn thư', Staff: 'Văn thư cơ quan' }],
      Paper: sample.paper === true ? '1' : '0',
      ReplacementInfoList:
        business?.type === '3'
          ? [
              {
                ReplacementInfo: [
                  {
                    DocumentId: documentIdOf(setting, target),
                    OrganIdList: { OrganId: [setting.receiver.code] },
                  },
                ],
              },
            ]
          : [],
    },
  };
}

/** Makes a sample. A recall has no files. */
export async function makeSample(setting: Setting, sample: SampleDocument): Promise<MadeSample> {
  const files: { name: string; description: string; bytes: Uint8Array }[] = [];
  let pages = 1;
  if (sample.business?.type !== '1') {
    const letter = await setLetter(letterOf(setting, sample));
    pages = letter.pages;
    const name = `${sample.number}-${sample.notation}.pdf`.replace(/[^\w.-]/g, 'D');
    files.push({ name, description: 'Văn bản chính', bytes: await signedLetter(setting, sample, letter) });
    for (const file of sample.files ?? []) {
      files.push({
        name: file.name,
        description: file.description,
        bytes: await fileBytes(setting, sample, file),
      });
    }
  }
  const attachments: Attachment<AttachmentContent>[] = files.map(({ name, description, bytes }) => ({
    name,
    description,
    bytes: [bytes],
  }));
  const header = headerOf(setting, sample, pages);
  const trace = traceOf(setting, sample);
  return { document: { kind: 'edoc', header, trace, attachments, unknown: [] }, files };
}
