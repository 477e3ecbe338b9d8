// Arrivals and windows for tests of the ledger, from agencies of real kinds.
import Dexie from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { asDay, asInstant, asSha256, type HubDocId } from '../../preload/contract/ids';
import type { Arrival, DocumentFacts, DocumentStatus } from '../../preload/contract/records';
import { createLedgerIn } from '../acts/create-ledger';
import { emptyFacts } from '../acts/facts';
import { createSealer, type Sealer } from '../db/sealing';
import type { Ledger } from '../ledger';
import type { FakeMain } from './fake-desk';
import { type Death, type FakeWindow, fakeWindow } from './fake-window';

// liveQuery answers only where it finds a global IndexedDB.
Dexie.dependencies.indexedDB = new IDBFactory();
Dexie.dependencies.IDBKeyRange = IDBKeyRange;

export const ministry = { code: 'G12', name: 'Bộ Tài chính' };

export function facts(number: string, change: Partial<DocumentFacts> = {}): DocumentFacts {
  return {
    ...emptyFacts(ministry),
    documentId: `G12,2026/11/20,${number}/BTC-VP`,
    number,
    notation: 'BTC-VP',
    typeName: 'Công văn',
    subject: `V/v triển khai kết nối, gửi, nhận văn bản điện tử ${number}`,
    place: 'Hà Nội',
    issuedOn: asDay('2026-11-20'),
    signer: { competence: 'TL. BỘ TRƯỞNG', position: 'Chánh Văn phòng', name: 'Nguyễn Văn An' },
    receivers: [{ code: 'H37', name: 'UBND tỉnh Lạng Sơn' }],
    pages: 1,
    ...change,
  };
}

export function documentArrival(
  docId: string,
  change: Partial<DocumentFacts> = {},
): Arrival & { kind: 'document' } {
  return {
    kind: 'document',
    docId: docId as HubDocId,
    packageSha: asSha256('a'.repeat(64)),
    facts: facts(docId.replace(/\D/g, '') || '99', change),
    attachments: [],
    unknown: [],
    arrivedAt: asInstant(new Date('2026-11-20T02:00:00Z')),
  };
}

export function statusArrival(
  docId: string,
  code: string,
  documentId: string,
  change: Partial<DocumentStatus> = {},
): Arrival & { kind: 'status' } {
  return {
    kind: 'status',
    docId: docId as HubDocId,
    packageSha: asSha256('b'.repeat(64)),
    status: {
      code,
      from: ministry,
      responseFor: { organId: 'H37', code: '01/UBND', documentId, promulgationDate: asDay('2026-11-20') },
      description: '',
      staff: '',
      at: asInstant(new Date('2026-11-20T04:00:00Z')),
      ...change,
    },
    arrivedAt: asInstant(new Date('2026-11-20T04:01:00Z')),
  };
}

export function offer(main: FakeMain, arrival: Arrival): void {
  main.waiting.set(arrival.docId, { kind: arrival.kind === 'status' ? 'status' : 'edoc', arrival });
}

let recordKey: Promise<CryptoKey> | null = null;
export function testKey(): Promise<CryptoKey> {
  recordKey ??= crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return recordKey;
}

/** A sealer that tells how many values it has opened. */
export async function countingSealer(): Promise<{ readonly sealer: Sealer; openings(): number }> {
  const real = createSealer(await testKey());
  let openings = 0;
  const sealer: Sealer = {
    ...real,
    open: (...given) => {
      openings += 1;
      return real.open(...given);
    },
  };
  return { sealer, openings: () => openings };
}

/** A disk and a main process that outlive any number of windows. */
export interface Machine {
  readonly main: FakeMain;
  factory: IDBFactory;
  readonly name: string;
}

export function machine(main: FakeMain): Machine {
  return { main, factory: new IDBFactory(), name: `ledger-${crypto.randomUUID()}` };
}

export interface OpenWindow {
  readonly ledger: Ledger;
  readonly window: FakeWindow;
  /** Runs what was scheduled for later, once. */
  runTimers(): void;
}

/** Opens a window on the machine; timers run only when asked, chance is always 1, this window always leads. */
export async function openWindow(on: Machine, death: Death | null = null): Promise<OpenWindow> {
  const window = fakeWindow(on.main, death);
  const timers = new Set<() => void>();
  const ledger = createLedgerIn(
    { desk: window.desk, recordKey: await testKey(), now: () => on.main.now },
    {
      factory: { indexedDB: on.factory, IDBKeyRange },
      name: on.name,
      persist: () => Promise.resolve(true),
      locks: { request: (_name, _options, held) => held() },
      schedule: (_milliseconds, run) => {
        timers.add(run);
        return () => timers.delete(run);
      },
      chance: () => 1,
    },
  );
  return {
    ledger,
    window,
    runTimers() {
      const due = [...timers];
      timers.clear();
      for (const run of due) run();
    },
  };
}

/** The first value that satisfies the condition. */
export function firstOf<T>(
  live: { subscribe(next: (value: T) => void, failed?: (error: unknown) => void): () => void },
  condition: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let close: (() => void) | null = null;
    let found = false;
    close = live.subscribe((value) => {
      if (found || !condition(value)) return;
      found = true;
      close?.();
      resolve(value);
    }, reject);
    if (found) close();
  });
}
