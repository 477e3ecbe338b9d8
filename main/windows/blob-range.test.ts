import { describe, expect, it } from 'vitest';
import { answerRange, parseRange, parseRanges } from './blob-range';

const name = 'a'.repeat(64);
const bytes = new Uint8Array(3 << 20).map((_, position) => position % 251);
const reader = {
  size: async (sha: string) => (sha === name ? bytes.length : null),
  read: async (_sha: string, start: number, end: number) => bytes.subarray(start, end),
};

describe('a range of a blob', () => {
  it('is at most one mebibyte, whatever is asked', () => {
    expect(parseRange('bytes=0-', 10 << 20)).toEqual([0, 1 << 20]);
    expect(parseRange('bytes=5-9', 100)).toEqual([5, 10]);
    expect(parseRange('bytes=90-200', 100)).toEqual([90, 100]);
    for (const bad of [
      null,
      '',
      'bytes=',
      'bytes=-5',
      'bytes=5-4',
      'bytes=100-',
      'bytes=0-1,3-4',
      'items=0-1',
      'bytes=1e3-',
    ]) {
      expect(parseRange(bad, 100), String(bad)).toBeNull();
    }
  });

  it('is answered as bytes that no page can run', async () => {
    const answer = await answerRange(reader, name, 'bytes=65536-131071');
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-range')).toBe(`bytes 65536-131071/${bytes.length}`);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes.slice(65536, 131072));
  });

  it('may come with others, at most eight and one mebibyte in all, in the order they were asked for', async () => {
    const answer = await answerRange(reader, name, null, '65536-65540,0-2');
    expect(answer.status).toBe(206);
    expect(answer.headers.get('content-length')).toBe('8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const wanted = [...bytes.slice(65536, 65541), ...bytes.slice(0, 3)];
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual(wanted);
    expect((await answerRange(reader, name, null, '0-9999999')).status).toBe(416);
    for (const bad of [
      '',
      '5',
      '5-4',
      '-5',
      '0-',
      '0-100',
      '0-1,',
      '0-1;3-4',
      '0-1, 3-4',
      '1e1-20',
      ...[Array.from({ length: 9 }, () => '0-1').join()],
    ]) {
      expect(parseRanges(bad, 100), bad).toBeNull();
    }
    const half = `0-${(1 << 19) - 1}`;
    expect(parseRanges([half, half].join(), 1 << 20)).toHaveLength(2);
    expect(parseRanges([half, half, '0-0'].join(), 1 << 20)).toBeNull();
  });

  it('is the only success: no range, no name, no blob are refused', async () => {
    expect((await answerRange(reader, name, null)).status).toBe(416);
    expect((await answerRange(reader, 'b'.repeat(64), 'bytes=0-1')).status).toBe(404);
    expect((await answerRange(reader, '../../etc/passwd', 'bytes=0-1')).status).toBe(403);
    expect((await answerRange(reader, `${name}/index.html`, 'bytes=0-1')).status).toBe(403);
  });
});
