// The pure parts of the screens: proposals of the form, steps of the road, verdicts that govern, deadlines in words.
import { describe, expect, it } from 'vitest';
import { asDay, asInstant, asSha256, newDeskId } from '../../preload/contract/ids';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import { clerkSentence, type FileVerdict } from '../../preload/contract/verdict';
import { emptyFacts } from '../acts/facts';
import { folders, type SummaryRow } from '../ledger';
import { governingVerdict, mainFile } from './document/governing';
import { reasonOf } from './document/history';
import { splitSentence, stateOf } from './document/verdict-words';
import { emptyForm, factsOf, formOf, lacks } from './issue/draft-form';
import { notationFor, proposeFacts } from './issue/propose-facts';
import { clerkFolders, leaderFolders } from './queue/folder-list';
import { deadlineWords, silenceWords } from './queue/words';
import { byNumber } from './registers/columns';
import { stepsOf } from './sign/steps';
import { deviceWords } from './status/devices';

const agency = { code: 'H37', name: 'UBND tỉnh Lạng Sơn' };

function file(
  name: string,
  verdict: FileVerdict['verdict'] | null,
  contentType = 'application/pdf',
): Attachment {
  return {
    sha256: asSha256('a'.repeat(64)),
    name,
    description: '',
    contentType,
    size: 1,
    verdict: verdict === null ? null : { verdict, signatures: [], codes: [] },
    verifiedAt: null,
    problem: null,
  };
}

describe('the folders', () => {
  it('hold every folder of the ledger once, and the check', () => {
    const shown = clerkFolders.flatMap((group) => group.entries.map((entry) => entry.folder));
    expect([...shown].sort()).toEqual([...folders, 'check'].sort());
  });

  it('of a leader are what is opened for signing, what waits, what is signed, and the check', () => {
    const shown = leaderFolders.flatMap((group) => group.entries.map((entry) => entry.folder));
    expect(shown).toEqual(['out-draft', 'out-to-sign', 'out-to-number', 'check']);
  });

  it('are red only for what is late or sent back', () => {
    const red = clerkFolders.flatMap((group) => group.entries.filter((entry) => entry.alarming === true));
    expect(red.map((entry) => entry.folder)).toEqual(['in-overdue', 'out-returned']);
  });
});

describe('a deadline in words', () => {
  const today = asDay('2026-11-20');
  it('is plain before, amber on the day and red after it', () => {
    const on = (day: string, late = false) =>
      deadlineWords({ day: asDay(day), by: 'law', part: 'day', late }, today);
    expect(on('2026-11-30')).toMatchObject({ tone: 'plain', params: { day: '30/11' } });
    expect(on('2026-11-20')).toMatchObject({ tone: 'warning', key: 'deadline.today' });
    expect(on('2026-11-18', true)).toMatchObject({ tone: 'bad', params: { days: 2 } });
    expect(deadlineWords({ day: today, by: 'law', part: 'morning', late: false }, today).key).toBe(
      'deadline.this-morning',
    );
    expect(deadlineWords({ day: today, by: 'law', part: 'at-once', late: false }, today)).toEqual({
      tone: 'bad',
      key: 'deadline.at-once',
    });
    expect(silenceWords({ receivers: 2, of: 5, workingDays: 3 }).tone).toBe('warning');
    expect(silenceWords({ receivers: 2, of: 5, workingDays: 2 }).tone).toBe('neutral');
    expect(on('2026-11-20', true)).toMatchObject({ tone: 'bad', key: 'deadline.late-today' });
  });
});

describe('the verdict that speaks for a document', () => {
  it('is the main PDF’s, unless any signature is broken', () => {
    const main = file('99.pdf', 'valid');
    expect(governingVerdict([file('b.docx', null, 'x/y'), main])?.verdict.verdict).toBe('valid');
    expect(governingVerdict([main, file('annex.pdf', 'unsigned')])?.verdict.verdict).toBe('valid');
    expect(governingVerdict([main, file('annex.pdf', 'invalid')])?.file.name).toBe('annex.pdf');
    expect(governingVerdict([file('b.docx', null, 'x/y')])).toBeNull();
    expect(mainFile([])).toBeUndefined();
  });

  it('is said with what the clerk may do first', () => {
    const sentence = clerkSentence({ verdict: 'valid', signatures: [], codes: [] });
    expect(splitSentence(sentence, 'vi')[0]).toBe('Có thể tiếp nhận.');
    expect(splitSentence({ ...sentence, vi: 'Không được tiếp nhận: nội dung đã bị sửa.' }, 'vi')).toEqual([
      'Không được tiếp nhận:',
      'nội dung đã bị sửa.',
    ]);
  });
});

