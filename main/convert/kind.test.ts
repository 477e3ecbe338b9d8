import { describe, expect, it } from 'vitest';
import { startsPdf } from './kind';

const head = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('a PDF', () => {
  it('is known by its header, also behind what does not belong to it', () => {
    expect(startsPdf(head('%PDF-1.7\n1 0 obj'))).toBe(true);
    expect(startsPdf(head(`HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n`))).toBe(true);
    expect(startsPdf(head(`${' '.repeat(1100)}%PDF-1.4\n`))).toBe(false);
  });

  it('that lost its header is known by its first object, at most comments before it', () => {
    expect(startsPdf(head('%\xe2\xe3\xcf\xd3\n1 0 obj \n<<\n/Type /Catalog\n>>'))).toBe(true);
    expect(startsPdf(head('\r\n12 0 obj<<>>'))).toBe(true);
  });

  it('is not what only speaks of objects', () => {
    expect(startsPdf(head('Mục 1 0 obj là gì?'))).toBe(false);
    expect(startsPdf(head('1 0 objective'))).toBe(false);
    expect(startsPdf(head('% ghi chú\n1. Kính gửi'))).toBe(false);
  });

  it('is looked for in time that grows with what is there', () => {
    expect(startsPdf(head(`${'% \n'.repeat(250)}x`))).toBe(false);
  });
});
