import { describe, expect, it } from 'vitest';
import { facts } from '../testing/fixtures';
import { findSent, hubTime, type SentLine, type Sought } from './sent-match';

const line: SentLine = {
  docId: 'out-1',
  from: 'G12',
  to: 'H37',
  title: 'V/v triển khai kết nối, gửi, nhận văn bản điện tử 99',
  notation: '99/BTC-VP',
  sentAt: '2026/11/20 10:00:30',
};
const sought: Sought = {
  facts: facts('99'),
  receivers: ['H37', 'H26'],
  since: new Date('2026-11-20T03:00:00Z'),
  taken: new Set(),
  sharesNumber: false,
  before: null,
};

describe('the sent list of the hub', () => {
  it('matches by number and symbol, subject, sender, a receiver and time', () => {
    expect(findSent([line], sought)).toBe(line);
    expect(findSent([{ ...line, notation: 'btc-vp' }], sought)).not.toBeNull();
    expect(findSent([{ ...line, title: '' }], sought)).not.toBeNull();
    expect(findSent([{ ...line, to: '["H26","H37"]' }], sought)).not.toBeNull();
  });

  it('matches a sender and a receiver that it names by their codes of the other structure', () => {
    const old = { ...line, from: '000.00.00.G12', to: '000.00.00.H37' };
    expect(findSent([old], sought)).toBe(old);
    expect(findSent([{ ...old, to: '000.00.01.H37' }], sought)).toBeNull();
  });

  it.each([
    ['another number', { notation: '98/BTC-VP' }],
    ['another subject', { title: 'V/v khác' }],
    ['another sender', { from: 'G22' }],
    ['another receiver', { to: 'H57' }],
    ['an older time', { sentAt: '2026/11/20 09:00:00' }],
    ['a symbol without the subject', { notation: 'BTC-VP', title: '' }],
  ])('does not match %s', (_, change) => {
    expect(findSent([{ ...line, ...change }], sought)).toBeNull();
  });

  it('does not match what belongs to another package, nor a recall without a readable time', () => {
    expect(findSent([line], { ...sought, taken: new Set(['out-1']) })).toBeNull();
    const timeless = { ...line, sentAt: 'hôm qua' };
    expect(findSent([timeless], sought)).not.toBeNull();
    expect(findSent([timeless], { ...sought, sharesNumber: true })).toBeNull();
  });

  it('reads the times of hubs in Vietnam’s zone', () => {
    const time = Date.parse('2026-11-20T03:00:30Z');
    for (const text of ['2026/11/20 10:00:30', '20/11/2026 10:00:30', '2026-11-20T03:00:30Z', String(time)]) {
      expect(hubTime(text)).toBe(time);
    }
    expect(hubTime('2026-11-20 10:00:30.123')).toBe(time);
    expect(hubTime('')).toBeNull();
  });
});
