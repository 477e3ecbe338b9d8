// The record of a demonstration: each step with its time and code, and the pictures. It drives nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export interface EvidenceStep {
  readonly name: string;
  readonly at: string;
  readonly ms: number;
  readonly ok: boolean;
  readonly code: string;
}

/** A step that could not be done because the other side offered nothing for it: no failure. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
}

/** A picture shows the page that is open, not the moment before it was drawn; one that is never drawn is shown so. */
async function pageDrawn(page: Page): Promise<void> {
  const drawn = (): boolean => {
    const viewer = document.querySelector('[data-testid="viewer"]');
    if (viewer === null) return true;
    return viewer.getAttribute('aria-busy') !== 'true' && viewer.querySelector('canvas') !== null;
  };
  await page.waitForFunction(drawn, undefined, { timeout: 5000 }).catch(() => undefined);
}

export class Evidence {
  readonly steps: EvidenceStep[] = [];
  private pictures = 0;

  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'parts'), { recursive: true });
  }

  /** Where everything lies that is neither a picture nor one of the three files. */
  part(name: string): string {
    return join(this.folder, 'parts', name);
  }

  file(name: 'signed.pdf' | 'sent.edxml' | 'evidence.json'): string {
    return join(this.folder, name);
  }

  /** Runs one step. A failure is recorded and thrown on, so that the rest is not shown on sand. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    const start = Date.now();
    const record = (ok: boolean, code: string): void => {
      this.steps.push({ name, at: new Date(start).toISOString(), ms: Date.now() - start, ok, code });
      this.write();
      process.stderr.write(`${ok ? 'đạt ' : 'HỎNG'} ${name}${code === '' ? '' : ` (${code})`}\n`);
    };
    try {
      const value = await work();
      record(true, '');
      return value;
    } catch (error) {
      if (error instanceof NotOffered) {
        record(true, 'not-offered');
        return null;
      }
      record(
        false,
        error instanceof Error ? (error.message.split('\n')[0]?.slice(0, 200) ?? 'error') : 'error',
      );
      throw error;
    }
  }

  /** A picture of a window, numbered in the order of the story. */
  async picture(page: Page, name: string): Promise<void> {
    this.pictures += 1;
    await pageDrawn(page);
    const file = `${String(this.pictures).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(this.folder, file) });
  }

  write(): void {
    writeFileSync(this.file('evidence.json'), `${JSON.stringify({ steps: this.steps }, null, 2)}\n`);
  }
}
