// The criteria S2 to S11 of SECURITY.md, on the real window.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../preload/contract/ids';
import { closeDisplay, familyOf, launchDesk, type RunningDesk, stateFolder } from '../desk/launch';
import { openSandbox, type Sandbox, writeProfile } from '../sandbox/sandbox';

let sandbox: Sandbox;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  const folder = stateFolder('sandbox-security');
  mkdirSync(stateFolder(''), { recursive: true });
  sandbox = await openSandbox({ folder, programs: resolve('out/sandbox'), today: dayOf(new Date()) });
  const profile = join(folder, 'profile-security');
  rmSync(profile, { recursive: true, force: true });
  writeProfile(folder, {
    folder: profile,
    profile: 'clerk',
    endpoint: sandbox.endpoint,
    systemId: sandbox.record.systemId,
    secretFrom: 'VAN_THU_HUB_SECRET',
    plainHttpHosts: ['127.0.0.1'],
    syncSeconds: 3600,
  });
  desk = await launchDesk({ profile, env: sandbox.env });
  page = desk.page;
});

afterAll(async () => {
  await desk?.quit();
  await sandbox?.stop();
  await closeDisplay();
});

/** Runs text in the page and gives what it resolves to, or the name of what it threw. */
function inPage(script: string): Promise<unknown> {
  return page.evaluate(
    `(async () => { try { return await (${script}); } catch (e) { return 'threw ' + e.name; } })()`,
  );
}

describe('every window', () => {
  it('is sandboxed, isolated and without Node (S2)', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences.length).toBeGreaterThan(0);
    for (const one of preferences) {
      expect(one).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      });
    }
    expect(await inPage('[typeof require, typeof process, typeof module]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
  });

  it('runs its page in a process with a system-call filter and no new privileges (S2, from /proc)', () => {
    const renderers = familyOf(desk.pid).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
      } catch {
        return false;
      }
    });
    expect(renderers.length).toBeGreaterThan(0);
    for (const pid of renderers) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      expect(status).toMatch(/Seccomp:\s+2/);
      expect(status).toMatch(/NoNewPrivs:\s+1/);
    }
    expect(process.getuid?.()).not.toBe(0);
  });
});

