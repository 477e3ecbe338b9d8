import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayOpenOutside } from '../security/external-links';
import { linkQuestion } from './link-question';

describe('what is asked about a link of a foreign file', () => {
  it('is whether to open it where it leads to a listed site by https', () => {
    const { message, act } = linkQuestion('https://vanban.chinhphu.vn/?id=1');
    expect(message).toBe('Tệp này dẫn đến vanban.chinhphu.vn. Có mở bằng trình duyệt không?');
    expect(act).toMatchObject({ kind: 'open', address: 'https://vanban.chinhphu.vn/?id=1' });
  });

  it('is said of a listed site by http as what it is: not encrypted', () => {
    const { message, act } = linkQuestion('http://chinhphu.vn');
    expect(message).toContain('không mã hóa');
    expect(message).not.toContain('ngoài danh sách');
    expect(act).toMatchObject({ kind: 'copy', address: 'http://chinhphu.vn/' });
  });

  it('is said of a letter as of a letter, whether or not it names a receiver', () => {
    for (const address of ['mailto:a@example.invalid?subject=x', 'mailto:?subject=x']) {
      const { message, act } = linkQuestion(address);
      expect(message).toContain('thư điện tử');
      expect(message).not.toContain('danh sách');
      expect(act).toMatchObject({ kind: 'copy', address });
    }
    expect(linkQuestion('mailto:a@example.invalid').message).toContain('a@example.invalid');
  });

  it('is said of other sites as of sites outside of the list', () => {
    for (const address of ['http://a.example/', 'https://a.example/', 'https://ca.gov.vn:8443/']) {
      expect(linkQuestion(address)).toMatchObject({
        message: expect.stringContaining('ngoài danh sách'),
        act: { kind: 'copy' },
      });
    }
  });

  it('is answered also where the address is never opened: nothing can be done with it, not even by accident', () => {
    for (const address of ['https://a@b/', 'https://chinhphu.vn@evil.example/', 'https://', 'x', '']) {
      const { message, detail, act } = linkQuestion(address);
      expect(message).toContain('không mở và không sao chép');
      expect(detail).toContain(address);
      expect(act).toBeNull();
    }
    const turned = linkQuestion(`https:// \u202e${'a'.repeat(4000)}`).detail;
    expect(turned).not.toContain('\u202e');
    expect(turned.length).toBeLessThan(500);
  });

  it('opens only what may be opened, and always says something', () => {
    const part = fc.constantFrom(
      'http',
      'https',
      'mailto',
      'ftp',
      ':',
      '//',
      '@',
      'ca.gov.vn',
      'a.b',
      ':80',
      '/',
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (address) => {
          const { message, act } = linkQuestion(address);
          expect(message).not.toBe('');
          expect(act?.kind === 'open').toBe(mayOpenOutside(address, { mailto: false }));
        },
      ),
    );
  });
});
