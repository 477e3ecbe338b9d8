import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherer, keepRecent, recentFile } from './recent-files';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const key = (letter: string) => Buffer.alloc(32, letter);
const textOf = (letter: string): string | null => {
  const source = recentFile(key(letter));
  return source === null ? null : Buffer.from(source.read(0, source.size)).toString();
};

it('gives the bytes of a file that was just written to who has its key, and to nobody else', () => {
  keepRecent(key('a'), Buffer.from('một'));
  expect(textOf('a')).toBe('một');
  expect(textOf('b')).toBeNull();
});

it('forgets within seconds', () => {
  keepRecent(key('a'), Buffer.from('một'));
  vi.advanceTimersByTime(11_000);
  expect(textOf('a')).toBeNull();
});

it('keeps few, the latest ones, and none that is large', () => {
  for (const letter of 'abcdefghij') keepRecent(key(letter), Buffer.from(letter));
  expect([...'abcdefghij'].map(textOf)).toEqual([null, null, ...'cdefghij']);
  keepRecent(key('k'), new Uint8Array(5 << 20));
  expect(textOf('k')).toBeNull();
});

it('gathers what is written piece by piece, and gives up beyond what it may keep', () => {
  const small = gatherer();
  const piece = Buffer.from('ab');
  small.add(piece);
  piece.fill(0);
  small.add(Buffer.from('cd'));
  expect(Buffer.from(small.all() ?? []).toString()).toBe('abcd');
  const large = gatherer();
  for (let count = 0; count < 5; count += 1) large.add(new Uint8Array(1 << 20));
  expect(large.all()).toBeNull();
});
