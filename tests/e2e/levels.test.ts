// Levels in the real window, with a real token, real status and real time stamps behind a gate: an authority that is away costs
// nothing, one that comes back is used by itself, a kill in between loses nothing and signs nothing twice.

import { randomUUID, X509Certificate } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../main/pdf/sample-pdf';
import type { OutgoingDocument } from '../../preload/contract/records';
import { testIds } from '../../renderer/app/test-ids';
import { opinionOf, stampOpinion } from '../cli/oracles';
import {
  answerFirstStart,
  answerSaveDialog,
  at,
  failure,
  typePin,
  waitForDesk,
  waitForStep,
} from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { type Running, startProgram } from '../sandbox/process';
import { softhsmModule } from '../sandbox/token/softhsm';
import { type Gate, openGate } from './support/authority';
import { doStep, nextMoment, toRoad, type Work } from './support/clerk';
import { closedBook, snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const patience = 150_000;

let world: World;
let gate: Gate;
let desk: RunningDesk;
let calls: string;
let root: string;
let oracles: string;
const pages: string[] = [];

beforeAll(async () => {
  const room = join(process.env.VAN_THU_STATE ?? 'out/state', 'levels-parts');
  rmSync(room, { recursive: true, force: true });
  mkdirSync(room, { recursive: true });
  calls = join(room, 'calls.txt');
  oracles = join(room, 'oracles');
  mkdirSync(oracles);
  writeFileSync(calls, '');
  writeFileSync(join(room, 'script.txt'), '');
  const probe = resolve('out/probe/pkcs11-probe.so');
  if (!existsSync(probe)) throw new Error('the PKCS#11 probe is not built (build/probe.mjs)');
  // The sandbox's own authority stands behind the gate; the port is known once the sandbox is made.
  const made = await openWorld({ name: 'levels' });
  const pki = join(made.sandbox.folder, 'pki');
  const index = JSON.parse(readFileSync(join(pki, 'index.json'), 'utf8')) as {
    tsa: string;
    anchors: string[];
  };
  root = join(pki, index.anchors[0] ?? '');
  await made.close();
  gate = await openGate(index.tsa);
  world = await openWorld({
    name: 'levels',
    replyAfter: 600,
    driver: probe,
    env: {
      PROBE_MODULE: softhsmModule(),
      PROBE_SCRIPT: join(room, 'script.txt'),
      PROBE_LOG: calls,
    },
    settings: { validation: { tsa: [gate.url], trySeconds: 4, tsaRequests: 1000 } },
  });
  await world.startHub();
  desk = await world.launch();
  await answerFirstStart(desk.page, 0, 0);
});

afterAll(async () => {
  await desk?.kill();
  await world?.close();
  await gate?.close();
  await closeDisplay();
});

const signatures = (): number =>
  readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('C_Sign ')).length;

function workOf(name: string): Work {
  const file = join(world.folder, `${name}.pdf`);
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  return { offered: [], subject: `Về việc ${name}`, file, receiver, pin: pins.agency };
}

async function until(work: Work, moment: string | null): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    const next = nextMoment(await snapshotOf(desk.page), work, new Set());
    if (next === moment || next === null) return;
    await doStep({ desk, page: desk.page, at: () => undefined }, work, next);
  }
  throw new Error(`the job does not come to ${moment}`);
}

async function rowOf(page: Page, work: Work): Promise<OutgoingDocument> {
  const found = (await snapshotOf(page)).outgoing.find((row) => row.facts.subject === work.subject);
  if (found === undefined) throw new Error('the document is not there');
  return found;
}

async function when(work: Work, holds: (row: OutgoingDocument) => boolean): Promise<OutgoingDocument> {
  const end = Date.now() + patience;
  for (;;) {
    const row = await rowOf(desk.page, work);
    if (holds(row)) return row;
    if (Date.now() > end) throw new Error(`never: ${JSON.stringify(row.main?.verdict?.signatures)}`);
    await desk.page.waitForTimeout(250);
  }
}

const levelsOf = (row: OutgoingDocument): string[] =>
  (row.main?.verdict?.signatures ?? []).filter((one) => one.kind === 'signature').map((one) => one.level);

const allLevels = (row: OutgoingDocument): string[] => [
  ...levelsOf(row),
  ...row.annexes.flatMap((file) => levelsOf({ ...row, main: file })),
];

/** The bytes of a stored file, by the way a clerk takes them along. */
async function saved(sha256: string, name: string): Promise<string> {
  const path = join(world.folder, name);
  await answerSaveDialog(desk.app, path);
  const done = await desk.page.evaluate(
    async (input) => {
      type Answer = { ok: boolean; value: { saved: boolean } };
      const { desk: api } = window as unknown as {
        desk: { files: { saveCopy(i: unknown): Promise<Answer> } };
      };
      return (await api.files.saveCopy(input)).ok;
    },
    { sha256, name },
  );
  expect(done).toBe(true);
  pages.push(path);
  return path;
}

