// What the clerk is told of signatures before and after a copy is saved.
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { SignatureVerdict } from '../../../preload/contract/verdict';
import { textOf, type Words } from '../../i18n/text';
import { SignedNote, type SignedNoteProps } from './copy-dialog';
import { mayBeSigned, savedWords } from './touched';

const t: Words['t'] = (key, params) => textOf('vi', key, params);
const signature = {} as SignatureVerdict;

describe('whether a file may be signed', () => {
  it('is asked where the desk could not read its signatures, and not where it has none', () => {
    const verdict = (kind: 'unreadable' | 'unsigned' | 'valid', signatures: SignatureVerdict[] = []) => ({
      verdict: { verdict: kind, signatures, codes: [] },
    });
    expect(mayBeSigned({ verdict: null })).toBe(true);
    expect(mayBeSigned(verdict('unreadable'))).toBe(true);
    expect(mayBeSigned(verdict('valid', [signature]))).toBe(true);
    expect(mayBeSigned(verdict('unsigned'))).toBe(false);
  });
});

describe('what is said', () => {
  it('once the copy is saved names every signature it touches, broken ones first', () => {
    const said = savedWords(
      3,
      [
        { signer: 'Lê Văn A', how: 'changed' },
        { signer: 'UBND tỉnh', how: 'broken' },
        { signer: '', how: 'changed' },
      ],
      t,
    );
    expect(said).toMatch(
      /^Đã lưu bản có 3 ghi chú\..*UBND tỉnh.*không còn hợp lệ.*Lê Văn A, người ký không rõ tên/,
    );
    expect(savedWords(3, [], t)).toBe('Đã lưu bản có 3 ghi chú. Tệp gốc giữ nguyên.');
  });

  it('before is true of each answer: asked, failed, none signed, none touched, touched', () => {
    const note = (checked: SignedNoteProps['checked']) =>
      renderToStaticMarkup(<SignedNote checked={checked} t={t} />);
    expect(note('asking')).toContain('Đang xem');
    expect(note('failed')).toContain('Chưa xem được');
    expect(note({ signed: 0, touched: [] })).toBe('');
    expect(note({ signed: 1, touched: [] })).toContain('không làm chữ ký số nào hiện là đã thay đổi');
    expect(note({ signed: 1, touched: [{ signer: '', how: 'broken' }] })).toContain('người ký không rõ tên');
  });
});
