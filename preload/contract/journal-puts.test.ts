import { describe, expect, it } from 'vitest';
import { mostPuts, putsText, textOfPuts } from './journal-puts';
import type { LedgerPut } from './records';

const at = '2026-11-20T00:00:00.000Z';
const put = {
  table: 'outbox',
  row: {
    ...{ id: 'ack:one', lane: 'one/ack', seq: 1, rev: 0, kind: 'ack', state: 'ready', attempts: 0 },
    ...{ act: 'ee9b1c3c-6a35-4a3f-9d3d-0d6f3f1d2a11', packageSha: null, receivers: [], docId: 'đ-1' },
    ...{ notBefore: at, leaseUntil: null, lastCode: '', createdAt: at },
  },
} as unknown as LedgerPut;

describe('rows on their way to the journal', () => {
  it('are what they were', () => {
    expect(putsText.parse(textOfPuts([put]))).toEqual([put]);
    expect(putsText.parse('[]')).toEqual([]);
  });

  it('are refused when the text is no JSON, no list, of a row that does not fit, or of too many', () => {
    const strange = { ...put, row: { ...put.row, rev: 'one' } };
    const texts = ['', '{', '{}', 'null', JSON.stringify([strange])];
    for (const text of texts) expect(putsText.safeParse(text).success).toBe(false);
    const many = Array.from({ length: mostPuts }, () => put);
    expect(putsText.safeParse(textOfPuts(many)).success).toBe(true);
    expect(putsText.safeParse(textOfPuts([...many, put])).success).toBe(false);
  });
});