function expectStrict(path: string, count: number): void {
  const opinion = opinionOf(path, root, oracles);
  expect(opinion.signatures.slice(0, count)).toEqual(Array(count).fill('Signature is Valid.'));
  expect(opinion.certificates.slice(0, count)).toEqual(Array(count).fill('Certificate is Trusted.'));
  expect(opinion.cades.slice(0, count)).toEqual(Array(count).fill(0));
  expect(opinion.qpdf).toBe(0);
}

/** Marks a certificate as revoked in a copy of the authorities' books. */
function revoke(folder: string, id: string): void {
  const certificate = readFileSync(join(folder, `certs/${id}.pem`));
  const serial = new X509Certificate(certificate).serialNumber;
  const book = join(folder, 'sub-ca/index.txt');
  const lines = readFileSync(book, 'utf8')
    .split('\n')
    .map((line) => {
      const [state, end, , number, ...rest] = line.split('\t');
      if (state !== 'V' || number !== serial) return line;
      return ['R', end, '250101000000Z', number, ...rest].join('\t');
    });
  writeFileSync(book, lines.join('\n'));
}

describe('levels in the window', () => {
  it('the certificate is checked before the PIN, leader and seal reach B-LTA before sending, and others agree', async () => {
    const annex = join(world.folder, 'phụ lục kèm theo.pdf');
    writeFileSync(annex, samplePdf('table'));
    const work = { ...workOf('nâng mức ngay'), annex };
    await until(work, 'seal');
    await toRoad(desk.page, work);
    await desk.page
      .locator(`[data-testid="${testIds.road.standing}"][data-standing="good"]`)
      .waitFor({ timeout: patience });
    await until(work, 'send');
    await toRoad(desk.page, work);
    await waitForStep(desk.page, 'time', 'done');
    const row = await when(work, (one) => allLevels(one).every((level) => level === 'B-LTA'));
    expect(allLevels(row)).toEqual(['B-LTA', 'B-LTA', 'B-LTA']);
    await at(desk.page, testIds.road.evidence).waitFor({ timeout: patience });
    await until(work, null);
    const sent = await rowOf(desk.page, work);
    expect(sent.main?.sha256).toBe(row.main?.sha256);
    const path = await saved(row.main?.sha256 ?? '', 'lta.pdf');
    expectStrict(path, 2);
    expectStrict(await saved(row.annexes[0]?.sha256 ?? '', 'annex.pdf'), 1);
    expect(stampOpinion(path, root, join(world.sandbox.folder, 'pki/certs/sub-ca.pem'), oracles)).toContain(
      'Verification: OK',
    );
  });

  it('an authority that is away costs nothing; when it comes back the sent file has its lasting copy by itself', async () => {
    gate.mood = 'shut';
    const work = workOf('máy chủ vắng');
    await until(work, 'send');
    await toRoad(desk.page, work);
    await waitForStep(desk.page, 'time', 'waiting');
    await at(desk.page, testIds.road.raiseNow).waitFor({ timeout: patience });
    await until(work, null);
    const sent = await rowOf(desk.page, work);
    expect([levelsOf(sent), sent.lasting]).toEqual([['B-B', 'B-B'], undefined]);
    const before = sent.main?.sha256 ?? '';
    expect(await at(desk.page, testIds.foot.levels).getAttribute('data-count')).toBe('1');
    gate.mood = 'open';
    const row = await when(work, (one) => one.lasting?.[0]?.level === 'B-LTA');
    expect(row.main?.sha256).toBe(before);
    expect((await world.log()).filter((one) => one.DocumentId === row.facts.documentId)).toHaveLength(1);
    const [short, long] = [
      await saved(before, 'sent.pdf'),
      await saved(row.lasting?.[0]?.file.sha256 ?? '', 'lasting.pdf'),
    ];
    const bytes = readFileSync(short);
    expect(readFileSync(long).subarray(0, bytes.length).equals(bytes)).toBe(true);
    expectStrict(short, 2);
    expectStrict(long, 2);
  });

  it('a kill while a stamp is on its way loses nothing and signs nothing twice', async () => {
    gate.mood = 'holding';
    const before = gate.asked();
    const work = workOf('tắt đột ngột');
    await until(work, 'send');
    const made = signatures();
    const end = Date.now() + patience;
    while (gate.asked() === before) {
      if (Date.now() > end) throw new Error('the authority is never asked');
      await desk.page.waitForTimeout(100);
    }
    await desk.kill();
    gate.mood = 'open';
    desk = await world.launch();
    await waitForDesk(desk.page);
    const row = await when(work, (one) => levelsOf(one).every((level) => level === 'B-LTA'));
    expect([row.state, levelsOf(row)]).toEqual(['to-send', ['B-LTA', 'B-LTA']]);
    expect(signatures()).toBe(made);
    expectStrict(await saved(row.main?.sha256 ?? '', 'killed.pdf'), 2);
    await desk.quit();
    const { tickets } = await closedBook(world.profile, world.sandbox.record.passphrase);
    const acts = tickets.filter((ticket) => ticket.output !== null).map((ticket) => ticket.act);
    expect(new Set(acts).size).toBe(acts.length);
  });
});

