// Finds the desk's page again after its process died: the driver gives up a page that crashed, so a fresh one is taken over
// the same debugging port. It starts and ends nothing.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';

/** TCP ports a process listens on, from /proc. */
export function listeningPorts(pid: number): number[] {
  const inodes = new Set<string>();
  for (const name of readdirSync(`/proc/${pid}/fd`)) {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    } catch (error) {
      // A descriptor that was closed meanwhile listens on nothing.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  const listening = '0A';
  return readFileSync(`/proc/${pid}/net/tcp`, 'utf8')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listening && inodes.has(fields[9] ?? ''))
    .map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '', 16));
}

async function debuggingAddress(pid: number): Promise<string> {
  for (const port of listeningPorts(pid)) {
    const address = `http://127.0.0.1:${port}`;
    const answer = await fetch(`${address}/json/version`, { signal: AbortSignal.timeout(5000) });
    const { Browser: name } = (await answer.json()) as { readonly Browser?: string };
    if (name?.startsWith('Chrome/') === true) return address;
  }
  throw new Error(`process ${pid} has no debugging port`);
}

/** The desk's page over a connection of its own; close the browser to let go of it. Waits while the page is on its way back. */
export async function takePage(pid: number): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const end = Date.now() + 30_000;
  const address = await debuggingAddress(pid);
  for (;;) {
    const browser = await chromium.connectOverCDP(address, {
      timeout: 30_000,
      // Electron refuses the settings a browser takes.
      noDefaults: true,
      isLocal: true,
    });
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((one) => one.url().startsWith('app://desk/'));
    if (page !== undefined) return { browser, page };
    await browser.close();
    if (Date.now() > end) throw new Error('the desk has no page');
    await pause(100);
  }
}
