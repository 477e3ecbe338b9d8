// Reading a package by hand leaves nothing but a report; bringing it in is one journal line, and a secret one is destroyed.
import { expect, test } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import { packageJson } from '../../../preload/contract/edxml';
import { Failure } from '../../../preload/contract/failure';
import { handDocId } from '../../../preload/contract/hand';
import { asSha256, type HubDocId, type Sha256 } from '../../../preload/contract/ids';
import type { Arrival } from '../../../preload/contract/records';
import { createSecrecy } from '../secrecy/secrecy';
import { createHand, type HandParts } from './hand';

const sha = asSha256('a'.repeat(64));
const file = asSha256('b'.repeat(64));

function setUp(subject: string, fault: Failure | null = null, falseAlarms: string[] = []) {
  const lines: Arrival[] = [];
  const destroyed: Sha256[] = [];
  let reads = 0;
  const header = {
    From: { OrganId: 'G12' },
    To: [{ OrganId: 'H37' }],
    Subject: subject,
    DocumentId: 'G12,2026/11/20,99/BTC-VP',
  };
  const whole = packageJson.parse({ kind: 'edoc', header, attachments: [] });
  const noted: Sha256[] = [];
  const reading = { saysSecret: async () => false, firstPageText: async () => [] };
  const note = async (one: Sha256) => void noted.push(one);
  const parts = {
    secrecy: {
      isMarkedIn: (id: HubDocId) => gate().isMarkedIn(id),
      namesPackage: (id: HubDocId) => gate().namesPackage(id),
    },
    blobs: { open: async () => ({ ...bytesSource(Buffer.from('x')), close: () => undefined }) },
    journal: {
      append: async (line: { arrival: Arrival }) => {
        lines.push(line.arrival);
        return lines.length;
      },
      arrivalOf: async (docId: string) => [...lines].reverse().find((one) => one.docId === docId) ?? null,
    },
    reading: {
      saysSecret: async () => false,
      readPackage: async () => {
        reads += 1;
        if (fault !== null) throw fault;
        return {
          ...whole,
          attachments: [
            { name: 'a.txt', contentType: 'text/plain', bytes: { sha256: file, size: 1, isPdf: false } },
          ],
        };
      },
    },
    ownCode: 'H37',
    destroy: async (names: readonly Sha256[]) => void destroyed.push(...names),
    now: () => new Date('2026-11-20T03:00:00Z'),
  } as unknown as HandParts;
  // Policy is read at each start: what it says may change between two calls of a test.
  function gate() {
    return createSecrecy({ reading, falseAlarms, note });
  }
  return { hand: createHand(parts), lines, destroyed, noted, reads: () => reads };
}

test('a report is made of a package and nothing is journalled until it is brought in, once', async () => {
  const { hand, lines, reads } = setUp('V/v kết nối');
  const report = await hand.read(sha, 'goi.edxml');
  expect(report).toMatchObject({
    kind: 'document',
    name: 'goi.edxml',
    docId: handDocId(sha),
    files: [{ name: 'a.txt' }],
  });
  expect(lines).toEqual([]);
  const arrival = await hand.bring(sha);
  expect(await hand.bring(sha)).toEqual(arrival);
  expect(lines).toEqual([arrival]);
  expect(reads()).toBe(1);
});

test('a package is read once more where its report was long ago', async () => {
  const { hand, lines, reads } = setUp('V/v kết nối');
  await hand.bring(sha);
  expect(reads()).toBe(1);
  expect(lines).toHaveLength(1);
});

test('a secret package is destroyed as it is read, and only the fact is left', async () => {
  const { hand, lines, destroyed } = setUp('TỐI MẬT - Phương án');
  expect(await hand.read(sha, 'goi.edxml')).toEqual({
    kind: 'secret',
    sha256: null,
    name: 'goi.edxml',
    docId: handDocId(sha),
  });
  expect(destroyed).toEqual([sha, file]);
  expect(lines).toHaveLength(1);
  expect(JSON.stringify(lines)).not.toContain('Phương án');
  destroyed.length = 0;
  expect(await hand.read(sha, 'goi.edxml')).toMatchObject({ kind: 'secret' });
  expect(destroyed).toEqual([sha]);
  expect(await hand.bring(sha)).toMatchObject({ kind: 'secret' });
  expect(lines).toHaveLength(1);
});

test('a quarantined package that policy calls a false alarm comes in where it is given once more, written down', async () => {
  const falseAlarms: string[] = [];
  const { hand, lines, noted } = setUp('TỐI MẬT - Phương án', null, falseAlarms);
  expect(await hand.read(sha, 'goi.edxml')).toMatchObject({ kind: 'secret' });
  falseAlarms.push(handDocId(sha));
  expect(await hand.read(sha, 'goi.edxml')).toMatchObject({ kind: 'document', docId: handDocId(sha) });
  expect(noted).toEqual([sha]);
  expect(await hand.bring(sha)).toMatchObject({ kind: 'document' });
  expect(lines.map((one) => one.kind)).toEqual(['secret', 'document']);
  expect(await hand.bring(sha)).toMatchObject({ kind: 'document' });
  expect(lines).toHaveLength(2);
});

test('an unreadable file is reported with its code and never brought in', async () => {
  const { hand, lines } = setUp('', new Failure('edxml-not-xml'));
  expect(await hand.read(sha, 'anh.edxml')).toMatchObject({ kind: 'unreadable', code: 'edxml-not-xml' });
  await expect(hand.bring(sha)).rejects.toMatchObject({ code: 'hand-unreadable' });
  expect(lines).toEqual([]);
});
