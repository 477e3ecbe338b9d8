// Criteria of SECURITY.md on what main gives the page: S9 (permissions and devices), S10 (calls), S11 (the bridge), the record key.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNames } from '../../preload/names';
import { waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { inPage, withGesture } from './support/in-page';
import { openWorld, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'security-api' });
  desk = await world.launch();
  page = desk.page;
  await waitForDesk(page);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

describe('permissions', () => {
  it('are denied by name, one and all (S9)', async () => {
    const names = [
      ...['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'],
      ...['persistent-storage', 'screen-wake-lock', 'storage-access', 'window-management', 'local-fonts'],
      ...['accelerometer', 'gyroscope', 'magnetometer', 'idle-detection', 'nfc', 'background-sync'],
    ];
    let asked = 0;
    for (const name of names) {
      const state = await inPage(
        page,
        `navigator.permissions.query({ name: '${name}' }).then((p) => p.state)`,
      );
      expect(state, name).not.toBe('granted');
      if (state === 'denied') asked += 1;
    }
    // Names this Chromium does not know throw: most must have been answered.
    expect(asked).toBeGreaterThan(8);
  });

  it('are denied when they are used, also after a key was pressed (S9)', async () => {
    const uses = [
      'navigator.mediaDevices.getUserMedia({ audio: true })',
      'navigator.mediaDevices.getDisplayMedia({ video: true })',
      'navigator.clipboard.readText()',
      'navigator.requestMIDIAccess()',
      'new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, () => fail(new Error())))',
      "Notification.requestPermission().then((given) => { if (given !== 'granted') throw new Error(); })",
      'document.body.requestPointerLock()?.then?.(() => undefined) ?? Promise.reject(new Error())',
    ];
    for (const use of uses) {
      expect(await withGesture(page, `Promise.resolve(${use}).then(() => 'given')`), use).toMatch(/^threw/);
    }
    expect(await withGesture(page, "navigator.clipboard.writeText('12/UBND').then(() => 'written')")).toBe(
      'written',
    );
  });

  it('give no device: USB, HID, serial, Bluetooth (S9)', async () => {
    const requests = [
      'navigator.usb.requestDevice({ filters: [] })',
      'navigator.hid.requestDevice({ filters: [] }).then((found) => { if (found.length === 0) throw new Error(); })',
      'navigator.serial.requestPort()',
      'navigator.bluetooth.requestDevice({ acceptAllDevices: true })',
    ];
    for (const request of requests) {
      expect(await withGesture(page, `Promise.resolve(${request}).then(() => 'given')`), request).toMatch(
        /^threw/,
      );
    }
    for (const one of ['navigator.usb', 'navigator.hid', 'navigator.serial']) {
      const ask = `(async () => (await (${one}.getDevices ?? ${one}.getPorts).call(${one})).length)()`;
      // Refused by the permissions policy before the session's handlers are even asked.
      expect(await inPage(page, ask), one).toBe('threw SecurityError');
    }
  });
});

describe('the bridge', () => {
  it('is frozen, holds the calls of the contract and nothing of Electron (S11)', async () => {
    const found = await inPage(
      page,
      `(() => Object.entries(window.desk).flatMap(([area, methods]) => Object.getOwnPropertyNames(methods).map((one) => area + '.' + one)).sort())()`,
    );
    expect(found).toEqual([...callNames, 'events.on'].sort());
    expect(
      await inPage(page, 'Object.isFrozen(window.desk) && Object.values(window.desk).every(Object.isFrozen)'),
    ).toBe(true);
    const leaks =
      "['ipcRenderer', 'electron', 'webFrame', 'process', 'require'].filter((n) => n in window || n in window.desk)";
    expect(await inPage(page, leaks)).toEqual([]);
    const replaced = `(() => {
      try { window.desk = { hub: null }; } catch { return typeof window.desk.hub.list; }
      try { delete window.desk; } catch { return typeof window.desk.hub.list; }
      return typeof window.desk?.hub?.list;
    })()`;
    expect(await inPage(page, replaced)).toBe('function');
  });

  it('hands events over as payloads, without an event object (S11)', async () => {
    const told = inPage(
      page,
      `new Promise((done) => window.desk.events.on('sync.tick', (...all) => done([all.length, Object.keys(all[0]).sort()])))`,
    );
    await inPage(page, 'window.desk.app.info({})');
    await desk.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
    expect(await told).toEqual([1, ['at', 'reason']]);
    const sneaked = `(() => { let called = 0; window.desk.events.on('van-thu:anything', () => { called += 1; }); return called; })()`;
    expect(await inPage(page, sneaked)).toBe(0);
  });

  it('refuses junk in every call with a code, whatever the page did to its prototypes, and never with a stack (S10, S11)', async () => {
    const answers = await inPage(
      page,
      `(async () => {
        const before = Array.prototype.includes;
        Array.prototype.includes = () => true;
        Object.prototype.kind = 'document';
        try {
          const answers = {};
          for (const [area, methods] of Object.entries(window.desk)) {
            if (area === 'events') continue;
            for (const method of Object.keys(methods)) {
              answers[area + '.' + method] = await methods[method]({ nonsense: 1, docId: 5 });
            }
          }
          return answers;
        } finally {
          Array.prototype.includes = before;
          delete Object.prototype.kind;
        }
      })()`,
    );
    const seen = Object.entries(answers as Record<string, { readonly ok: boolean; readonly code?: string }>);
    expect(seen.map(([name]) => name).sort()).toEqual([...callNames].sort());
    for (const [name, answer] of seen) {
      expect(answer, name).toMatchObject({ ok: false, code: 'call-refused' });
      expect(JSON.stringify(answer), name).not.toMatch(/at .*\(|\.cjs|\/out\//);
    }
  });

  it('refuses an input that is too large, too deep or strange, and lives on (S10)', async () => {
    const strange = [
      "{ docId: 'x'.repeat(5_000_000), kind: 'edoc' }",
      '(() => { let deep = {}; for (let i = 0; i < 5000; i += 1) deep = { deep }; return deep; })()',
      "{ docId: ['a'], kind: 'edoc' }",
      'JSON.parse(\'{"__proto__": {"docId": "a", "kind": "edoc"}}\')',
    ];
    for (const input of strange) {
      const answer = await inPage(
        page,
        `window.desk.hub.receive(${input}).then((one) => one.ok ? 'taken' : one.code)`,
      );
      expect(answer, input).toMatch(/^call-refused$|^threw/);
    }
    expect(await inPage(page, 'window.desk.app.info({}).then((one) => one.ok)')).toBe(true);
  });

  it('gives the record key as a CryptoKey that cannot be exported', async () => {
    await page.addInitScript(() => {
      window.addEventListener('message', (event) => {
        const { data } = event as MessageEvent<{ type?: string; key?: CryptoKey }>;
        if (data?.type === 'van-thu:record-key')
          (window as unknown as { __key: CryptoKey | undefined }).__key = data.key;
      });
    });
    await page.reload();
    // A function: the page's policy lets nobody evaluate a text in it.
    await page.waitForFunction(
      () => (window as unknown as { __key: CryptoKey | undefined }).__key instanceof CryptoKey,
    );
    expect(await inPage(page, '[window.__key.extractable, window.__key.usages]')).toEqual([
      false,
      ['encrypt', 'decrypt'],
    ]);
    for (const format of ['raw', 'jwk']) {
      expect(await inPage(page, `crypto.subtle.exportKey('${format}', window.__key)`)).toBe(
        'threw InvalidAccessError',
      );
    }
  });
});
