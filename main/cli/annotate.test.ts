import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMarkArguments, readMarkFile } from './annotate';

const wrong = expect.objectContaining({ code: 'usage' });

describe('the arguments of annotate', () => {
  it('are the file, the marks, the output and how they are written', () => {
    const args = [
      'a.pdf',
      '--marks',
      'm.json',
      '--out',
      'b.pdf',
      '--flatten',
      '--picture',
      'x.png',
      '--json',
    ];
    expect(readMarkArguments(args)).toEqual({
      files: ['a.pdf'],
      marks: 'm.json',
      out: 'b.pdf',
      pictures: ['x.png'],
      flatten: true,
      password: undefined,
    });
    expect(readMarkArguments(['--', '--flatten']).files).toEqual(['--flatten']);
  });

  it.each([[], ['a.pdf', '--marks'], ['a.pdf', '--page', '2']])('refuse %s %s %s', (...args) => {
    expect(() => readMarkArguments(args)).toThrow(wrong);
  });
});

describe('a file of marks', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'van-thu-marks-')), 'marks.json');

  it.each(['', '{}', '[{"kind":"note"}]'])('that holds %s is no list of marks', (text) => {
    writeFileSync(path, text);
    expect(() => readMarkFile(path)).toThrow(wrong);
  });

  it('that is not there cannot be read', () => {
    expect(() => readMarkFile(`${path}.no`)).toThrow(expect.objectContaining({ code: 'file-unreadable' }));
  });
});
