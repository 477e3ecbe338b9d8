import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../preload/contract/failure';
import { children, integerHex, octets, oidOf, readNode, readWhole, tags, timeOf } from './der';
import { derOid, derSetOf, derWrite } from './der-write';

const time = (tag: number, text: string) => timeOf(readWhole(derWrite(tag, Buffer.from(text)))).toISOString();

describe('the DER reader', () => {
  it('reads back what the writer wrote, whatever the length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000 }), (content) => {
        const node = readWhole(derWrite(tags.octetString, content));
        expect(Buffer.compare(octets(node), content)).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('reads back object identifiers', () => {
    for (const oid of [
      '1.2.840.113549.1.7.2',
      '2.5.4.3',
      '2.16.840.1.101.3.4.2.1',
      '2.999.3',
      '0.4.0.1862.1.1',
    ]) {
      expect(oidOf(readWhole(derOid(oid)))).toBe(oid);
    }
  });

  it('refuses damaged bytes with a code and never loops or crashes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          const open = [readNode(bytes)];
          for (let node = open.pop(); node !== undefined; node = open.pop()) {
            if ((node.tag & 0x20) !== 0) open.push(...children(node));
          }
        } catch (error) {
          expect(isFailure(error) && error.code).toBe('asn1-damaged');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads BER with indefinite lengths and strings in pieces, as old signatures have them', () => {
    const pieces = Uint8Array.from([0x24, 0x80, 0x04, 1, 0x61, 0x04, 2, 0x62, 0x63, 0, 0]);
    expect(Buffer.from(octets(readWhole(pieces))).toString()).toBe('abc');
  });

  it('refuses indefinite lengths nested without end', () => {
    expect(() =>
      readNode(Uint8Array.from(Array.from({ length: 4000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80)))),
    ).toThrow(/asn1-damaged/);
  });

  it('spells a serial number one way, with or without leading zeros', () => {
    expect(integerHex(readWhole(Uint8Array.from([2, 3, 0, 0x80, 1])))).toBe('8001');
    expect(integerHex(readWhole(Uint8Array.from([2, 1, 0])))).toBe('00');
  });

  it('reads both kinds of time, two digits meaning 1950 to 2049', () => {
    expect(time(tags.utcTime, '491231235959Z')).toBe('2049-12-31T23:59:59.000Z');
    expect(time(tags.utcTime, '500101000000Z')).toBe('1950-01-01T00:00:00.000Z');
    expect(time(tags.generalizedTime, '20260102030405.25Z')).toBe('2026-01-02T03:04:05.250Z');
    expect(time(tags.generalizedTime, '20260102100405+0700')).toBe('2026-01-02T03:04:05.000Z');
    expect(() => time(tags.generalizedTime, '20261302030405Z')).toThrow(/asn1-damaged/);
  });

  it('sorts a SET OF by its encoding', () => {
    const set = derSetOf([
      derWrite(4, Uint8Array.of(2)),
      derWrite(4, Uint8Array.of(1)),
      derWrite(2, Uint8Array.of(9)),
    ]);
    expect(Buffer.from(set).toString('hex')).toBe('3109020109040101040102');
  });
});
