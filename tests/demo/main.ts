// The whole job through the real application without a person: what arrives is checked and accepted, an answer is signed
// with two tokens, numbered, sealed, sent, and its receipts come; then the same with the hub away and the desk killed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { dayOf } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, answerSaveDialog, at, openFolder, openRow, waitForDesk } from '../desk/actions';
import { closeDisplay, launchDesk, type RunningDesk } from '../desk/launch';
import { openSandbox, type Sandbox, writeProfile } from '../sandbox/sandbox';
import { Evidence, NotOffered } from './evidence';
import { type Gateway, openGateway } from './gateway';
import { type DemoOptions, demoOptions } from './options';
import { finishOne, handleArrivals, routeOne, waitForArrivals } from './story-in';
import { annotate, findMarks } from './story-notes';
import {
  deliveries,
  type Letter,
  leaderSigns,
  send,
  startAnswer,
  startLetter,
  verifyNumberSeal,
} from './story-out';

interface Stage {
  readonly options: DemoOptions;
  readonly evidence: Evidence;
  readonly sandbox: Sandbox;
  readonly gateway: Gateway;
  readonly env: Readonly<Record<string, string>>;
  readonly pins: Readonly<Record<'leader' | 'agency', string>>;
}

function profileOf(stage: Stage, profile: 'clerk' | 'leader'): string {
  const folder = join(stage.options.work, `profile-${profile}`);
  writeProfile(stage.sandbox.folder, {
    folder,
    profile,
    endpoint: stage.gateway.endpoint,
    systemId: stage.gateway.systemId,
    secretFrom: 'VAN_THU_HUB_SECRET',
    plainHttpHosts: stage.gateway.plainHttpHosts,
    syncSeconds: 3,
    // No time stamps here: common tools cannot judge them, and the file is to be checked by any of them.
    timeStamps: false,
  });
  return folder;
}

/** The outgoing rows as main has saved them, newest last. */
async function outgoing(page: Page): Promise<OutgoingDocument[]> {
  const found: OutgoingDocument[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const text: string = await page.evaluate(async (from) => {
      const desk = (window as unknown as { desk: { journal: { latest(input: unknown): Promise<unknown> } } })
        .desk;
      return JSON.stringify(await desk.journal.latest({ after: from }));
    }, after);
    const answer = JSON.parse(text) as {
      ok: boolean;
      value: { puts: { table: string; row: OutgoingDocument }[]; next: number | null };
    };
    if (!answer.ok) throw new Error('the journal did not answer');
    for (const put of answer.value.puts) if (put.table === 'outgoing') found.push(put.row);
    after = answer.value.next;
  }
  return found;
}

/** A copy of a stored file, through the application's own save. */
async function saveStored(desk: RunningDesk, sha256: string, name: string, path: string): Promise<void> {
  await answerSaveDialog(desk.app, path);
  const saved = await desk.page.evaluate(
    async ([sha, file]) => {
      const api = (window as unknown as { desk: { files: { saveCopy(input: unknown): Promise<unknown> } } })
        .desk;
      return JSON.stringify(await api.files.saveCopy({ sha256: sha, name: file }));
    },
    [sha256, name] as const,
  );
  if (!saved.includes('"saved":true')) throw new Error(`not saved: ${saved}`);
}

async function waitForReceipts(stage: Stage, page: Page): Promise<void> {
  const until = Date.now() + stage.options.waitSeconds * 1000;
  let seen: Record<string, string> = {};
  const missing = (): string[] => stage.options.receivers.filter((one) => !/^\d\d$/.test(seen[one] ?? ''));
  while (Date.now() < until) {
    seen = await deliveries(page);
    // Reception is what is waited for; processing statuses come later and are shown as they come.
    if (stage.options.receivers.every((one) => ['02', '03', '04', '05', '06'].includes(seen[one] ?? '')))
      break;
    await page.waitForTimeout(1000);
  }
  writeFileSync(stage.evidence.part('receipts.json'), `${JSON.stringify(seen, null, 2)}\n`);
  if (missing().length > 0) throw new NotOffered(`no receipt from ${missing().join(', ')}`);
}

/** What the sandbox's hub took from this desk, by the DocumentId of the package; null for a hub that has no such log. */
async function acceptedAtHub(stage: Stage): Promise<string[] | null> {
  if (stage.options.hub !== null) return null;
  const port = (
    JSON.parse(readFileSync(join(stage.sandbox.folder, 'hub-ready.json'), 'utf8')) as { adminPort: number }
  ).adminPort;
  const answer = await fetch(`http://127.0.0.1:${port}/admin/log`);
  const log = (await answer.json()) as { sends: { messagetype: string; from: string; DocumentId: string }[] };
  return log.sends
    .filter((one) => one.messagetype === 'edoc' && one.from === stage.gateway.systemId)
    .map((one) => one.DocumentId);
}

