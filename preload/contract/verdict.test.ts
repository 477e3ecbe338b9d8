import { describe, expect, it } from 'vitest';
import {
  clerkSentence,
  type FileVerdict,
  fileVerdict,
  type SignatureVerdict,
  verdictOfFile,
} from './verdict';

const good: SignatureVerdict = {
  field: 'Signature1',
  kind: 'signature',
  signer: 'Nguyễn Văn An',
  issuer: 'CA',
  level: 'B-B',
  integrity: 'intact',
  coverage: 'whole-file',
  chain: 'trusted',
  revocation: 'good',
  time: { source: 'none', value: null },
  changes: 'none',
  permitted: true,
  codes: [],
};

const file = (...signatures: SignatureVerdict[]): FileVerdict => ({
  verdict: verdictOfFile(signatures),
  signatures,
  codes: [],
});

describe('the verdict on a file', () => {
  it('is the worst of its signatures', () => {
    const unknown: SignatureVerdict = { ...good, revocation: 'unknown' };
    const broken: SignatureVerdict = { ...good, integrity: 'broken' };
    expect(verdictOfFile([])).toBe('unsigned');
    expect(verdictOfFile([good, good])).toBe('valid');
    expect(verdictOfFile([good, unknown])).toBe('indeterminate');
    expect(verdictOfFile([broken, good, unknown])).toBe('invalid');
  });

  it('is valid only for what is intact, whole, trusted, good, permitted and strong', () => {
    const faults: [Partial<SignatureVerdict>, string][] = [
      [{ integrity: 'broken' }, 'invalid'],
      [{ coverage: 'partial' }, 'invalid'],
      [{ revocation: 'revoked' }, 'invalid'],
      [{ permitted: false }, 'invalid'],
      [{ chain: 'untrusted' }, 'indeterminate'],
      [{ chain: 'unknown' }, 'indeterminate'],
      [{ revocation: 'unknown' }, 'indeterminate'],
      [{ codes: ['algorithm-weak'] }, 'indeterminate'],
      [{ codes: ['changes-unsigned-picture'] }, 'indeterminate'],
    ];
    for (const [fault, verdict] of faults)
      expect([fault, verdictOfFile([{ ...good, ...fault }])]).toEqual([fault, verdict]);
  });

  it('crosses as a value and refuses codes that do not exist', () => {
    expect(fileVerdict.parse(file(good))).toEqual(file(good));
    expect(fileVerdict.safeParse({ ...file(good), codes: ['no-such-code'] }).success).toBe(false);
  });
});

describe('the clerk’s sentence', () => {
  it('begins with what the clerk may do', () => {
    expect(clerkSentence(file(good))).toMatchObject({
      tone: 'good',
      may: 'accept',
      vi: 'Có thể tiếp nhận. Chữ ký số hợp lệ của Nguyễn Văn An.',
    });
    expect(
      clerkSentence(file({ ...good, integrity: 'broken', codes: ['signature-content-changed'] })),
    ).toMatchObject({
      may: 'refuse',
      vi: 'Không được tiếp nhận: nội dung đã bị sửa sau khi ký.',
    });
    expect(
      clerkSentence(file({ ...good, revocation: 'unknown', codes: ['revocation-unknown'] })),
    ).toMatchObject({
      may: 'ask',
      vi: 'Chưa kiểm tra được tình trạng chứng thư số: chờ có mạng hoặc hỏi nơi gửi.',
    });
    expect(clerkSentence(file())).toMatchObject({ may: 'ask', tone: 'warning' });
    expect(clerkSentence({ verdict: 'unreadable', signatures: [], codes: ['pdf-not-pdf'] })).toMatchObject({
      may: 'ask',
      tone: 'bad',
    });
  });

  it('does not send a document back for an algorithm that only this program does not know', () => {
    const odd: SignatureVerdict = { ...good, integrity: 'broken', codes: ['algorithm-unsupported'] };
    expect(clerkSentence(file(odd))).toMatchObject({ may: 'ask', tone: 'warning' });
  });

  it('asks for a second look when a form was filled or a picture covers the page', () => {
    expect(clerkSentence(file({ ...good, changes: 'form', codes: ['changes-form'] }))).toMatchObject({
      may: 'ask',
    });
    expect(clerkSentence(file({ ...good, changes: 'signature', codes: ['changes-overlap'] }))).toMatchObject({
      may: 'ask',
    });
  });
});
