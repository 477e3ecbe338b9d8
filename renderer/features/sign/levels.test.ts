// Step 4 and the standing of certificates in words: which step it is, why something waits, what the PIN window says.
import { describe, expect, it } from 'vitest';
import { asInstant, asSha256, newDeskId } from '../../../preload/contract/ids';
import type { LevelJob, Standing } from '../../../preload/contract/levels';
import type { PinRequest } from '../../../preload/contract/pin';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { codeSentence, type TextKey, textOf } from '../../i18n/text';
import { standingWords } from '../../pin/standing-words';
import { refusalOf } from './standing-note';
import { stepsOf } from './steps';
import { waitingWords } from './time-step';

const words = {
  t: (key: TextKey, params?: Record<string, string | number>) => textOf('vi', key, params),
  sentence: (code: string) => codeSentence('vi', code),
};
const noon = asInstant(new Date('2026-11-20T07:20:00Z'));
const document = newDeskId();

function job(more: Partial<LevelJob>): LevelJob {
  const input = asSha256('a'.repeat(64));
  return {
    ...{ documentId: document, input, names: [input], level: 'B-B', target: 'B-LTA' },
    ...{ state: 'waiting', code: null, said: '', notBefore: noon },
    ...more,
  };
}

describe('why a level waits', () => {
  it.each([
    [job({}), 'Chờ gắn dấu thời gian. Không cần làm gì thêm.'],
    [job({ code: 'signing-timestamp-failed' }), 'Chờ mạng để gắn dấu thời gian, tự thử lại lúc 14:20.'],
    [
      job({ code: 'signing-timestamp-refused', said: 'tsa.example: HTTP 403' }),
      'Máy chủ dấu thời gian từ chối (“tsa.example: HTTP 403”). Chữ ký số vẫn nguyên giá trị; tự thử lại lúc 14:20. Nếu vẫn bị từ chối, hãy nhờ người quản trị kiểm tra tài khoản và địa chỉ máy chủ dấu thời gian.',
    ],
    [job({ code: 'timestamp-limited' }), 'Máy chủ dấu thời gian giới hạn số lần hỏi, tự thử lại lúc 14:20.'],
    [
      job({ code: 'signing-validation-data-missing' }),
      'Chưa lấy đủ dữ liệu để kiểm tra lâu dài, tự thử lại lúc 14:20.',
    ],
    [job({ state: 'working' }), 'Đang gắn dấu thời gian và dữ liệu kiểm tra lâu dài…'],
    [job({ state: 'reached', level: 'B-LTA' }), null],
  ])('is said in one sentence with the time of the next try', (one, sentence) => {
    expect(waitingWords(one, words)).toBe(sentence);
  });

  it('is the sentence of the code where nothing more is tried, or the code is of another room', () => {
    const stopped = waitingWords(job({ state: 'stopped', code: 'earlier-signature-broken' }), words);
    expect(stopped).toBe(codeSentence('vi', 'earlier-signature-broken'));
    expect(waitingWords(job({ code: 'disk-full' }), words)).toContain('Tự thử lại lúc 14:20.');
  });
});

describe('the step of time stamps', () => {
  const levels = (enabled: boolean, jobs: readonly LevelJob[]) => ({ policy: { enabled }, jobs });
  const row = (seal: OutgoingDocument['seal']): OutgoingDocument =>
    ({
      state: 'to-send',
      seal,
      leaderSignature: seal,
      numberGiven: null,
      packageSha: null,
    }) as OutgoingDocument;
  const seal = { signer: 'UBND', at: noon, sha256: asSha256('a'.repeat(64)), elsewhere: false };
  const state = (sealed: boolean, given: ReturnType<typeof levels> | null) =>
    stepsOf(row(sealed ? seal : null), 'clerk', given).find((step) => step.name === 'time')?.state;

  it('is not there without an authority, closed before the seal, then waits and is done, and closes no other step', () => {
    expect(state(true, null)).toBe('absent');
    expect(state(true, levels(false, []))).toBe('absent');
    expect(state(false, levels(true, []))).toBe('closed');
    expect(state(true, levels(true, [job({})]))).toBe('waiting');
    expect(state(true, levels(true, [job({ state: 'reached' }), job({ state: 'stopped' })]))).toBe('waiting');
    expect(state(true, levels(true, [job({ state: 'reached' })]))).toBe('done');
    const send = stepsOf(row(seal), 'clerk', levels(true, [job({})])).find((step) => step.name === 'send');
    expect(send?.state).toBe('open');
  });
});

describe('how a certificate stands', () => {
  const standing = (value: Standing['standing']): Standing => ({
    ...{ standing: value, codes: [], revokedAt: null, source: 'none', checkedAt: noon },
  });

  it('closes the act for one that is revoked or out of time, and for no other', () => {
    const refused = (['good', 'unknown', 'untrusted', 'revoked', 'expired', 'not-yet-valid'] as const).filter(
      (value) => refusalOf(standing(value)) !== undefined,
    );
    expect(refused).toEqual(['revoked', 'expired', 'not-yet-valid']);
    expect([refusalOf(null), refusalOf('checking')]).toEqual([undefined, undefined]);
  });

  it('is one sentence in the PIN window, a warning unless it is good, and none where nobody looked', () => {
    const request = { language: 'vi' } as PinRequest;
    expect(standingWords(request)).toBeUndefined();
    expect(standingWords({ ...request, standing: standing('good') })?.warns).toBe(false);
    expect(standingWords({ ...request, standing: standing('unknown') })).toEqual({
      warns: true,
      text: 'Chưa kiểm tra được tình trạng chứng thư số. Vẫn ký được; hãy chắc rằng chứng thư số chưa bị thu hồi.',
    });
  });
});
