// A folder on a real disk for the tests of the hub of folders, a disk that fails on order, and a clock that they move.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { bytesSource } from '../../../preload/contract/byte-source';
import type { Hub } from '../hub';
import { inspectPackage } from '../inspect-package';
import { createFolderHub } from './client';
import { type Disk, nodeDisk } from './disk';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../tests/fixtures/edxml/${name}`, import.meta.url));
export const document = fixture('edoc_new.edxml');
export const status = fixture('status_01.edxml');
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The folder and the time of the test that runs. */
export const bench = { root: '', time: 0 };

/** A fresh folder for each test of the file that calls this. */
export function freshFolder(): void {
  beforeEach(() => {
    bench.root = mkdtempSync(join(tmpdir(), 'folder-'));
    for (const name of ['in', 'out']) mkdirSync(join(bench.root, name));
    bench.time = 0;
  });
  afterEach(() => {
    chmodSync(join(bench.root, 'in'), 0o755);
    rmSync(bench.root, { recursive: true, force: true });
  });
}

interface Wish {
  readonly disk?: Partial<Disk>;
  readonly systemId?: string;
  readonly byReceiver?: boolean;
  readonly inbox?: string;
  readonly outbox?: string;
  readonly done?: string;
  readonly answerMs?: number;
  readonly maxPackageBytes?: number;
}

export function hub(wish: Wish = {}): Hub {
  return createFolderHub({
    root: bench.root,
    inbox: join(bench.root, wish.inbox ?? 'in'),
    outbox: join(bench.root, wish.outbox ?? 'out'),
    done: join(bench.root, wish.done ?? 'done'),
    byReceiver: wish.byReceiver ?? false,
    systemId: wish.systemId ?? 'H37',
    disk: { ...nodeDisk, ...wish.disk },
    inspect: inspectPackage,
    maxPackageBytes: wish.maxPackageBytes ?? 10_000_000,
    settleMs: 1000,
    clock: () => bench.time,
    answerMs: wish.answerMs ?? 60_000,
  });
}

export function request(bytes: Uint8Array, kind: 'edoc' | 'status', to: readonly string[]) {
  return { source: bytesSource(bytes), sha256: sha256(bytes), kind, from: 'H37', to, row: 'row-1' };
}

export function collector() {
  const chunks: Uint8Array[] = [];
  return {
    write: (chunk: Uint8Array) => void chunks.push(Uint8Array.from(chunk)),
    bytes: () => Buffer.concat(chunks),
  };
}

export async function listed(one: Hub, kind: 'edoc' | 'status' = 'edoc') {
  const answer = await one.list(kind);
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
}

/** Looks twice, as the desk's clock does. */
export async function settled(one: Hub, kind: 'edoc' | 'status' = 'edoc') {
  await listed(one, kind);
  bench.time += 1000;
  return listed(one, kind);
}

export const failing = (code: string) => Object.assign(new Error(code), { code });
export const filesIn = (...parts: string[]) => readdirSync(join(bench.root, ...parts)).sort();
