// The program behind `npm run -s bench -- sync`: what the exchange costs in the real application over a bare loop, a bare
// bulkPut, and the size of a package. One JSON line a figure; it asserts nothing.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { testIds } from '../../../renderer/app/test-ids';
import { answerFirstStart, at, waitForDesk } from '../../desk/actions';
import { closeDisplay, type RunningDesk, stateFolder } from '../../desk/launch';
import { snapshotOf } from '../../e2e/support/snapshot';
import { openWorld, type World } from '../../e2e/support/world';
import type { BareFigures, BareWish } from './bare';
import { moveHub, placeAfar } from './distance';
import type { StatusFigures } from './in-window';
import { issue, largeWork } from './large-sent';
import { growthDuring } from './memory';
import { offerOne } from './offer';
import { openWork } from './open-work';

function option(name: string, fallback: string): string {
  const found = process.argv.indexOf(`--${name}`);
  return found < 0 ? fallback : (process.argv[found + 1] ?? fallback);
}

const count = Number(option('count', '1000'));
const statuses = Number(option('statuses', '10000'));
const megabytes = Number(option('megabytes', '300'));
const wanted = option('only', 'documents,documents-house,documents-far,statuses,large,large-sent').split(',');

function line(name: string, value: number, unit: string, more: Record<string, unknown> = {}): void {
  process.stdout.write(`${JSON.stringify({ name, value: Math.round(value * 100) / 100, unit, ...more })}\n`);
}

async function withWorld(
  name: string,
  fill: (seeds: string, systemId: string) => Promise<void>,
  use: (world: World, seeds: string) => Promise<void>,
): Promise<void> {
  const seeds = stateFolder(`bench-seeds-${name}`);
  rmSync(seeds, { recursive: true, force: true });
  mkdirSync(seeds, { recursive: true });
  const world = await openWorld({
    name: `bench-${name}`,
    seeds,
    replyAfter: 3600,
    settings: {},
  });
  try {
    await fill(seeds, world.sandbox.record.systemId);
    await world.startHub();
    await use(world, seeds);
  } finally {
    await world.close();
    rmSync(seeds, { recursive: true, force: true });
    rmSync(world.folder, { recursive: true, force: true });
  }
}

async function openDesk(world: World): Promise<RunningDesk> {
  // Its first look at the hub shall find nothing, so that what is measured begins with a press.
  await world.stopHub();
  const desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
  await waitForDesk(desk.page);
  await world.startHub();
  return desk;
}

/** Waits until so many documents are here and nothing of theirs waits any more. */
async function settled(desk: RunningDesk, documents: number): Promise<void> {
  for (;;) {
    const now = await openWork(desk.page);
    if (now.documents >= documents && now.open === 0) return;
    await new Promise((done) => setTimeout(done, 250));
  }
}

/** After the clock has stopped: the journal has them all, too. */
async function demandJournalled(desk: RunningDesk, documents: number): Promise<void> {
  const { incoming } = await snapshotOf(desk.page);
  if (incoming.length !== documents) throw new Error(`${incoming.length} of ${documents} in the journal`);
}

async function fill(seeds: string, systemId: string): Promise<void> {
  for (let index = 0; index < count; index += 1) await offerOne(seeds, index, 200_000, systemId);
}

/** The bare loop in the desk's own runtime. */
async function bareFigures(wish: BareWish): Promise<BareFigures> {
  const electron = process.env.VAN_THU_ELECTRON;
  if (electron === undefined) throw new Error('VAN_THU_ELECTRON is not set');
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const given = [resolve('out/tests/bench-sync-bare.cjs'), JSON.stringify(wish)];
  const { stdout } = await promisify(execFile)(electron, given, { env });
  return JSON.parse(stdout) as BareFigures;
}

/** The hub's address as this world's desk has it, `roundTrip` milliseconds away; 0: right here. */
async function hubAt(world: World, roundTrip: number): Promise<{ readonly endpoint: string; close(): void }> {
  const file = join(world.profile, 'settings.json');
  let relay: { readonly port: number; close(): void } | null = null;
  const endpoint = await moveHub(file, async (port) => {
    if (roundTrip === 0) return port;
    relay = await placeAfar(port, roundTrip);
    return relay.port;
  });
  return { endpoint, close: () => relay?.close() };
}