describe('proposals from a draft’s text', () => {
  it('read type, symbol and subject though the heading has two columns', () => {
    const text = [
      'UBND TỈNH LẠNG SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Số:      /UBND-VX Độc lập - Tự do - Hạnh phúc',
      'V/v góp ý dự thảo quy chế',
      'tiếp nhận văn bản điện tử Lạng Sơn, ngày    tháng 11 năm 2026',
      'Kính gửi: Bộ Tài chính',
    ].join('\n');
    expect(proposeFacts(text)).toEqual({
      typeName: 'Công văn',
      notation: 'UBND-VX',
      subject: 'V/v góp ý dự thảo quy chế tiếp nhận văn bản điện tử',
    });
  });

  it('leaves the mark of urgency below the subject out of it, and keeps the word in it', () => {
    for (const mark of ['KHẨN', 'THƯỢNG KHẨN', 'HỎA TỐC']) {
      const text = `Số: /BTC-ĐT\nV/v giải ngân vốn\ncuối năm\n${mark}\nKính gửi: Các tỉnh`;
      expect(proposeFacts(text).subject).toBe('V/v giải ngân vốn cuối năm');
    }
    expect(proposeFacts('V/v báo cáo KHẨNG ĐỊNH kết quả\n\n').subject).toBe('V/v báo cáo KHẨNG ĐỊNH kết quả');
  });

  it('read the subject though the state’s name is broken over lines', () => {
    const text = 'Số: /SNV-VP CỘNG HÒA XÃ HỘI\nV/v mời họp CHỦ NGHĨA VIỆT NAM\nKính gửi: Các sở';
    expect(proposeFacts(text).notation).toBe('SNV-VP');
    expect(proposeFacts(text).subject).toMatch(/^V\/v mời họp/);
  });

  it('read the whole symbol though the date line stands right beside it', () => {
    const text =
      'Số: /UBND-KT Lạng Sơn, ngày tháng năm 2026\nV/v tình hình giải ngân\nKính gửi: Bộ Tài chính.';
    expect(proposeFacts(text)).toMatchObject({ notation: 'UBND-KT', subject: 'V/v tình hình giải ngân' });
  });

  it('read the type of a named document and propose nothing where nothing stands', () => {
    expect(proposeFacts('Số: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc…')).toMatchObject({
      typeName: 'Quyết định',
      notation: 'QĐ-UBND',
    });
    expect(proposeFacts('')).toEqual({ typeName: null, notation: null, subject: null });
  });

  it('make the symbol of a type', () => {
    expect(notationFor('Quyết định', 'UBND-VX')).toBe('QĐ-UBND');
    expect(notationFor('Công văn', 'UBND-VX')).toBe('UBND-VX');
  });
});

describe('the form of a draft', () => {
  const form = {
    ...emptyForm('UBND-VX', 'Lạng Sơn'),
    subject: ' V/v góp ý ',
    signerName: 'Trần Thị Bình',
    receivers: [{ code: 'G12', name: 'Bộ Tài chính' }],
    dueOn: '30/11/2026',
    urgency: '1',
  };

  it('says the first thing it lacks', () => {
    expect(lacks(form, false, 'clerk')).toBe('draft.lacks-file');
    expect(lacks({ ...form, subject: ' ' }, true, 'clerk')).toBe('draft.lacks-subject');
    expect(lacks({ ...form, receivers: [] }, true, 'clerk')).toBe('draft.lacks-receivers');
    expect(lacks({ ...form, dueOn: '31/02/2026' }, true, 'clerk')).toBe('form.day-wrong');
    expect(lacks(form, true, 'clerk')).toBeNull();
    expect(lacks({ ...form, receivers: [], notation: '' }, true, 'leader')).toBeNull();
  });

  it('keeps no character that a package cannot hold, as Word’s own line break is one', () => {
    const facts = factsOf({ ...form, subject: 'V/v góp ý\u000bdự thảo\u0002', signerName: 'Trần\tBình' }, 0);
    expect(facts).toMatchObject({ subject: 'V/v góp ý dự thảo', signer: { name: 'Trần Bình' } });
  });

  it('comes back from the facts it was saved as', () => {
    const facts = { ...emptyFacts(agency), ...factsOf(form, 3) };
    expect(facts.pages).toBe(3);
    expect(formOf(facts, emptyForm('X', 'Y'))).toEqual({
      ...form,
      subject: 'V/v góp ý',
      notationByHand: true,
    });
  });
});

