// A display for a machine without one: an Xvfb of our own. It starts nothing when there is a display already.
import { type ChildProcess, spawn } from 'node:child_process';

export interface Display {
  readonly name: string;
  readonly virtual: boolean;
  stop(): void;
}

/** The present display, or a new virtual one of 1366 x 768 by default. */
export function openDisplay(size = '1366x768', force = false): Promise<Display> {
  const present = process.env.DISPLAY;
  if (!force && present !== undefined && present !== '') {
    return Promise.resolve({ name: present, virtual: false, stop: () => undefined });
  }
  return new Promise((resolve, reject) => {
    const server: ChildProcess = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp', '-noreset'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    );
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${String(code)}`)));
    let text = '';
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      resolve({ name: `:${text.trim()}`, virtual: true, stop: () => server.kill() });
    });
  });
}
