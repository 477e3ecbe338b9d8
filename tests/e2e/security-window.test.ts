// Criteria of SECURITY.md on windows and processes: S2 (sandbox), S25 (one instance), S26 (the PIN window), S7 (navigation).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { waitForDesk } from '../desk/actions';
import { closeDisplay, familyOf, type RunningDesk, sharedDisplay } from '../desk/launch';
import { inPage } from './support/in-page';
import { openWorld, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'security-window' });
  desk = await world.launch();
  page = desk.page;
  await waitForDesk(page);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** Runs text in the desk's window by main, after a gesture; 'gone' while the window is between two pages. */
function inMain(script: string): Promise<unknown> {
  return desk.app.evaluate(
    ({ BrowserWindow }, text) =>
      BrowserWindow.getAllWindows()[0]
        ?.webContents.executeJavaScript(text, true)
        .catch(() => 'gone'),
    script,
  );
}

/** What main does about the navigation that a text starts. */
function noticed(script: string): Promise<string> {
  return desk.app.evaluate(({ BrowserWindow }, text) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    return new Promise<string>((done) => {
      contents?.once('will-frame-navigate', () => done('refused'));
      contents?.once('did-navigate', () => done('brought back'));
      contents?.executeJavaScript(text, true).catch(() => undefined);
    });
  }, script);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}

describe('every window', () => {
  it('is sandboxed, isolated and without Node, in the page and in a worker (S2)', async () => {
    const preferences = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        const contents = window.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
    );
    expect(preferences).toHaveLength(1);
    for (const one of preferences) {
      expect(one).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
      });
      // Electron leaves these out of its answer when they are off.
      for (const name of ['nodeIntegrationInWorker', 'navigateOnDragDrop', 'spellcheck'])
        expect(one[name] ?? false).toBe(false);
    }
    const node = '[typeof require, typeof process, typeof module, typeof Buffer]';
    expect(await inPage(page, node)).toEqual(['undefined', 'undefined', 'undefined', 'undefined']);
    const spell = await desk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.session.isSpellCheckerEnabled()),
    );
    expect(spell).toEqual([false]);
  });

  it('runs its page in a process with a system-call filter and no new privileges (S2, from /proc)', () => {
    const renderers = familyOf(desk.pid).filter((pid) => commandLine(pid).includes('--type=renderer'));
    expect(renderers.length).toBeGreaterThan(0);
    for (const pid of renderers) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      expect(status).toMatch(/Seccomp:\s+2/);
      expect(status).toMatch(/NoNewPrivs:\s+1/);
    }
    for (const pid of familyOf(desk.pid)) expect(commandLine(pid)).not.toContain('\0--no-sandbox');
    expect(process.getuid?.()).not.toBe(0);
  });
});

describe('the desk’s window', () => {
  const addresses = [
    'http://x/?next=app://desk',
    'https://example.invalid/',
    'app://pin/pin.html',
    'app://desk.evil/index.html',
    'app://desk/app.js',
    `app://blob/${'a'.repeat(64)}`,
    'file:///etc/passwd',
    'data:text/html,<h1>x</h1>',
    'about:blank',
    'javascript:void(document.title = "taken")',
  ];

  const own = 'app://desk/index.html';

  for (const address of addresses) {
    it(`stays on its page when told to go to ${address} (S7)`, async () => {
      // By main and not by the driver: the driver waits for ever for a navigation that was refused.
      const click = `{ const link = document.createElement('a'); link.href = ${JSON.stringify(address)}; document.body.append(link); link.click(); link.remove(); }`;
      // Chromium itself or the page's policy stops these: no navigation begins.
      if (/^(file|data|javascript):/.test(address)) await inMain(click);
      else expect(await noticed(click)).toBe(address === 'about:blank' ? 'brought back' : 'refused');
      const shown = `[location.href, document.title, document.querySelector('[data-testid="${testIds.app}"]') !== null]`;
      await expect.poll(() => inMain(shown), { timeout: 20_000 }).toEqual([own, 'Văn Thư', true]);
    });
  }

  it('opens no second window and no frame (S7)', async () => {
    for (const address of ['app://desk/index.html', 'https://example.invalid/', 'about:blank']) {
      expect(await inPage(page, `window.open(${JSON.stringify(address)})`)).toBeNull();
    }
    const frame = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      const frame = document.createElement('iframe');
      frame.src = 'app://desk/index.html';
      document.body.append(frame);
    })`;
    expect(await inPage(page, frame)).toBe('frame-src');
    const windows = await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    expect(windows).toBe(1);
    await page.reload();
    await waitForDesk(page);
  });

  it('is one: a second start of the same profile ends by itself and shows the first window (S25)', async () => {
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const { name } = await sharedDisplay();
    const electron = process.env.VAN_THU_ELECTRON ?? '';
    const args = [resolve('.'), `--profile=${world.profile}`, 'app://pin/pin.html', '--open=javascript:1'];
    const env = { ...world.env, DISPLAY: name, PATH: process.env.PATH, HOME: process.env.HOME };
    const second = spawn(electron, args, { env, stdio: 'ignore' });
    const [code] = (await once(second, 'exit', { signal: AbortSignal.timeout(60_000) })) as [number | null];
    expect(code).toBe(0);
    const shown = () =>
      desk.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => `${window.isVisible()} ${window.webContents.getURL()}`),
      );
    await expect
      .poll(shown, { timeout: 30_000 })
      .toEqual([expect.stringMatching(/^true app:\/\/desk\/index/)]);
  });
});