describe('the page', () => {
  it('has the one origin app://desk and cannot read files (S3)', async () => {
    expect(await inPage('Promise.resolve(location.origin)')).toBe('app://desk');
    expect(await inPage("fetch('file:///etc/hostname').then((r) => r.status)")).toMatch(/^threw/);
  });

  it('gets blobs as bytes in ranges only, and never runs one (S3)', async () => {
    const name = 'a'.repeat(64);
    expect(await inPage(`fetch('app://blob/${name}').then((r) => r.status)`)).toBe(404);
    expect(await inPage(`fetch('app://blob/..%2f..%2fetc%2fpasswd').then((r) => r.status)`)).toBe(403);
    expect(
      await inPage(
        `new Promise((done) => { const w = new Worker('app://blob/${name}'); w.onerror = () => done('refused'); w.onmessage = () => done('ran'); })`,
      ),
    ).toMatch(/refused|threw/);
  });

  it('cannot leave the folder of its assets (S4)', async () => {
    for (const path of [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/index.cjs',
      '/..%5c..%5cx',
      '/a%00b',
      '/C:/x',
      '/.built',
    ]) {
      expect(await inPage(`fetch('app://desk${path}').then((r) => r.status)`), path).not.toBe(200);
    }
    for (const host of ['pin', 'unlock', 'evil']) {
      expect(await inPage(`fetch('app://${host}/index.html').then((r) => r.status)`), host).not.toBe(200);
    }
  });

  it('runs no inline script, no eval, and loads nothing from elsewhere (S5)', async () => {
    expect(await inPage("Promise.resolve(new Function('return 1')())")).toBe('threw EvalError');
    expect(await inPage("Promise.resolve((0, eval)('1'))")).toBe('threw EvalError');
    const ran = await inPage(`new Promise((done) => {
      const script = document.createElement('script');
      script.textContent = 'window.__inline = true';
      document.head.append(script);
      setTimeout(() => done(window.__inline === true), 200);
    })`);
    expect(ran).toBe(false);
    const image = await inPage(`new Promise((done) => {
      const image = new Image();
      image.onload = () => done('loaded');
      image.onerror = () => done('refused');
      image.src = 'http://127.0.0.1:${sandbox.record.pkiPort}/x.png';
    })`);
    expect(image).toBe('refused');
    const style = await inPage(`new Promise((done) => {
      const style = document.createElement('style');
      style.textContent = ':root { --injected: 1 }';
      document.head.append(style);
      setTimeout(() => done(getComputedStyle(document.documentElement).getPropertyValue('--injected')), 100);
    })`);
    expect(style).toBe('');
  });

  it('has no network: fetch, WebSocket, event source, beacon, WebRTC, prefetch and ping reach nobody (S6)', async () => {
    const { createServer } = await import('node:http');
    let asked = 0;
    const server = createServer((_request, answer) => {
      asked += 1;
      answer.end('x');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = `127.0.0.1:${port}`;
    expect(await inPage(`fetch('http://${url}/').then((r) => r.status)`)).toMatch(/^threw/);
    expect(await inPage(`fetch('http://${url}/', { mode: 'no-cors' }).then((r) => r.type)`)).toMatch(
      /^threw/,
    );
    expect(
      await inPage(
        `new Promise((done) => { try { const s = new WebSocket('ws://${url}/'); s.onopen = () => done('open'); s.onerror = () => done('refused'); } catch (e) { done('refused'); } })`,
      ),
    ).toBe('refused');
    expect(
      await inPage(
        `new Promise((done) => { const s = new EventSource('http://${url}/'); s.onopen = () => done('open'); s.onerror = () => done('refused'); })`,
      ),
    ).toMatch(/refused|threw/);
    await inPage(`Promise.resolve(navigator.sendBeacon('http://${url}/', 'x'))`);
    await inPage(`(async () => {
      const link = document.createElement('link');
      link.rel = 'prefetch';
      link.href = 'http://${url}/';
      document.head.append(link);
      const anchor = document.createElement('a');
      anchor.href = '#';
      anchor.ping = 'http://${url}/';
      document.body.append(anchor);
      anchor.click();
    })()`);
    const candidates = await inPage(`(async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${url}' }] });
      peer.createDataChannel('x');
      const found = [];
      peer.onicecandidate = (e) => { if (e.candidate) found.push(e.candidate.candidate); };
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((done) => setTimeout(done, 500));
      return found.filter((one) => / (srflx|relay) /.test(one)).length;
    })()`);
    expect(candidates).toBe(0);
    expect(asked).toBe(0);
    await new Promise<void>((done) => server.close(() => done()));
  });

  it('stays on its own address (S7)', async () => {
    for (const target of [
      'http://x/?next=app://desk',
      'https://example.invalid/',
      'app://pin/pin.html',
      'file:///etc/passwd',
      'about:blank',
    ]) {
      await inPage(`Promise.resolve(void (location.href = ${JSON.stringify(target)}))`);
      expect(await inPage('Promise.resolve(location.href)'), target).toContain('app://desk/index.html');
    }
    expect(await inPage("Promise.resolve(window.open('app://desk/index.html'))")).toBeNull();
    const windows = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
  });

  it('is denied every permission it asks for but writing to the clipboard (S9)', async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
    ];
    for (const name of names) {
      const state = await inPage(`navigator.permissions.query({ name: '${name}' }).then((p) => p.state)`);
      expect(state, name).not.toBe('granted');
    }
    expect(await inPage('navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "given")')).toMatch(
      /^threw/,
    );
    expect(await inPage('navigator.usb ? navigator.usb.getDevices().then((d) => d.length) : 0')).toBe(0);
  });

  it('sees a frozen API of functions and nothing of Electron (S11)', async () => {
    expect(
      await inPage(
        'Promise.resolve(Object.isFrozen(window.desk) && Object.values(window.desk).every(Object.isFrozen))',
      ),
    ).toBe(true);
    expect(
      await inPage(
        "Promise.resolve(['ipcRenderer', 'electron', 'webFrame'].filter((n) => n in window || n in window.desk))",
      ),
    ).toEqual([]);
    await inPage('Promise.resolve(void (window.desk = { hub: null }))');
    expect(await inPage('Promise.resolve(typeof window.desk.hub.list)')).toBe('function');
    const tampered = await inPage(`(async () => {
      const before = Array.prototype.includes;
      Array.prototype.includes = () => true;
      Object.prototype.kind = 'document';
      try { return await window.desk.hub.list({ kind: 'nonsense' }); } finally { Array.prototype.includes = before; delete Object.prototype.kind; }
    })()`);
    expect(tampered).toMatchObject({ ok: false, code: 'call-refused' });
  });

  it('is answered with a code for junk, and never with a stack (S10)', async () => {
    const answer = await inPage('window.desk.hub.receive({ docId: 5, extra: true })');
    expect(answer).toMatchObject({ ok: false, code: 'call-refused' });
    expect(JSON.stringify(answer)).not.toMatch(/at .*\(/);
  });

  it('has no record key it could export', async () => {
    const found = await inPage(`(async () => {
      const databases = await indexedDB.databases();
      return databases.map((one) => one.name);
    })()`);
    expect(Array.isArray(found)).toBe(true);
  });
});