describe('a certificate before its PIN', () => {
  const standing = (value: string): Promise<void> =>
    desk.page
      .locator(`[data-testid="${testIds.road.standing}"][data-standing="${value}"]`)
      .waitFor({ timeout: patience });

  it('stands without a network as it was last known, until that expires', async () => {
    await world.sandbox.pki.stop();
    gate.mood = 'shut';
    desk = await world.launch();
    await waitForDesk(desk.page);
    const work = workOf('không có mạng');
    await until(work, 'seal');
    await toRoad(desk.page, work);
    await standing('good');
    await until(work, 'send');
    expect(levelsOf(await rowOf(desk.page, work))).toEqual(['B-B', 'B-B']);
    await desk.quit();
    await world.close();
  });

  it('that nobody can be asked about is signed with after a warning, and a revoked one not at all', async () => {
    world = await openWorld({ name: 'levels-status' });
    await world.startHub();
    // Nobody answers at the authorities' address at first.
    await world.sandbox.pki.stop();
    desk = await world.launch();
    await answerFirstStart(desk.page, 0, 0);
    const first = workOf('chưa kiểm tra được');
    await until(first, 'seal');
    await toRoad(desk.page, first);
    await standing('unknown');
    await typePin(
      desk.app,
      () => at(desk.page, testIds.road.seal).click(),
      pins.agency,
      async (window) => {
        expect(await window.locator('#standing').innerText()).toContain('Chưa kiểm tra được');
      },
    );
    await when(first, (row) => row.state === 'to-send');

    const [copy, pki] = [join(world.folder, 'pki'), join(world.sandbox.folder, 'pki')];
    cpSync(pki, copy, { recursive: true });
    revoke(copy, 'agency');
    let authorities: Running | null = null;
    try {
      authorities = await startProgram(resolve('out/sandbox/pki.cjs'), [
        ...['serve', '--dir', copy, '--port', String(world.sandbox.record.pkiPort)],
      ]);
      const second = workOf('bị thu hồi chứng thư số');
      await until(second, 'seal');
      await toRoad(desk.page, second);
      await standing('revoked');
      const button = at(desk.page, testIds.road.seal);
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      // A window that asks all the same is refused by main.
      const row = await rowOf(desk.page, second);
      const card = at(desk.page, testIds.road.card).first();
      const request = {
        ...{ act: randomUUID(), documentId: row.id, role: 'seal', input: row.main?.sha256 },
        ...{ fingerprint: await card.getAttribute('data-fingerprint'), placement: null },
        ...{ title: '', pages: 1, number: '', issuedOn: null },
      };
      const code = await desk.page.evaluate(async (input) => {
        type Answer = { ok: boolean; code?: string };
        const { desk: api } = window as unknown as {
          desk: { signing: { sign(i: unknown): Promise<Answer> } };
        };
        return (await api.signing.sign(input)).code;
      }, request);
      expect(code).toBe('signing-certificate-revoked');
    } finally {
      await authorities?.stop();
    }
  });
});

describe('an authority that limits its requests', () => {
  it('is waited for with the time of it, and what policy requires is not sent below its level', async () => {
    await desk.quit();
    await world.close();
    gate.mood = 'open';
    const validation = { tsa: [gate.url], tsaRequests: 1, beforeSending: 'required', trySeconds: 3 };
    world = await openWorld({ name: 'levels-required', settings: { validation } });
    await world.startHub();
    desk = await world.launch();
    await answerFirstStart(desk.page, 0, 0);
    const work = workOf('giới hạn số lần');
    await until(work, 'send');
    await toRoad(desk.page, work);
    await waitForStep(desk.page, 'time', 'waiting');
    const step = at(desk.page, testIds.road.step('time'));
    await step
      .getByText(/Máy chủ dấu thời gian giới hạn số lần hỏi, tự thử lại lúc \d\d:\d\d/)
      .waitFor({ timeout: patience });
    expect(await at(desk.page, testIds.road.raiseNow).count()).toBe(0);
    await at(desk.page, testIds.road.send).click();
    await at(desk.page, testIds.failure).first().waitFor({ timeout: patience });
    expect(await failure(desk.page)).toContain('chưa đạt');
    const row = await rowOf(desk.page, work);
    expect([row.state, row.packageSha, levelsOf(row)]).toEqual(['to-send', null, ['B-LT', 'B-LT']]);
    expect(await world.log()).toEqual([]);
  });
});
