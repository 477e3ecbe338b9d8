// Criteria of SECURITY.md on what the page of the desk can reach: S3 (origin and blobs), S4 (assets), S5 (policy), S6 (network).
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitForDesk } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { inPage } from './support/in-page';
import { openWorld, type World } from './support/world';

let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'security-page' });
  desk = await world.launch();
  page = desk.page;
  await waitForDesk(page);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

/** Stores bytes as a file of the desk; gives the name of the blob. */
async function stored(text: string): Promise<string> {
  const sha = await inPage(
    page,
    `(async () => {
      const bytes = new TextEncoder().encode(${JSON.stringify(text)});
      const begun = await window.desk.files.begin({ name: 'a.js', size: bytes.length });
      const { upload } = begun.value;
      const step = 1 << 20;
      for (let at = 0; at < bytes.length; at += step) {
        await window.desk.files.append({ upload, bytes: bytes.slice(at, at + step) });
      }
      const done = await window.desk.files.finish({ upload });
      return done.ok ? done.value.sha256 : done.code;
    })()`,
  );
  expect(sha).toMatch(/^[0-9a-f]{64}$/);
  return String(sha);
}

describe('the page', () => {
  it('has the one origin app://desk and cannot read files (S3)', async () => {
    expect(await inPage(page, 'location.origin')).toBe('app://desk');
    expect(await inPage(page, 'isSecureContext')).toBe(true);
    for (const address of ['file:///etc/hostname', 'file:///proc/self/environ']) {
      expect(await inPage(page, `fetch('${address}').then((r) => r.status)`)).toMatch(/^threw/);
    }
  });

  it('gets blobs as bytes in ranges of at most 1 MiB, and never runs one (S3)', async () => {
    const name = await stored('window.__ran = true; self.postMessage?.("ran")');
    const look = (header: string) =>
      inPage(
        page,
        `fetch('app://blob/${name}', { headers: ${header} }).then(async (r) => [r.status, r.headers.get('content-type'), (await r.text()).slice(0, 6)])`,
      );
    expect(await look("{ range: 'bytes=0-99' }")).toEqual([206, 'application/octet-stream', 'window']);
    const several = `fetch('app://blob/${name}?ranges=7-9,0-5').then(async (r) => [r.status, r.headers.get('content-type'), await r.text()])`;
    expect(await inPage(page, several)).toEqual([206, 'application/octet-stream', '__rwindow']);
    const whole = (await look('{}')) as unknown[];
    expect(whole[0]).not.toBe(200);
    const big = await stored('x'.repeat(3 * 1024 * 1024));
    const length = await inPage(
      page,
      `fetch('app://blob/${big}', { headers: { range: 'bytes=0-3145727' } }).then(async (r) => [r.status, (await r.arrayBuffer()).byteLength])`,
    );
    expect(length).toEqual([206, 1024 * 1024]);
    for (const address of [`app://blob/${name}`, `app://blob/${name}?ranges=0-42`]) {
      const asScript = `new Promise((done) => {
        const script = document.createElement('script');
        script.onload = () => done('loaded');
        script.onerror = () => done('refused');
        script.src = '${address}';
        document.head.append(script);
      })`;
      expect(await inPage(page, asScript)).toBe('refused');
      const asWorker = `new Promise((done) => {
        const worker = new Worker('${address}');
        worker.onerror = () => done('refused');
        worker.onmessage = () => done('ran');
      })`;
      expect(await inPage(page, asWorker)).toMatch(/refused|threw/);
      const asModule = `import('${address}').then(() => 'ran')`;
      expect(await inPage(page, asModule)).toMatch(/^threw/);
    }
    expect(await inPage(page, 'window.__ran ?? false')).toBe(false);
  });

  it('cannot leave the folder of its assets, nor reach another host (S4)', async () => {
    expect(await inPage(page, "fetch('app://desk/app.js').then((r) => r.status)")).toBe(200);
    const outside = [
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/index.cjs',
      '/..%5c..%5cx',
      '/a%00b',
      '/C:/x',
      '//etc/passwd',
      '/pin/..%2f..%2fmain/index.cjs',
      '/.built',
    ];
    for (const path of outside) {
      expect(await inPage(page, `fetch('app://desk${path}').then((r) => r.status)`), path).not.toBe(200);
    }
    expect(await inPage(page, `fetch('app://blob/..%2f..%2fetc%2fpasswd').then((r) => r.status)`)).not.toBe(
      200,
    );
    for (const host of ['pin', 'unlock', 'evil']) {
      expect(await inPage(page, `fetch('app://${host}/index.html').then((r) => r.status)`), host).not.toBe(
        200,
      );
    }
  });

  it('runs no inline script, no handler, no eval, and takes no style or image from elsewhere (S5)', async () => {
    expect(await inPage(page, "new Function('return 1')()")).toBe('threw EvalError');
    expect(await inPage(page, "(0, eval)('1')")).toBe('threw EvalError');
    const inline = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      const script = document.createElement('script');
      script.textContent = 'window.__inline = true';
      document.head.append(script);
      if (window.__inline === true) done('ran');
    })`;
    expect(await inPage(page, inline)).toBe('script-src-elem');
    const handler = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.__inline = true');
      button.click();
      if (window.__inline === true) done('ran');
    })`;
    expect(await inPage(page, handler)).toBe('script-src-attr');
    const style = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      const style = document.createElement('style');
      style.textContent = ':root { --injected: 1 }';
      document.head.append(style);
      if (getComputedStyle(document.documentElement).getPropertyValue('--injected') !== '') done('applied');
    })`;
    expect(await inPage(page, style)).toBe('style-src-elem');
    const image = `new Promise((done) => {
      const image = new Image();
      image.onload = () => done('loaded');
      image.onerror = () => done('refused');
      image.src = 'http://127.0.0.1:${world.sandbox.record.pkiPort}/x.png';
    })`;
    expect(await inPage(page, image)).toBe('refused');
    const form = `new Promise((done) => {
      addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
      const form = document.createElement('form');
      form.action = 'app://desk/index.html';
      document.body.append(form);
      form.submit();
    })`;
    expect(await inPage(page, form)).toBe('form-action');
  });

  it('has no network: nothing it tries reaches a listening port, by TCP or UDP (S6)', async () => {
    const reached: string[] = [];
    const tcp = createServer((socket) => {
      reached.push('tcp');
      socket.end();
    });
    await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
    const address = tcp.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const udp = createSocket('udp4', () => undefined).on('message', () => reached.push('udp'));
    await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
    const url = `127.0.0.1:${port}`;

    expect(await inPage(page, `fetch('http://${url}/').then((r) => r.status)`)).toMatch(/^threw/);
    const opaque = `fetch('http://${url}/', { mode: 'no-cors' }).then((r) => r.type)`;
    expect(await inPage(page, opaque)).toMatch(/^threw/);
    const socket = `new Promise((done) => { const s = new WebSocket('ws://${url}/'); s.onopen = () => done('open'); s.onerror = () => done('refused'); })`;
    expect(await inPage(page, socket)).toMatch(/refused|threw/);
    const events = `new Promise((done) => { const s = new EventSource('http://${url}/'); s.onopen = () => done('open'); s.onerror = () => done('refused'); })`;
    expect(await inPage(page, events)).toMatch(/refused|threw/);
    await inPage(page, `navigator.sendBeacon('http://${url}/', 'x')`);
    const hints = `(() => {
      for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'preload', 'modulepreload', 'stylesheet', 'manifest', 'prerender']) {
        const link = document.createElement('link');
        link.rel = rel;
        link.as = 'script';
        link.href = 'http://${url}/';
        document.head.append(link);
      }
      const anchor = document.createElement('a');
      anchor.href = '#';
      anchor.ping = 'http://${url}/';
      document.body.append(anchor);
      anchor.click();
    })()`;
    await inPage(page, hints);
    const webrtc = `(async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${url}' }, { urls: 'turn:${url}?transport=tcp', username: 'a', credential: 'b' }] });
      peer.createDataChannel('x');
      const found = [];
      const gathered = new Promise((done) => { peer.onicegatheringstatechange = () => { if (peer.iceGatheringState === 'complete') done(); }; });
      peer.onicecandidate = (e) => { if (e.candidate) found.push(e.candidate.candidate); };
      await peer.setLocalDescription(await peer.createOffer());
      await gathered;
      return found.filter((one) => / (srflx|relay) /.test(one)).length;
    })()`;
    expect(await inPage(page, webrtc)).toBe(0);
    expect(reached).toEqual([]);
    udp.close();
    await new Promise<void>((done) => tcp.close(() => done()));
  });
});