describe('the road', () => {
  const at = asInstant(new Date('2026-11-20T03:00:00.000Z'));
  const signature = { signer: 'A', at, sha256: asSha256('a'.repeat(64)), elsewhere: false };
  const document: OutgoingDocument = {
    id: newDeskId(),
    rev: 0,
    state: 'to-sign',
    facts: emptyFacts(agency),
    main: file('a.pdf', 'valid'),
    annexes: [],
    leaderSignature: null,
    seal: null,
    numberGiven: null,
    packageSha: null,
    hubDocId: null,
    deliveries: [],
    answers: null,
    createdAt: at,
    sentAt: null,
    history: [],
  };
  const states = (part: Partial<OutgoingDocument>, profile: 'clerk' | 'leader' = 'clerk') =>
    stepsOf({ ...document, ...part }, profile).map((step) => step.state);

  it('opens one step after the other and none early', () => {
    const numberGiven = { number: 318, date: asDay('2026-11-20'), at };
    expect(states({})).toEqual(['open', 'closed', 'closed', 'absent', 'closed']);
    expect(states({ state: 'to-number', leaderSignature: signature })).toEqual([
      'done',
      'open',
      'closed',
      'absent',
      'closed',
    ]);
    const sealed = { leaderSignature: signature, numberGiven, seal: signature };
    expect(states({ ...sealed, state: 'to-seal', seal: null })).toEqual([
      'done',
      'done',
      'open',
      'absent',
      'closed',
    ]);
    expect(states({ ...sealed, state: 'to-send' })).toEqual(['done', 'done', 'done', 'absent', 'open']);
    const packageSha = asSha256('b'.repeat(64));
    expect(states({ ...sealed, state: 'queued', packageSha })).toEqual([
      'done',
      'done',
      'done',
      'absent',
      'done',
    ]);
  });

  it('says why a step is closed', () => {
    const closed = stepsOf(document, 'clerk').filter((step) => step.state === 'closed');
    expect(closed.map((step) => step.reason)).toEqual([
      'step.needs-leader',
      'step.needs-number',
      'step.needs-seal',
    ]);
  });

  it('gives a leader the first step alone', () => {
    expect(states({}, 'leader')[0]).toBe('open');
    expect(states({ state: 'to-number', leaderSignature: signature }, 'leader')).toEqual([
      'done',
      'closed',
      'closed',
      'absent',
      'closed',
    ]);
  });
});

describe('signing devices in the foot', () => {
  it('are named once each, by a certificate that can sign where there is one', () => {
    const card = {
      fingerprint: asSha256('d'.repeat(64)),
      holder: 'Cũ',
      issuer: 'CA',
      tokenLabel: 'T1',
      validTo: asInstant(new Date('2028-01-01T00:00:00.000Z')),
      keyType: 'RSA-2048',
      usable: false,
      reason: null,
      pinState: 'ok',
    };
    const words = deviceWords([
      card,
      { ...card, holder: 'Mới', usable: true },
      { ...card, tokenLabel: 'T2', holder: 'Khác' },
    ]);
    expect(words).toEqual([
      { label: 'Mới', key: 'foot.device-ready' },
      { label: 'Khác', key: 'foot.device-unusable' },
    ]);
  });
});

describe('a verdict where nothing is to be decided', () => {
  it('says how the signatures stand and not what may be done', () => {
    const unsigned = clerkSentence({ verdict: 'unsigned', signatures: [], codes: [] });
    expect(stateOf(unsigned, 'vi')).toBe('Văn bản chưa có chữ ký số.');
    const valid = clerkSentence({ verdict: 'valid', signatures: [], codes: [] });
    expect(stateOf(valid, 'vi')).toBe('Chữ ký số hợp lệ.');
    expect(stateOf(valid, 'en')).toBe('Valid digital signature.');
  });
});

describe('why the hub did not take it', () => {
  it('is in its own words, else in those of the code', () => {
    const sentence = (code: string): string => `<${code}>`;
    expect(reasonOf('hub-refused Nơi nhận không tồn tại: K99 (18)', sentence)).toBe(
      'Nơi nhận không tồn tại: K99 (18)',
    );
    expect(reasonOf('hub-cut', sentence)).toBe('<hub-cut>');
    expect(reasonOf('', sentence)).toBe('');
  });
});

describe('a register', () => {
  it('is read by day and number, newest first, however its documents came', () => {
    const line = (number: number, day: string) => ({ number, numberDate: asDay(day) }) as SummaryRow;
    const lines = [line(9, '2026-11-20'), line(11, '2026-11-23'), line(10, '2026-11-20')];
    expect([...lines].sort(byNumber).map((one) => one.number)).toEqual([11, 10, 9]);
  });
});