async function story(stage: Stage): Promise<void> {
  const { evidence, options, sandbox, gateway } = stage;
  const samples = join(sandbox.folder, 'samples/drafts');
  const leaderCopy = evidence.part('lanh-dao-da-ky.pdf');
  const letter: Letter = {
    file: join(samples, 'tra-loi.pdf'),
    subject: 'V/v tình hình giải ngân vốn đầu tư công và giải pháp những tháng cuối năm',
    receivers: options.receivers,
  };

  await evidence.step('leader-signs', async () => {
    const leader = await launchDesk({ profile: profileOf(stage, 'leader'), env: stage.env });
    try {
      await answerFirstStart(leader.page, 0, 0);
      await leaderSigns(leader, letter, stage.pins.leader, leaderCopy, evidence);
    } finally {
      await leader.quit();
    }
    if (!existsSync(leaderCopy)) throw new Error('the leader’s copy was not saved');
  });

  const profile = profileOf(stage, 'clerk');
  let clerk = await launchDesk({ profile, env: stage.env });
  const restart = async (): Promise<void> => {
    await clerk.kill();
    clerk = await launchDesk({ profile, env: stage.env });
    await waitForDesk(clerk.page);
  };
  try {
    await evidence.step('first-start', async () => {
      await waitForDesk(clerk.page);
      await evidence.picture(clerk.page, 'bat-dau');
      await answerFirstStart(clerk.page, 1252, 317);
    });
    await evidence.step('receive', async () => {
      const count = await waitForArrivals(
        clerk.page,
        options.hub === null ? 90 : Math.max(20, options.waitSeconds / 2),
      );
      if (count === 0) throw new NotOffered('nothing arrived');
      await evidence.picture(clerk.page, 'van-ban-den');
    });
    const handled = await evidence.step('check-accept-refuse', () => handleArrivals(clerk.page, evidence));
    const chosen = handled?.toAnswer ?? handled?.accepted[0];
    await evidence.step('route', async () => {
      if (chosen === undefined) throw new NotOffered('nothing was accepted');
      await routeOne(clerk.page, chosen, evidence);
    });
    await evidence.step('annotate-and-kill', async () => {
      if (chosen === undefined) throw new NotOffered('nothing was accepted');
      await annotate(
        clerk.page,
        'in-progress',
        chosen,
        'Đề nghị Sở Tài chính đối chiếu số liệu trước khi báo cáo.',
      );
      await restart();
      await findMarks(clerk.page, 'in-progress', chosen);
      await evidence.picture(clerk.page, 'ghi-chu-con-nguyen-sau-khi-tat-dot-ngot');
    });
    const signedLetter = { ...letter, file: leaderCopy };
    await evidence.step(chosen === undefined ? 'issue' : 'answer', async () => {
      if (chosen === undefined) await startLetter(clerk.page, signedLetter, evidence);
      else await startAnswer(clerk.page, 'in-progress', chosen, signedLetter, evidence);
    });
    await evidence.step('verify-number-seal', async () => {
      await verifyNumberSeal(clerk, stage.pins.agency, evidence);
    });
    await evidence.step('send', () => send(clerk.page, evidence));
    await evidence.step('receipts', async () => {
      try {
        await waitForReceipts(stage, clerk.page);
      } finally {
        await evidence.picture(clerk.page, 'theo-doi-nguoi-nhan');
        await at(clerk.page, testIds.road.later).click();
      }
    });
    await evidence.step('finish', async () => {
      if (chosen === undefined) throw new NotOffered('nothing was accepted');
      await finishOne(clerk.page, chosen);
    });
    await evidence.step('files', async () => {
      const sent = (await outgoing(clerk.page)).filter((row) => row.packageSha !== null).at(-1);
      if (sent?.main === undefined || sent.main === null || sent.packageSha === null)
        throw new Error('nothing was sent');
      await saveStored(clerk, sent.main.sha256, 'signed.pdf', evidence.file('signed.pdf'));
      await saveStored(clerk, sent.packageSha, 'sent.edxml', evidence.file('sent.edxml'));
    });
    await offlineStory(stage, () => clerk, restart);
    await evidence.step('registers', async () => {
      await openFolder(clerk.page, 'register-outgoing');
      await at(clerk.page, testIds.register.row).first().waitFor({ timeout: 60_000 });
      await evidence.picture(clerk.page, 'so-dang-ky-van-ban-di');
      await openFolder(clerk.page, 'register-incoming');
      await at(clerk.page, testIds.register.root).waitFor({ timeout: 60_000 });
      await evidence.picture(clerk.page, 'so-dang-ky-van-ban-den');
    });
  } finally {
    await clerk.kill();
    await gateway.close();
  }
}

