import { describe, expect, it } from 'vitest';
import { KeptInputs } from './kept';

describe('what was typed', () => {
  it('is there again for its own document and field alone', () => {
    const kept = new KeptInputs();
    kept.keep('a', 'opinion', 'Giao Sở Tài chính');
    expect(kept.read('a', 'opinion')).toBe('Giao Sở Tài chính');
    expect(kept.has('a', 'to')).toBe(false);
    expect(kept.has('b', 'opinion')).toBe(false);
  });

  it('keeps an emptied field apart from one that was never touched', () => {
    const kept = new KeptInputs();
    kept.keep('a', 'number', '');
    expect(kept.has('a', 'number')).toBe(true);
    expect(kept.has('a', 'date')).toBe(false);
  });

  it('is forgotten with the act, and only that document’s', () => {
    const kept = new KeptInputs();
    kept.keep('a', 'opinion', 'x');
    kept.keep('b', 'opinion', 'y');
    kept.forget('a');
    expect([kept.has('a', 'opinion'), kept.read('b', 'opinion')]).toEqual([false, 'y']);
  });
});
