// The policy file: its defaults, what is wrong in it, and which mode follows.
import { describe, expect, it } from 'vitest';
import { modeOf } from './open-updates';
import { parsePolicy, policyPath, readPolicy } from './policy';
import { newKey } from './release.fixture';

const keys = [newKey().trusted];
const feed = 'https://capnhat.example.vn/van-thu/';

describe('the policy of a machine', () => {
  it('has defaults where there is no file', () => {
    expect(readPolicy('/nonexistent/policy.json').updates).toEqual({
      ring: 'general',
      everyHours: 6,
      automatic: true,
      authorities: [],
    });
  });

  it('is read with the mark that Windows’ editors put in front', () => {
    expect(parsePolicy(`\uFEFF${JSON.stringify({ updates: { mode: 'self', feed } })}`).updates).toMatchObject(
      {
        mode: 'self',
        feed,
      },
    );
  });

  it.each([
    ['{', 'cú pháp'],
    ['{"update":{}}', 'không được hỗ trợ'],
    ['{"updates":{"mode":"always"}}', 'updates.mode'],
    ['{"updates":{"feed":"ftp://x"}}', 'updates.feed'],
    ['{"updates":{"folder":"relative"}}', 'updates.folder'],
  ])('is refused when it says %s', (text, about) => {
    expect(() => parsePolicy(text)).toThrow(about);
  });

  it('lies where an ordinary account cannot write', () => {
    expect(policyPath('linux', {})).toBe('/etc/van-thu/policy.json');
    expect(policyPath('win32', { ProgramData: 'D:\\PD' })).toContain('D:\\PD');
  });
});

describe('the mode', () => {
  const policy = (more: object) => parsePolicy(JSON.stringify({ updates: more })).updates;

  it('is off without keys or without an address', () => {
    expect(modeOf(policy({ mode: 'self', feed }), 'AppImage', [])).toBe('off');
    expect(modeOf(policy({ mode: 'self' }), 'AppImage', keys)).toBe('off');
    expect(modeOf(policy({}), 'deb', keys)).toBe('off');
  });

  it('is what policy says, else what fits who owns the program’s folder', () => {
    expect(modeOf(policy({ feed }), 'deb', keys)).toBe('managed');
    expect(modeOf(policy({ feed }), 'AppImage', keys)).toBe('self');
    expect(modeOf(policy({ feed, mode: 'self' }), 'deb', keys)).toBe('self');
    expect(modeOf(policy({ mode: 'offline' }), 'AppImage', keys)).toBe('offline');
  });
});
