// Marks in names and on first pages stop a file; prose about secrets stops none; policy lets one named file through, written down.
import { describe, expect, it } from 'vitest';
import { packageJson } from '../../../preload/contract/edxml';
import { Failure } from '../../../preload/contract/failure';
import { asSha256, hubDocId, type Sha256 } from '../../../preload/contract/ids';
import { readArrival } from '../arrivals';
import type { ReadingPort } from '../reading-port';
import type { TextPiece } from '../text-segments';
import { pageSaysSecret } from './page-mark';
import { createSecrecy, type MarkedFile } from './secrecy';

const sha = asSha256('a'.repeat(64));
const piece = (text: string, x: number, y: number, page = 1): TextPiece => ({
  ...{ page, text, x, y, width: text.length * 7, height: 13 },
});
const head = [piece('UBND TỈNH LẠNG SƠN', 90, 780), piece('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 300, 780)];

describe('the box on a first page', () => {
  it('is found beside the head and below it, in one run or two', () => {
    for (const mark of ['MẬT', 'TỐI MẬT', 'TUYỆT MẬT']) {
      expect(pageSaysSecret([...head, piece(mark, 120, 740)])).toBe(true);
    }
    expect(pageSaysSecret([...head, piece('TỐI', 120, 740), piece('MẬT', 145, 740)])).toBe(true);
    expect(pageSaysSecret([...head, piece('MẬT', 120, 740), piece('Số: 12/UBND', 300, 740)])).toBe(true);
  });

  it('is found in letters of the fonts of before Unicode, whose capitals have no marks', () => {
    const old = [
      piece('UBND TØNH L¹NG S¬N', 90, 780),
      piece('§éc lËp - Tù do - H¹nh phóc, c«ng v¨n', 300, 780),
    ];
    expect(pageSaysSecret([...old, piece('TèI MËT', 120, 740)])).toBe(true);
    expect(pageSaysSecret([...old, piece('b¶o mËt', 120, 740)])).toBe(false);
  });

  it('is no second line of a title whose word "bảo mật" is parted', () => {
    const title = [piece('VỀ VIỆC TĂNG CƯỜNG BẢO', 200, 700), piece('MẬT', 260, 684)];
    expect(pageSaysSecret([...head, ...title])).toBe(false);
    expect(pageSaysSecret([...head, piece('MẬT', 120, 740), ...title])).toBe(true);
    const beside = [piece('VỀ VIỆC TĂNG CƯỜNG BẢO', 300, 700), piece('MẬT', 120, 684)];
    expect(pageSaysSecret([...head, ...beside])).toBe(true);
  });

  it('is found where its letters stand apart', () => {
    const letters = ['M', 'Ậ', 'T'].map((letter, at) => piece(letter, 120 + at * 14, 740));
    expect(pageSaysSecret([...head, ...letters])).toBe(true);
  });

  it('is no line of prose, no small letters, no other page', () => {
    expect(pageSaysSecret([...head, piece('BẢO VỆ BÍ MẬT NHÀ NƯỚC', 120, 740)])).toBe(false);
    expect(pageSaysSecret([...head, piece('mật', 120, 740)])).toBe(false);
    expect(pageSaysSecret([...head, piece('MẬT', 120, 740, 2)])).toBe(false);
    expect(pageSaysSecret([...head, piece('MẤT', 120, 740)])).toBe(false);
  });
});

function gate(pieces: readonly TextPiece[] | Failure, falseAlarms: readonly string[] = [], words = false) {
  const noted: Sha256[] = [];
  const asked: string[] = [];
  const reading = {
    saysSecret: async () => {
      asked.push('words');
      return words;
    },
    firstPageText: async () => {
      asked.push('page');
      if (pieces instanceof Failure) throw pieces;
      return pieces;
    },
  };
  const secrecy = createSecrecy({ reading, falseAlarms, note: async (one) => void noted.push(one) });
  return { secrecy, noted, asked };
}

const file = { sha256: sha, name: 'cong-van.pdf', description: '', isPdf: true };

describe('the gate over files', () => {
  it('stops a marked page, name or description, and says nothing of them', async () => {
    const marked = gate([...head, piece('MẬT', 120, 740)]).secrecy;
    await expect(marked.demandPlain([file])).rejects.toMatchObject({ code: 'package-secret', detail: '' });
    const plain = gate(head).secrecy;
    await plain.demandPlain([file]);
    for (const name of ['TỐI MẬT.zip', 'Tuyệt_mật.docx', '[MẬT].pdf']) {
      await expect(plain.demandPlain([{ ...file, name, isPdf: false }])).rejects.toThrow();
    }
    await expect(plain.demandPlain([{ ...file, description: 'Độ mật: Mật' }])).rejects.toThrow();
  });

  it('lets a file through that policy names, and writes it down', async () => {
    const { secrecy, noted } = gate([...head, piece('MẬT', 120, 740)], [sha.toUpperCase()]);
    await secrecy.demandPlain([file]);
    expect(noted).toEqual([sha]);
    await expect(secrecy.demandPlain([{ ...file, sha256: asSha256('b'.repeat(64)) }])).rejects.toThrow();
  });

  it('asks what the words of a file say that is no PDF', async () => {
    const letter = { ...file, name: 'to-trinh.docx', isPdf: false };
    expect(await gate(head, [], true).secrecy.isMarked(letter)).toBe(true);
    expect(await gate(head, [], false).secrecy.isMarked(letter)).toBe(false);
  });

  it('lets the files of a package through that policy names, each written down, and no others', async () => {
    const { secrecy, noted } = gate([...head, piece('MẬT', 120, 740)], ['d-1']);
    expect(await secrecy.isMarkedIn(hubDocId.parse('D-1'))(file)).toBe(false);
    expect(noted).toEqual([sha]);
    expect(await secrecy.isMarkedIn(hubDocId.parse('D-2'))(file)).toBe(true);
  });

  it('asks nothing of a file that was looked at as what it is taken for', async () => {
    const marked = [...head, piece('MẬT', 120, 740)];
    const { secrecy, asked } = gate(new Failure('pdf-damaged' as never), [], true);
    const letter = { ...file, name: 'to-trinh.docx', isPdf: false };
    const verdict = 'pdf-truncated';
    expect(await secrecy.isMarked({ ...file, look: { kind: 'pdf', verdict, firstPage: marked } })).toBe(true);
    expect(await secrecy.isMarked({ ...file, look: { kind: 'pdf', verdict, firstPage: head } })).toBe(false);
    expect(await secrecy.isMarked({ ...letter, look: { kind: 'other', secret: true } })).toBe(true);
    expect(await secrecy.isMarked({ ...letter, look: { kind: 'other', secret: false } })).toBe(false);
    expect(asked).toEqual([]);
  });

  it('asks all the same where a file was looked at as something else', async () => {
    const { secrecy, asked } = gate([...head, piece('MẬT', 120, 740)], [], true);
    const letter = { ...file, name: 'to-trinh.docx', isPdf: false };
    expect(await secrecy.isMarked({ ...file, look: { kind: 'other', secret: false } })).toBe(true);
    const page = { kind: 'pdf', verdict: 'pdf-truncated', firstPage: head } as const;
    expect(await secrecy.isMarked({ ...letter, look: page })).toBe(true);
    expect(asked).toEqual(['page', 'words']);
  });

  it('asks what the words of a file say that only calls itself a PDF', async () => {
    await expect(gate([], [], true).secrecy.demandPlain([file])).rejects.toMatchObject({
      code: 'package-secret',
    });
    const broken = gate(new Failure('pdf-damaged' as never), [], true).secrecy;
    await expect(broken.demandPlain([file])).rejects.toMatchObject({ code: 'package-secret' });
    await gate([], [], false).secrecy.demandPlain([file]);
  });

  it('takes a page that cannot be read for no mark: its verdict tells that it cannot', async () => {
    expect(await gate(new Failure('pdf-damaged' as never)).secrecy.isMarked(file)).toBe(false);
  });
});

describe('an arrival', () => {
  it('with a marked page is destroyed whole, and only its sender is kept', async () => {
    const destroyed: Sha256[] = [];
    const whole = packageJson.parse({
      kind: 'edoc',
      header: { From: { OrganId: 'G12' }, Subject: 'Phương án mười bảy' },
    });
    const reading = {
      readPackage: async () => ({
        ...whole,
        attachments: [
          {
            name: 'cong-van.pdf',
            contentType: 'application/pdf',
            bytes: { sha256: sha, size: 9, isPdf: true },
          },
        ],
      }),
      firstPageText: async () => [...head, piece('TUYỆT MẬT', 120, 740)],
    } as unknown as ReadingPort;
    const packageSha = asSha256('c'.repeat(64));
    const arrival = await readArrival(
      reading,
      hubDocId.parse('D1'),
      packageSha,
      () => new Date(0),
      async (names) => void destroyed.push(...names),
    );
    expect(arrival).toEqual({
      kind: 'secret',
      docId: 'D1',
      sender: { code: 'G12', name: '' },
      arrivedAt: '1970-01-01T00:00:00.000Z',
    });
    expect(destroyed).toEqual([packageSha, sha]);
  });

  const arrivalWith = async (more: object, isMarked?: (file: MarkedFile) => Promise<boolean>) => {
    const header = { From: { OrganId: 'G12' }, Subject: 'V/v mẫu' };
    const reading = {
      readPackage: async () => packageJson.parse({ kind: 'edoc', header, ...more }),
    } as unknown as ReadingPort;
    const nothing = async () => undefined;
    const packageSha = asSha256('c'.repeat(64));
    const now = () => new Date(0);
    return readArrival(reading, hubDocId.parse('D1'), packageSha, now, nothing, isMarked);
  };
  const path = 'edXMLEnvelope/edXMLHeader/MessageHeader/SecrecyLevel';

  it('is secret by a part that the standard does not know, and by the reason of its business', async () => {
    expect(await arrivalWith({ unknown: [{ path, text: 'Tối mật' }] })).toMatchObject({ kind: 'secret' });
    expect(
      await arrivalWith({ unknown: [{ path, children: [{ name: 'Level', text: 'Mật' }] }] }),
    ).toMatchObject({ kind: 'secret' });
    const trace = { Bussiness: { BussinessDocReason: 'Độ mật: Tối mật' } };
    expect(await arrivalWith({ trace })).toMatchObject({ kind: 'secret' });
    expect(await arrivalWith({ unknown: [{ path, text: 'Thường' }] })).toMatchObject({ kind: 'document' });
  });

  it('is secret by a notation that ends in the word, and by no abbreviation', async () => {
    const of = (CodeNotation: string) =>
      arrivalWith({ header: { From: { OrganId: 'G12' }, Code: { CodeNumber: '12', CodeNotation } } });
    expect(await of('KH-UBND-MẬT')).toMatchObject({ kind: 'secret' });
    expect(await of('KH-TM')).toMatchObject({ kind: 'document' });
  });

  it('is secret by a type that its mark is part of', async () => {
    const of = (TypeName: string) =>
      arrivalWith({ header: { From: { OrganId: 'G12' }, DocumentType: { TypeName } } });
    expect(await of('Công văn mật')).toMatchObject({ kind: 'secret' });
    expect(await of('Kế hoạch TỐI MẬT')).toMatchObject({ kind: 'secret' });
    expect(await of('Công văn')).toMatchObject({ kind: 'document' });
  });

  it('whose words only look like a mark comes in where policy names the package, written down', async () => {
    const { secrecy, noted } = gate([], ['d1']);
    const isMarked = secrecy.isMarkedIn(hubDocId.parse('D1'));
    const unknown = [{ path, text: 'Tối mật' }];
    expect(await arrivalWith({ unknown }, isMarked)).toMatchObject({ kind: 'document' });
    expect(noted).toEqual([asSha256('c'.repeat(64))]);
    expect(await arrivalWith({ unknown }, secrecy.isMarked)).toMatchObject({ kind: 'secret' });
  });
});
