import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetPath, assetType } from './asset-path';

const root = resolve('/srv/renderer');

describe('the path of an own asset', () => {
  it('is a file below the folder', () => {
    expect(assetPath(root, '/index.html')).toBe(`${root}${sep}index.html`);
    expect(assetPath(root, '/pdfjs/cmaps/78-EUC-H.bcmap')).toBe(
      `${root}${sep}pdfjs${sep}cmaps${sep}78-EUC-H.bcmap`,
    );
  });

  it.each([
    '/../etc/passwd',
    '/a/../../b',
    '/%2e%2e/%2e%2e/etc',
    '/..%2f..%2fetc',
    '/..%5c..%5cwindows',
    '/..\\..\\windows',
    '/a\\b',
    '/C:/windows',
    '/c:\\windows',
    '//server/share',
    '/\\\\server\\share',
    '/a\0b',
    '/a%00b',
    '/',
    '',
    'index.html',
    '/a//b',
    '/./a',
    '/.hidden',
    `/${'a'.repeat(300)}`,
    `/${'a/'.repeat(300)}b`,
    '/~root',
    '/con.html ',
  ])('refuses %j', (pathname) => {
    expect(assetPath(root, pathname)).toBeNull();
  });

  it('never leaves the folder, whatever is asked', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2E%2e',
      '\\',
      '/',
      '%5c',
      'a',
      'C:',
      '\0',
      '~',
      ' ',
      'etc',
      '%2f',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const path = assetPath(root, `/${parts.join('')}`);
        return path === null || path.startsWith(root + sep);
      }),
      { numRuns: 2000 },
    );
  });

  it('is bytes when its kind is unknown', () => {
    expect(assetType('a.exe')).toBe('application/octet-stream');
    expect(assetType('a.html')).toContain('text/html');
  });
});
