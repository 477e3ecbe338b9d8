import { describe, expect, it } from 'vitest';
import { newDeskId } from '../../preload/contract/ids';
import { firstView, nextView, type View } from './view';

const document = newDeskId();
const start = firstView('clerk');

describe('where the clerk is', () => {
  it('begins at what waits to be accepted, a leader at what waits to be signed', () => {
    expect(start).toMatchObject({ kind: 'folder', folder: 'in-to-accept' });
    expect(firstView('leader')).toMatchObject({ kind: 'folder', folder: 'out-to-sign' });
  });

  it('goes from a draft to its road and from there back to the list, not to the draft', () => {
    const draft = nextView(start, { kind: 'draft', document: null });
    const road = nextView(draft, { kind: 'road', document });
    expect(road.kind).toBe('road');
    expect(nextView(road, { kind: 'up' })).toEqual(start);
  });

  it('keeps the list behind a search, also when the search goes on', () => {
    const folder = nextView(start, { kind: 'folder', folder: 'out-sent' });
    const first = nextView(folder, { kind: 'search', text: 'kết' });
    const second = nextView(first, { kind: 'search', text: 'kết nối' });
    expect(nextView(second, { kind: 'up' })).toMatchObject({ kind: 'folder', folder: 'out-sent' });
    expect(nextView(second, { kind: 'search', text: ' ' })).toMatchObject({
      kind: 'folder',
      folder: 'out-sent',
    });
  });

  it('selects only where there is a list', () => {
    expect(nextView(start, { kind: 'select', document })).toMatchObject({ document });
    const check: View = { kind: 'check' };
    expect(nextView(check, { kind: 'select', document })).toBe(check);
  });

  it('shows registers and the check as screens of their own', () => {
    expect(nextView(start, { kind: 'folder', folder: 'register-incoming' })).toEqual({
      kind: 'register',
      which: 'incoming',
    });
    expect(nextView(start, { kind: 'folder', folder: 'check' })).toEqual({ kind: 'check' });
  });
});
