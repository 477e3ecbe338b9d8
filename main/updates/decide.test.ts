// Which genuine release is for this machine, and that nothing that was published before can ever come again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Machine, remember, type Seen } from './decide';
import type { Release } from './release';
import { file, release } from './release.fixture';

const machine: Machine = {
  current: '9.0.0',
  platform: 'linux-x64',
  ring: 'general',
  kind: 'AppImage',
  lot: 40,
  seen: null,
  now: new Date('2026-11-10T00:00:00Z'),
};
const seen: Seen = { serial: 5, version: '9.0.1', digest: 'd' };

describe('a genuine release', () => {
  it('is offered when it is newer, with the package of this installation', () => {
    expect(decide(release, 'd', machine)).toEqual({ kind: 'offer', release, file });
    expect(decide(release, 'd', { ...machine, kind: null })).toEqual({ kind: 'offer', release, file: null });
  });

  it('is nothing to do when it is the present version or an older one', () => {
    expect(decide(release, 'd', { ...machine, current: '9.0.1' })).toEqual({ kind: 'current' });
    expect(decide(release, 'd', { ...machine, current: '9.1.0' })).toEqual({ kind: 'current' });
  });

  it('is refused when it is out of date, of another platform, or without a package for this installation', () => {
    const late = { ...machine, now: new Date(release.expires) };
    expect(() => decide(release, 'd', late)).toThrow('update-expired');
    expect(() => decide(release, 'd', { ...machine, platform: 'win32-x64' })).toThrow(
      'update-metadata-broken',
    );
    expect(() => decide(release, 'd', { ...machine, kind: 'deb' })).toThrow('update-no-package');
    expect(() => decide({ ...release, ring: 'pilot' }, 'd', machine)).toThrow('update-metadata-broken');
  });

  it('is refused when a newer publication was seen, or the same number with other content', () => {
    expect(() => decide({ ...release, serial: 4 }, 'd', { ...machine, seen })).toThrow('update-replayed');
    expect(() => decide(release, 'other', { ...machine, seen })).toThrow('update-replayed');
    const older = { ...release, serial: 6, version: '9.0.0' };
    expect(() => decide(older, 'e', { ...machine, seen })).toThrow('update-replayed');
    expect(decide(release, 'd', { ...machine, seen }).kind).toBe('offer');
  });

  it('waits for this machine’s turn, unless it mends a hole or leads back', () => {
    expect(decide({ ...release, staged: 40 }, 'd', machine)).toEqual({ kind: 'later' });
    expect(decide({ ...release, staged: 41 }, 'd', machine).kind).toBe('offer');
    const mends = { ...release, staged: 0, deadline: '2026-11-20T00:00:00Z' };
    expect(decide(mends, 'd', machine).kind).toBe('offer');
  });

  it('leads back only from the versions it names', () => {
    const back: Release = { ...release, serial: 6, version: '9.0.0', rollbackFrom: ['9.0.1'], staged: 0 };
    expect(decide(back, 'e', { ...machine, current: '9.0.1', seen }).kind).toBe('offer');
    expect(decide(back, 'e', { ...machine, current: '9.0.2', seen })).toEqual({ kind: 'current' });
  });

  it('of another kind of machine or of the pilot ring is refused, also under a name that was asked for', () => {
    const refused = { code: 'update-metadata-broken' };
    const at = (more: Partial<Machine>, one: Partial<Release> = {}) =>
      decide({ ...release, ...one }, 'd', { ...machine, ...more });
    expect(() => at({ platform: 'linux-arm64' })).toThrow(expect.objectContaining(refused));
    expect(() => at({}, { ring: 'pilot' })).toThrow(expect.objectContaining(refused));
    expect(at({ ring: 'pilot' }, { ring: 'pilot' }).kind).toBe('offer');
  });

  it('is counted for each ring by itself: a machine that leaves the pilot ring takes the next general one', () => {
    const pilot = remember(null, { ...release, ring: 'pilot', serial: 40, version: '9.0.5' }, 'p', 'pilot');
    expect(decide(release, 'd', { ...machine, seen: pilot }).kind).toBe('offer');
    expect(remember(pilot, release, 'd', 'general')).toMatchObject({ serial: 5, version: '9.0.1' });
    const older = { ...release, serial: 39 };
    expect(() => decide(older, 'd', { ...machine, ring: 'pilot', seen: pilot })).toThrow();
  });

  it('that is older than one seen stays refused when the clock is set back to where it held', () => {
    const past = new Date('2026-10-02T00:00:00Z');
    const old = { ...release, serial: 4, expires: '2026-10-03T00:00:00Z', published: '2026-10-01T00:00:00Z' };
    expect(() => decide(old, 'o', { ...machine, seen, now: past })).toThrow(
      expect.objectContaining({ code: 'update-replayed' }),
    );
  });
});

it('never takes a publication again that is older than one it has accepted, whatever comes between', () => {
  const publication = fc.record({
    serial: fc.integer({ min: 1, max: 20 }),
    patch: fc.nat(9),
    back: fc.boolean(),
    content: fc.constantFrom('a', 'b'),
  });
  fc.assert(
    fc.property(fc.array(publication, { maxLength: 30 }), (published) => {
      let memory: Seen | null = null;
      let highest = 0;
      for (const { serial, patch, back, content } of published) {
        const one = { ...release, serial, version: `9.0.${patch}`, rollbackFrom: back ? ['9.0.0'] : [] };
        const digest = `${serial}${content}${patch}${back}`;
        try {
          decide(one, digest, { ...machine, seen: memory });
        } catch {
          continue;
        }
        expect(serial).toBeGreaterThanOrEqual(highest);
        if (memory !== null && serial === highest) expect(digest).toBe(memory.digest);
        memory = remember(memory, one, digest, 'general');
        highest = serial;
      }
    }),
  );
});
