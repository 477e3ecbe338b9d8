import { describe, expect, it } from 'vitest';
import { itemsSeen } from './text-content';

type Items = Parameters<typeof itemsSeen>[0];

const word = (str: string) => ({ str, hasEOL: false });
const marked = (layer?: string) =>
  layer === undefined
    ? { type: 'beginMarkedContentProps', id: 'p1_mc0', tag: 'P' }
    : { type: 'beginMarkedContentProps', id: null, tag: 'OC', layer };
const end = { type: 'endMarkedContent' };
const read = (items: readonly unknown[]): string[] =>
  itemsSeen(items as Items, (layer) => layer !== 'hidden').flatMap((item) =>
    'str' in item ? [item.str] : [item.type],
  );

describe('words on layers', () => {
  it('are read where their layer is seen, and alone: what marks them is left out', () => {
    const items = [word('a'), marked('shown'), word('b'), end, marked('hidden'), word('c'), end, word('d')];
    expect(read(items)).toEqual(['a', 'b', 'd']);
  });

  it('are not read inside of what is not seen, whatever they are marked with', () => {
    const items = [
      marked(),
      marked('hidden'),
      marked('shown'),
      word('a'),
      end,
      marked(),
      word('b'),
      end,
      end,
      word('c'),
      end,
    ];
    expect(read(items)).toEqual(['c']);
  });

  it('are read where marks end that never began', () => {
    expect(read([end, word('a'), marked('hidden'), end, word('b')])).toEqual(['a', 'b']);
  });
});