/** Documents over a bare loop of the same requests, both with the hub as far away. */
async function documentsAt(name: string, roundTrip: number): Promise<void> {
  let bare = 0;
  await withWorld('bare', fill, async (world) => {
    const { endpoint, close } = await hubAt(world, roundTrip);
    const folder = join(world.folder, 'bare');
    mkdirSync(folder);
    const { systemId, secret } = world.sandbox.record;
    const figures = await bareFigures({ endpoint, systemId, secret, folder });
    close();
    bare = figures.milliseconds;
    if (figures.done !== count) throw new Error(`${figures.done} of ${count} in the bare loop`);
  });
  await withWorld('documents', fill, async (world) => {
    const { close } = await hubAt(world, roundTrip);
    const desk = await openDesk(world);
    const began = performance.now();
    await at(desk.page, testIds.act.sync).click();
    await settled(desk, count);
    const ours = performance.now() - began;
    await demandJournalled(desk, count);
    line(name, ours / 1000, 's', { count, roundTrip, bare: bare / 1000, ratio: ours / bare, limit: 1.5 });
    await desk.quit();
    close();
  });
}

async function applied(): Promise<void> {
  await withWorld(
    'statuses',
    async () => undefined,
    async (world) => {
      const desk = await openDesk(world);
      await desk.page.evaluate(readFileSync(resolve('out/tests/bench-sync-window.js'), 'utf8'));
      const found = (await desk.page.evaluate(
        (wish) =>
          (window as unknown as { applyStatuses(count: number): Promise<unknown> }).applyStatuses(wish),
        statuses,
      )) as StatusFigures;
      const { applied: ours, bare, longestTask, rows } = found;
      line('statuses', ours, 'ms', { count: statuses, rows, bare, ratio: ours / bare, limit: 3 });
      line('longest-task', longestTask, 'ms', { limit: 100 });
      await desk.quit();
    },
  );
}

async function large(): Promise<void> {
  const bytes = megabytes * 1_000_000;
  await withWorld(
    'large',
    (seeds, systemId) => offerOne(seeds, 0, bytes, systemId),
    async (world) => {
      const desk = await openDesk(world);
      const began = performance.now();
      const growth = await growthDuring(desk.pid, async () => {
        await at(desk.page, testIds.act.sync).click();
        await settled(desk, 1);
      });
      const [most] = growth;
      line('large-package', (most?.extra ?? 0) / 1_000_000, 'MB', {
        megabytes,
        limit: megabytes,
        seconds: (performance.now() - began) / 1000,
        by: growth.slice(0, 4).map(({ kind, extra }) => `${kind} ${Math.round(extra / 1_000_000)}`),
      });
      await desk.quit();
    },
  );
}

async function largeSent(): Promise<void> {
  await withWorld(
    'large-sent',
    async () => undefined,
    async (world) => {
      const desk = await openDesk(world);
      const work = largeWork(world, megabytes * 1_000_000);
      const began = performance.now();
      const growth = await growthDuring(desk.pid, () => issue(desk, work));
      const packages = (await world.log()).filter((one) => one.messagetype === 'edoc').length;
      if (packages !== 1) throw new Error(`${packages} packages at the hub`);
      line('large-sent', (growth[0]?.extra ?? 0) / 1_000_000, 'MB', {
        megabytes,
        limit: megabytes,
        seconds: (performance.now() - began) / 1000,
        by: growth.slice(0, 4).map(({ kind, extra }) => `${kind} ${Math.round(extra / 1_000_000)}`),
      });
      await desk.quit();
    },
  );
}

async function main(): Promise<void> {
  const parts: Readonly<Record<string, () => Promise<void>>> = {
    documents: () => documentsAt('documents', 0),
    'documents-house': () => documentsAt('documents-house', 2),
    'documents-far': () => documentsAt('documents-far', 10),
    statuses: applied,
    large,
    'large-sent': largeSent,
  };
  for (const name of wanted) {
    const part = parts[name];
    if (part === undefined) throw new Error(`no such part: ${name}`);
    await part();
  }
  await closeDisplay();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
