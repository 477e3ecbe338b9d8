// `mutations.cjs --count N --seed S [--folder DIR]`: changed PDFs through reader and writer, with limits of time and memory.
// Prints each fault and one JSON line; ends with 1 when there was one. A trial that hangs is stopped and counted.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { testFont, testKey, testSigner } from '../../../main/signing/test-signers';
import { option } from '../arguments';
import { mutated, randomFrom } from './mutate';
import { baseDocuments, tryOne } from './trial';

/** A trial is slow from here on (of the processor's time: a busy machine is no fault of it), and stopped from there. */
const SLOW_MS = 2000;
const HANG_MS = 20_000;
const MEMORY_MB = 512;

interface Order {
  readonly from: number;
  readonly count: number;
  readonly seed: number;
  readonly folder: string;
  readonly key: { readonly certificate: Uint8Array; readonly pem: string };
}

interface Told {
  readonly index: number;
  readonly outcome?: string;
  readonly fault?: string | undefined;
  readonly ms?: number;
  readonly rss?: number;
}

function* pdfsBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* pdfsBelow(path);
    else if (/\.pdf$/i.test(entry.name)) yield path;
  }
}

async function work({ from, count, seed, folder, key }: Order, tell: (told: Told) => void): Promise<void> {
  const { createPrivateKey } = await import('node:crypto');
  const made = { certificate: key.certificate, pemPath: '', key: createPrivateKey(key.pem) };
  const known = testSigner(made, 'ecdsa-sha256');
  const resources = { font: testFont() };
  const own = await baseDocuments(known, resources);
  const others = folder === '' ? [] : [...pdfsBelow(folder)].sort().map((path) => readFileSync(path));
  const bases = [...own, ...others];
  for (let index = from; index < count; index += 1) {
    tell({ index });
    const random = randomFrom(seed + index * 7919);
    const base = bases[Math.floor(random() * bases.length)];
    if (base === undefined) throw new Error('no document to begin with');
    const changed = mutated(base, random);
    const start = process.cpuUsage();
    const { outcome, fault } = await tryOne(changed, known, resources);
    const { user, system } = process.cpuUsage(start);
    tell({ index, outcome, fault, ms: (user + system) / 1000, rss: process.memoryUsage.rss() });
  }
}

class Run {
  readonly outcomes = new Map<string, number>();
  readonly times: number[] = [];
  faults = 0;
  memory = 0;

  fault(index: number, words: string): void {
    this.faults += 1;
    console.log(`HỎNG: lần ${index}: ${words}`);
  }

  take({ index, outcome, fault, ms = 0, rss = 0 }: Told): void {
    if (outcome === undefined) return;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    this.times.push(ms);
    if (fault !== undefined) this.fault(index, fault);
    if (ms > SLOW_MS) this.fault(index, `${Math.round(ms)} ms`);
    if (rss > MEMORY_MB * 1048576 && this.memory <= MEMORY_MB * 1048576) this.fault(index, `${rss >> 20} MB`);
    this.memory = Math.max(this.memory, rss);
  }
}

/** Runs from one trial on until the end, or until one hangs or the worker dies. Gives the trial to go on with. */
function runFrom(order: Order, run: Run): Promise<number> {
  return new Promise((done) => {
    const worker = new Worker(__filename, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 384 },
    });
    let at = order.from;
    let timer: NodeJS.Timeout | undefined;
    const stop = (words: string): void => {
      run.fault(at, words);
      void worker.terminate().then(() => done(at + 1));
    };
    worker.on('message', (told: Told) => {
      at = told.index;
      clearTimeout(timer);
      timer = setTimeout(() => stop('treo'), HANG_MS);
      run.take(told);
    });
    worker.on('error', (error) => stop(`sập: ${error.message}`));
    worker.on('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) done(order.count);
    });
  });
}

async function main(args: readonly string[]): Promise<void> {
  const count = Number(option(args, 'count', '300'));
  const seed = Number(option(args, 'seed', '20260801'));
  const folder = option(args, 'folder', '');
  const made = testKey('ec', '/C=VN/O=UBND/CN=Thu nghiem', '-pkeyopt', 'ec_paramgen_curve:prime256v1');
  const pem = `${made.key.export({ type: 'pkcs8', format: 'pem' })}`;
  const run = new Run();
  let from = 0;
  while (from < count) {
    from = await runFrom({ from, count, seed, folder, key: { certificate: made.certificate, pem } }, run);
  }
  const sorted = run.times.sort((a, b) => a - b);
  const figures = {
    trials: sorted.length,
    seed,
    faults: run.faults,
    msMedian: Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10,
    msMax: Math.round(sorted.at(-1) ?? 0),
    peakMb: Math.round(run.memory / 1048576),
    outcomes: Object.fromEntries([...run.outcomes].sort((a, b) => b[1] - a[1])),
  };
  console.log(JSON.stringify(figures));
  process.exitCode = run.faults === 0 && sorted.length === count ? 0 : 1;
}

if (isMainThread) {
  orEnd(main(process.argv.slice(2)));
} else {
  orEnd(work(workerData as Order, (told) => parentPort?.postMessage(told)));
}

/** Ends with 2 on a mistake of this program itself. */
function orEnd(promise: Promise<void>): void {
  promise.catch((error: unknown) => {
    console.error(error);
    process.exit(2);
  });
}
