import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../../preload/contract/failure';
import type { CliIo } from './command';
import { readSignArguments, type SignArguments } from './sign-arguments';

const folder = mkdtempSync(join(tmpdir(), 'van-thu-arguments-'));
const io: CliIo = {
  callerFolder: folder,
  env: {},
  json: () => undefined,
  message: () => undefined,
  readSecretLine: async () => new Uint8Array(0),
};
const needed = ['--module', '/m.so', '--token', 'T', '--pin-stdin'];

function read(...args: string[]): SignArguments {
  return readSignArguments([...needed, ...args], io);
}

function refusal(...args: string[]): string {
  try {
    readSignArguments(args, io);
  } catch (error) {
    return codeOf(error);
  }
  return 'none';
}

describe('the arguments of sign', () => {
  it('name authorities of time for every level above B-B, and only for those', () => {
    const tsa = ['--tsa', 'http://a/tsa', '--tsa', 'https://b/'];
    const given = read('a.pdf', '--out', 'b.pdf', '--level', 'B-LTA', ...tsa);
    expect([given.level, given.tsa]).toEqual(['B-LTA', ['http://a/tsa', 'https://b/']]);
    expect(read('a.pdf', '--out', 'b.pdf')).toMatchObject({ level: 'B-B', tsa: [] });
    const all = [...needed, 'a.pdf', '--out', 'b.pdf'];
    expect(refusal(...all, '--level', 'B-T')).toBe('usage');
    expect(refusal(...all, ...tsa)).toBe('usage');
    expect(refusal(...all, '--level', 'B-X', ...tsa)).toBe('usage');
    expect(refusal(...all, '--level', 'B-T', '--tsa', 'file:///tsa')).toBe('usage');
    expect(refusal(...all, '--level', 'B-T', '--tsa', 'tsa')).toBe('usage');
  });

  it('count pages from 1 and from the end, and places in points', () => {
    expect(read('a.pdf', '--out', 'b.pdf', '--page', '2', '--rect', '10,20,30.5,40').what).toEqual({
      role: 'leader',
      place: { page: 1, rect: { x: 10, y: 20, width: 30.5, height: 40 } },
    });
    expect(read('a.pdf', '--out', 'b.pdf', '--page', '-1', '--role', 'seal').what).toEqual({
      role: 'seal',
      place: { page: -1 },
    });
  });

  it('put outputs into a folder under the names of the inputs', () => {
    const args = read('x/a.pdf', 'b.pdf', '--out', '.');
    expect(args.jobs.map((job) => [job.file, job.outputPath])).toEqual([
      ['x/a.pdf', join(folder, 'a.pdf')],
      ['b.pdf', join(folder, 'b.pdf')],
    ]);
  });

  it('are refused when they are incomplete, doubled or unknown', () => {
    const all = [...needed, '--out', 'b.pdf'];
    expect(refusal('a.pdf', ...all)).toBe('none');
    expect(refusal(...all)).toBe('usage');
    expect(refusal('a.pdf', ...needed)).toBe('usage');
    expect(refusal('a.pdf', '--out', 'b.pdf', '--module', '/m.so', '--token', 'T')).toBe('usage');
    expect(refusal('a.pdf', 'b.pdf', ...all)).toBe('usage');
    expect(refusal('x/a.pdf', 'y/a.pdf', ...needed, '--out', '.')).toBe('usage');
    for (const wrong of [
      ['--level', 'B-LT'],
      ['--role', 'boss'],
      ['--page', '0'],
      ['--page', '1.5'],
      ['--rect', '1,2,3'],
      ['--rect', '1,2,3,x'],
      ['--fast'],
      ['--cert'],
      ['--out', 'c.pdf'],
    ]) {
      expect(refusal('a.pdf', ...all, ...wrong)).toBe('usage');
    }
    expect(refusal('a.pdf', ...all, '--image', 'absent.png')).toBe('file-unreadable');
  });

  it('read the picture once', () => {
    writeFileSync(join(folder, 'p.png'), 'bytes');
    const { what } = read('a.pdf', '--out', 'b.pdf', '--image', 'p.png');
    expect('image' in what && what.image && Buffer.from(what.image).toString()).toBe('bytes');
  });
});