/** Hub away: accept, sign, queue, kill, restart; hub back: everything goes out once. */
async function offlineStory(
  stage: Stage,
  clerk: () => RunningDesk,
  restart: () => Promise<void>,
): Promise<void> {
  const { evidence, gateway, options, sandbox } = stage;
  if (!gateway.closable) {
    await evidence.step('offline', async () => {
      throw new NotOffered('the road to this hub cannot be closed from here');
    });
    return;
  }
  await evidence.step('hub-stopped', () => gateway.close());
  await evidence.step('offline-sign-and-queue', async () => {
    const { page } = clerk();
    const second = {
      file: join(sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'),
      subject: 'V/v tiếp tục đẩy mạnh giải ngân vốn đầu tư công',
      receivers: options.receivers,
    };
    await at(page, testIds.panes.folders).waitFor({ timeout: 60_000 });
    await startLetter(page, second, null);
    await verifyNumberSeal(clerk(), stage.pins.agency, null);
    await send(page, null);
    await evidence.picture(page, 'ngoai-tuyen-cho-gui');
  });
  await evidence.step('kill-and-restart', async () => {
    await restart();
    await openFolder(clerk().page, 'out-to-send');
    await evidence.picture(clerk().page, 'mo-lai-van-con-nguyen');
  });
  await evidence.step('hub-back', () => gateway.open());
  await evidence.step('sent-once', async () => {
    const { page } = clerk();
    const until = Date.now() + 120_000;
    let rowsSent: OutgoingDocument[] = [];
    while (Date.now() < until) {
      rowsSent = (await outgoing(page)).filter((row) => row.packageSha !== null);
      if (rowsSent.length > 0 && rowsSent.every((row) => row.sentAt !== null)) break;
      await page.waitForTimeout(1000);
    }
    const waiting = rowsSent.filter((row) => row.sentAt === null).length;
    if (waiting > 0) throw new Error(`${waiting} not sent`);
    const accepted = await acceptedAtHub(stage);
    if (accepted !== null) {
      writeFileSync(evidence.part('hub-accepted.json'), `${JSON.stringify(accepted, null, 2)}\n`);
      const ids = rowsSent.map((row) => row.facts.documentId);
      const wrong = ids.filter((id) => accepted.filter((one) => one === id).length !== 1);
      if (wrong.length > 0) throw new Error(`not exactly once at the hub: ${wrong.join(' ')}`);
    }
    await openFolder(page, 'out-sent');
    const last = rowsSent.at(-1);
    if (last !== undefined) await openRow(page, last.id);
    await evidence.picture(page, 'da-gui-mot-lan');
  });
}

async function main(): Promise<number> {
  const options = demoOptions(process.argv.slice(2));
  rmSync(options.out, { recursive: true, force: true });
  mkdirSync(options.out, { recursive: true });
  const evidence = new Evidence(options.out);
  let sandbox: Sandbox | null = null;
  try {
    sandbox = await evidence.step('sandbox', () =>
      openSandbox({
        folder: join(options.work, 'sandbox'),
        programs: resolve('out/sandbox'),
        today: dayOf(new Date()),
      }),
    );
    if (sandbox === null) throw new Error('no sandbox');
    const gateway = await openGateway(options, sandbox);
    const tokens = JSON.parse(readFileSync(join(sandbox.folder, 'tokens/index.json'), 'utf8')) as {
      tokens: { name: 'leader' | 'agency'; pin: string }[];
    };
    const pin = (name: 'leader' | 'agency'): string =>
      tokens.tokens.find((one) => one.name === name)?.pin ?? '';
    await story({
      options,
      evidence,
      sandbox,
      gateway,
      env: { ...sandbox.env, VAN_THU_HUB_SECRET: gateway.secret },
      pins: { leader: pin('leader'), agency: pin('agency') },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  } finally {
    await sandbox?.stop();
    await closeDisplay();
    evidence.write();
  }
  const done = evidence.steps.every((step) => step.ok) && existsSync(evidence.file('sent.edxml'));
  process.stderr.write(`${readdirSync(options.out).join(' ')}\n`);
  return done ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
