// Updates from a server, with the real carrier, installer and memory: what is genuine arrives and takes the old file's place;
// everything else ends in its code with the old file untouched.
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestartObstacle, UpdateView } from '../../preload/contract/updates';
import { httpFetch } from '../runtime/http-fetcher';
import { type FeedServer, openFeedServer } from './feed-server.fixture';
import { replaceAppImage } from './installer';
import { memoryFile } from './memory';
import { mostReleaseBytes, type Release } from './release';
import { bytesOf, newKey, release as plain, signatureOf } from './release.fixture';
import { createUpdates, type UpdateParts, type UpdateService } from './service';
import { application, fresh, name, releaseOf } from './service.fixture';
import { folderSource, releaseName, webSource } from './source';
import { updaterTransport } from './transport';

const current = newKey();
const next = newKey();
const stranger = newKey();
const description = releaseName('linux-x64', 'general');
const old = Buffer.from('the old application');
const large = randomBytes(2_000_000);

let server: FeedServer;
let folder: string;
let running: string;
let obstacles: RestartObstacle[];
let restarted: number;
let clock: Date;

beforeEach(async () => {
  server = await openFeedServer();
  folder = mkdtempSync(join(tmpdir(), 'updates-'));
  running = join(folder, 'Van Thu.AppImage');
  writeFileSync(running, old);
  mkdirSync(join(folder, 'cache'));
  obstacles = [];
  restarted = 0;
  clock = new Date('2026-11-10T00:00:00Z');
  process.env.APPIMAGE = running;
});
afterEach(async () => {
  delete process.env.APPIMAGE;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function offer(release: Release, keys = [current], bytes = fresh): void {
  const text = bytesOf(release);
  server.files.set(description, text);
  server.files.set(`${description}.sig`, signatureOf(text, keys));
  server.files.set(name, bytes);
}

function open(more: Partial<UpdateParts> = {}): {
  readonly service: UpdateService;
  readonly views: UpdateView[];
} {
  const views: UpdateView[] = [];
  const service = createUpdates({
    mode: 'self',
    ring: 'general',
    automatic: true,
    current: '9.0.0',
    platform: 'linux-x64',
    kind: 'AppImage',
    keys: [current.trusted, next.trusted],
    source: webSource(server.url, httpFetch),
    memory: memoryFile(join(folder, 'updates'), () => 50),
    carrier: async () =>
      updaterTransport('AppImage', {}, () => undefined, application(folder, more.current ?? '9.0.0')),
    install: async (path, _release, file) => {
      await replaceAppImage(running, path, file);
      restarted += 1;
    },
    busy: async () => obstacles,
    changed: (view) => views.push(view),
    report: () => undefined,
    now: () => clock,
    ...more,
  });
  return { service, views };
}

const untouched = (): void => {
  expect(readFileSync(running)).toEqual(old);
  expect(readdirSync(folder).filter((one) => one.endsWith('.new'))).toEqual([]);
  expect(restarted).toBe(0);
};

async function codeAfterCheck(service: UpdateService): Promise<string | null> {
  await service.check();
  return service.view().code;
}

describe('a genuine release', () => {
  it('is downloaded, put in the old one’s place at the clerk’s word, and the old one is kept', async () => {
    offer(releaseOf());
    const { service, views } = open();
    await service.check();
    expect(service.view()).toMatchObject({ phase: 'ready', release: { version: '9.0.1' } });
    untouched();
    expect(await service.restart([])).toEqual([]);
    expect(readFileSync(running)).toEqual(fresh);
    expect(readFileSync(`${running}.previous`)).toEqual(old);
    expect(restarted).toBe(1);
    expect(views.map((view) => view.phase)).toContain('downloading');
  });

  it('comes from a folder by the same road', async () => {
    const stick = join(folder, 'stick');
    mkdirSync(stick);
    offer(releaseOf());
    for (const [file, bytes] of server.files) writeFileSync(join(stick, file), bytes);
    const { service } = open({ mode: 'offline', source: null });
    await service.check();
    expect(service.view().phase).toBe('idle');
    await service.lookInto(folderSource(stick));
    await service.take();
    expect(service.view().phase).toBe('ready');
    await service.restart([]);
    expect(readFileSync(running)).toEqual(fresh);
    service.close();
  });

  it('is only told of where IT installs', async () => {
    offer(releaseOf());
    const { service } = open({ mode: 'managed', kind: null });
    await service.check();
    await service.take();
    expect(service.view()).toMatchObject({ phase: 'offered', release: { version: '9.0.1' } });
    expect(server.asked).not.toContain(name);
    await expect(service.restart([])).rejects.toMatchObject({ code: 'update-not-ready' });
  });

  it('waits while anything is in the way, whoever knows of it', async () => {
    offer(releaseOf());
    const { service } = open();
    await service.check();
    obstacles = ['signing'];
    expect(await service.restart(['draft'])).toEqual(['draft', 'signing']);
    untouched();
    obstacles = [];
    expect(await service.restart([])).toEqual([]);
    expect(restarted).toBe(1);
  });

  it('brings only what changed; where ranges are unknown or a lie, the whole file, and it is the right one', async () => {
    const { appendBlockmap } = createRequire(import.meta.url)(
      'app-builder-lib/out/targets/differentialUpdateInfoBuilder.js',
    ) as { appendBlockmap(file: string): Promise<{ size: number; sha512: string; blockMapSize: number }> };
    const changed = Buffer.from(large);
    randomBytes(2000).copy(changed, 500_000);
    const made = join(folder, 'made');
    writeFileSync(made, changed);
    const one = await appendBlockmap(made);
    const bytes = readFileSync(made);
    for (const lie of ['none', 'no-ranges', 'wrong-ranges'] as const) {
      writeFileSync(running, large);
      await appendBlockmap(running);
      server.lie = lie;
      server.asked.length = 0;
      offer({ ...plain, files: [{ kind: 'AppImage', name, ...one }] }, [current], bytes);
      const { service } = open();
      await service.check();
      expect([lie, service.view().phase]).toEqual([lie, 'ready']);
      const whole = server.asked.filter((asked) => asked === name).length;
      expect([lie, whole]).toEqual([lie, lie === 'none' ? 0 : 1]);
      await service.restart([]);
      expect(readFileSync(running).equals(bytes)).toBe(true);
      rmSync(join(folder, 'cache'), { recursive: true });
      mkdirSync(join(folder, 'cache'));
    }
  });
});

describe('refused, with the old version untouched', () => {
  it('a description without a signature, and one by a key that this machine does not know', async () => {
    offer(releaseOf());
    server.files.delete(`${description}.sig`);
    const { service } = open();
    expect(await codeAfterCheck(service)).toBe('update-signature-missing');
    // Whoever owns the server changes everything together: without a key of ours it is worth nothing.
    const other = randomBytes(1000);
    offer(releaseOf({}, other), [stranger], other);
    expect(await codeAfterCheck(service)).toBe('update-signature-invalid');
    expect(server.asked).not.toContain(name);
    untouched();
  });

  it('a changed description and a signature of another one', async () => {
    offer(releaseOf());
    const changed = Buffer.from(String(server.files.get(description)).replace('9.0.1', '9.0.9'));
    server.files.set(description, changed);
    const { service } = open();
    expect(await codeAfterCheck(service)).toBe('update-signature-invalid');
    untouched();
  });

  it('one that is out of date', async () => {
    offer(releaseOf({ expires: '2026-11-09T00:00:00Z' }));
    const { service } = open();
    expect(await codeAfterCheck(service)).toBe('update-expired');
    untouched();
  });

  it('an older one that is shown again, also after a restart of the application', async () => {
    offer(releaseOf({ serial: 8, version: '9.0.0' }));
    expect(await codeAfterCheck(open().service)).toBeNull();
    offer(releaseOf({ serial: 7 }));
    expect(await codeAfterCheck(open().service)).toBe('update-replayed');
    untouched();
  });

  it('a package that is not what was signed', async () => {
    const other = Buffer.from(fresh);
    other[1000] = (other[1000] ?? 0) ^ 1;
    offer(releaseOf(), [current], other);
    const { service } = open();
    expect(await codeAfterCheck(service)).toBe('update-payload-changed');
    untouched();
  });

  it('a download that is cut, too short, or answered by errors; it can be tried again', async () => {
    offer(releaseOf());
    for (const [lie, code] of [
      ['cut', 'update-download-cut'],
      ['short', 'update-payload-changed'],
      ['errors', 'update-download-cut'],
    ] as const) {
      server.lie = lie;
      const { service } = open();
      expect([lie, await codeAfterCheck(service)]).toEqual([lie, code]);
      untouched();
      server.lie = 'none';
      await service.take();
      expect(service.view().phase).toBe('ready');
      rmSync(join(folder, 'cache'), { recursive: true });
      mkdirSync(join(folder, 'cache'));
    }
  });

  it('a server that leads to another host, in a circle, or that never ends', async () => {
    offer(releaseOf());
    for (const lie of ['away', 'circle'] as const) {
      server.lie = lie;
      const asked = server.asked.length;
      expect([lie, await codeAfterCheck(open().service)]).toEqual([lie, 'update-unreachable']);
      expect(server.asked.length - asked).toBeLessThan(10);
    }
    server.lie = 'none';
    const { service } = open({ automatic: false });
    await service.check();
    for (const [lie, code] of [
      ['away', 'update-download-cut'],
      ['circle', 'update-download-cut'],
      ['endless', 'update-payload-changed'],
    ] as const) {
      server.lie = lie;
      const asked = server.asked.length;
      await service.take();
      expect([lie, service.view().code]).toEqual([lie, code]);
      expect(server.asked.length - asked).toBeLessThan(20);
      untouched();
    }
  });

  it('a description that is too large, packed, or followed by more', async () => {
    offer(releaseOf());
    const text = server.files.get(description) ?? Buffer.alloc(0);
    for (const [bytes, code] of [
      [Buffer.alloc(mostReleaseBytes + 1), 'update-unreachable'],
      [gzipSync(Buffer.alloc(10_000_000)), 'update-signature-invalid'],
      [Buffer.concat([text, Buffer.from(' ')]), 'update-signature-invalid'],
    ] as const) {
      server.files.set(description, bytes);
      expect(await codeAfterCheck(open().service)).toBe(code);
      untouched();
    }
  });

  it('a link put in the place of the download', async () => {
    offer(releaseOf());
    const { service } = open();
    await service.check();
    const pending = join(folder, 'cache/van-thu-updater/pending', name);
    writeFileSync(join(folder, 'other'), 'something else');
    rmSync(pending);
    symlinkSync(join(folder, 'other'), pending);
    await service.restart([]);
    expect(service.view()).toMatchObject({ phase: 'failed', code: 'update-payload-changed' });
    untouched();
  });

  it('a restart that cannot be written down, which is told and can be tried again', async () => {
    offer(releaseOf());
    const real = memoryFile(join(folder, 'updates'), () => 50);
    let full = false;
    const write: typeof real.write = async (memory) => {
      if (full) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      return real.write(memory);
    };
    const { service } = open({ memory: { ...real, write } });
    await service.check();
    full = true;
    await service.restart([]);
    expect(service.view()).toMatchObject({ phase: 'failed', code: 'update-disk-full' });
    untouched();
    full = false;
    await service.check();
    await service.restart([]);
    expect(restarted).toBe(1);
  });

  it('a file that was changed between download and restart', async () => {
    offer(releaseOf());
    const { service } = open();
    await service.check();
    const pending = join(folder, 'cache/van-thu-updater/pending', name);
    expect(existsSync(pending)).toBe(true);
    writeFileSync(pending, 'something else');
    await service.restart([]);
    expect(service.view()).toMatchObject({ phase: 'failed', code: 'update-payload-changed' });
    untouched();
  });

  it('a source that cannot be asked', async () => {
    const { service } = open({ source: webSource('http://127.0.0.1:1/', httpFetch) });
    expect(await codeAfterCheck(service)).toBe('update-unreachable');
    untouched();
  });
});

describe('after the restart', () => {
  it('tells once where it came from', async () => {
    offer(releaseOf());
    const { service } = open();
    await service.check();
    await service.restart([]);
    const after = open({ current: '9.0.1' }).service;
    await after.start();
    expect(after.view()).toMatchObject({ phase: 'idle', updatedFrom: '9.0.0' });
    const later = open({ current: '9.0.1' }).service;
    await later.start();
    expect(later.view().updatedFrom).toBeNull();
  });

  it('says that the old version came up again, and does not try that one a second time', async () => {
    offer(releaseOf());
    const { service } = open();
    await service.check();
    await service.restart([]);
    const after = open().service;
    await after.start();
    expect(after.view()).toMatchObject({ phase: 'failed', code: 'update-not-applied' });
    server.asked.length = 0;
    expect(await codeAfterCheck(after)).toBe('update-not-applied');
    expect(server.asked).not.toContain(name);
    offer(releaseOf({ serial: 6, version: '9.0.2' }));
    await after.check();
    expect(after.view()).toMatchObject({ phase: 'ready', release: { version: '9.0.2' } });
  });

  it('goes back to an older version only by a signed order', async () => {
    offer(releaseOf({ serial: 9, version: '9.0.0', rollbackFrom: ['9.0.1'] }));
    const { service } = open({ current: '9.0.1' });
    await service.check();
    expect(service.view()).toMatchObject({ phase: 'ready', release: { version: '9.0.0', rollback: true } });
    offer(releaseOf({ serial: 10, version: '8.0.0' }));
    expect(await codeAfterCheck(open({ current: '9.0.1' }).service)).toBe('update-replayed');
  });

  it('tells of the deadline of a security release when it is over', async () => {
    offer(releaseOf({ staged: 0, deadline: '2026-11-12T00:00:00Z' }));
    const { service } = open();
    await service.check();
    expect(service.view().overdue).toBe(false);
    clock = new Date('2026-11-13T00:00:00Z');
    expect(service.view().overdue).toBe(true);
  });
});
