// Every state of updates has words, and only a security release brings the dialog up by itself.
import { describe, expect, it } from 'vitest';
import type { UpdateView } from '../../../preload/contract/updates';
import { footWords, remindsNow, stateWords } from './words';

const view: UpdateView = {
  mode: 'self',
  current: '1.0.0',
  phase: 'idle',
  release: null,
  done: null,
  code: null,
  checkedAt: null,
  updatedFrom: null,
  overdue: false,
};
const release: UpdateView['release'] = {
  version: '1.1.0',
  rollback: false,
  notes: '',
  size: 1,
  deadline: null,
};
const security: UpdateView = {
  ...view,
  phase: 'ready',
  release: { ...release, deadline: '2026-12-01T00:00:00.000Z' as NonNullable<UpdateView['checkedAt']> },
};

describe('the words of updates', () => {
  it('tell the version while there is nothing to know, also when the source is out of reach', () => {
    expect(footWords(view)).toEqual({ key: 'updates.foot-version', params: { version: '1.0.0' } });
    const away: UpdateView = { ...view, phase: 'refused', code: 'update-unreachable' };
    expect(footWords(away).key).toBe('updates.foot-version');
    expect(footWords({ ...away, code: 'update-replayed' }).key).toBe('updates.foot-wrong');
  });

  it('leave the sentence to the code where something went wrong, and ask nothing of a managed desk', () => {
    expect(stateWords({ ...view, phase: 'failed', code: 'update-disk-full' })).toBeNull();
    expect(stateWords({ ...view, mode: 'managed', phase: 'offered', release })?.key).toBe(
      'updates.offered-managed',
    );
    expect(stateWords({ ...view, mode: 'off' })?.key).toBe('updates.off');
  });
});

describe('the dialog', () => {
  const hour = 3_600_000;

  it('never comes up by itself for an ordinary release, or where IT installs', () => {
    expect(remindsNow({ ...security, release }, null, 0)).toBe(false);
    expect(remindsNow({ ...security, mode: 'managed' }, null, 0)).toBe(false);
  });

  it('comes once a day for a security release, and once an hour when it is overdue', () => {
    expect(remindsNow(security, null, 0)).toBe(true);
    expect(remindsNow(security, 0, 23 * hour)).toBe(false);
    expect(remindsNow(security, 0, 24 * hour)).toBe(true);
    expect(remindsNow({ ...security, overdue: true }, 0, hour)).toBe(true);
  });
});
