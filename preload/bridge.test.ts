import { describe, expect, it, vi } from 'vitest';
import { buildDeskApi } from './bridge';
import { calls } from './contract/calls';
import { events } from './contract/events';
import { callNames, eventNames } from './names';

describe('the names of the preload', () => {
  it('are exactly those of the table', () => {
    expect([...callNames].sort()).toEqual(Object.keys(calls).sort());
    expect([...eventNames].sort()).toEqual(Object.keys(events).sort());
  });
});

describe('the API object of a page', () => {
  const invoke = vi.fn(async () => ({ ok: true }));
  const stop = vi.fn();
  let relay: (name: string, payload: unknown) => void = () => undefined;
  const api = buildDeskApi(callNames, eventNames, {
    invoke,
    listen: (callback) => {
      relay = callback;
      return stop;
    },
  });

  it('is frozen through and through and offers functions only', () => {
    expect(Object.isFrozen(api)).toBe(true);
    for (const area of Object.values(api)) {
      expect(Object.isFrozen(area)).toBe(true);
      for (const method of Object.values(area)) expect(typeof method).toBe('function');
    }
    expect(Object.getOwnPropertyNames(api).sort()).toEqual(
      [...new Set([...callNames.map((name) => name.split('.')[0]), 'events'])].sort(),
    );
  });

  it('passes a call by its own name and no other', async () => {
    await api.hub.list({ kind: 'edoc' });
    expect(invoke).toHaveBeenLastCalledWith('hub.list', { kind: 'edoc' });
  });

  it('gives an event callback the payload only and an unsubscribe', () => {
    const seen = vi.fn();
    const unsubscribe = api.events.on('sync.tick', seen);
    relay('sync.tick', { reason: 'asked' });
    relay('progress', {});
    expect(seen.mock.calls).toEqual([[{ reason: 'asked' }]]);
    unsubscribe();
    expect(stop).toHaveBeenCalledOnce();
  });

  it('subscribes to nothing that is not in the table', () => {
    const seen = vi.fn();
    api.events.on('van-thu:call' as 'sync.tick', seen);
    relay('van-thu:call', {});
    expect(seen).not.toHaveBeenCalled();
  });
});
