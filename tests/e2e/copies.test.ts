// An electronic copy from beginning to end: refused where the law has no such copy, made from a scan, numbered in the copies'
// own series, signed by the agency with the text of its form and nothing else on the page.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIds } from '../../renderer/app/test-ids';
import { answerFirstStart, answerSaveDialog, at, typePin, waitForStep } from '../desk/actions';
import { closeDisplay, type RunningDesk } from '../desk/launch';
import { writeScan } from './support/scan';
import { codeIn, wordsOf } from './support/shown';
import { snapshotOf } from './support/snapshot';
import { openWorld, pins, type World } from './support/world';

const patience = { timeout: 60_000 };
let world: World;
let desk: RunningDesk;
let page: Page;

beforeAll(async () => {
  world = await openWorld({ name: 'copies' });
  await world.startHub();
  desk = await world.launch();
  page = desk.page;
  await answerFirstStart(page, 5, 317);
});

afterAll(async () => {
  await desk?.quit();
  await world?.close();
  await closeDisplay();
});

const reasonCode = async () => codeIn(await wordsOf(at(page, testIds.copy.reason)));

describe('an electronic copy', () => {
  it('is not offered of an electronic document, whatever form is tried', async () => {
    await at(page, testIds.act.copy).click(patience);
    await at(page, testIds.copy.file).setInputFiles(
      join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'),
    );
    await expect.poll(reasonCode, patience).toBe('copy-electronic-original');
    await at(page, testIds.copy.form).selectOption('SAO LỤC');
    await expect.poll(reasonCode, patience).toBe('copy-electronic-original');
    await at(page, testIds.copy.form).selectOption('TRÍCH SAO');
    await expect.poll(reasonCode, patience).toBe('copy-excerpt-whole');
    expect((await snapshotOf(page)).outgoing).toEqual([]);
  });

  it('of a scan takes the form that fits its source', async () => {
    const scan = join(world.folder, 'quyet-dinh.pdf');
    writeFileSync(scan, writeScan('QUYET DINH'));
    await at(page, testIds.copy.file).setInputFiles(scan);
    await at(page, testIds.fileChoice).filter({ hasText: 'quyet-dinh.pdf' }).waitFor(patience);
    await at(page, testIds.copy.form).selectOption('SAO Y');
    await at(page, testIds.copy.source).selectOption('paper-copy');
    await expect.poll(reasonCode, patience).toBe('copy-of-copy');
    await at(page, testIds.copy.form).selectOption('SAO LỤC');
    expect(await at(page, testIds.copy.source).inputValue()).toBe('paper-copy');
    await at(page, testIds.copy.form).selectOption('SAO Y');
    expect(await at(page, testIds.copy.source).inputValue()).toBe('paper-original');
    await at(page, testIds.copy.subject).fill('Quyết định về việc sao');
    await at(page, testIds.copy.save).click(patience);
    await at(page, testIds.road.root).waitFor(patience);
    expect(await at(page, testIds.road.step('leader')).count()).toBe(0);
  });

  it('gets a number of the copies, not of the documents', async () => {
    const number = at(page, testIds.road.number);
    await expect.poll(() => number.inputValue(), patience).toBe('1');
    await at(page, testIds.road.giveNumber).click(patience);
    await waitForStep(page, 'seal', 'open');
    const [copy] = (await snapshotOf(page)).outgoing;
    expect(copy?.facts).toMatchObject({ number: '01', notation: 'SY-UBND' });
  });

  it('is signed with form, agency and time at the upper right of page 1, without a picture', async () => {
    await at(page, testIds.sign.placement).waitFor(patience);
    await typePin(desk.app, () => at(page, testIds.road.seal).click(), pins.agency);
    await waitForStep(page, 'send', 'open');
    const [copy] = (await snapshotOf(page)).outgoing;
    expect(copy?.state).toBe('to-send');
    const path = join(world.folder, 'ban-sao.pdf');
    await answerSaveDialog(desk.app, path);
    await at(page, testIds.saveFile).click(patience);
    await expect
      .poll(() => {
        try {
          return execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
        } catch {
          return '';
        }
      }, patience)
      .toMatch(/SAO Y; .*Lạng Sơn; \d\d\/\d\d\/\d{4}; \d\d:\d\d:\d\d \+07:00/);
    const words = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' });
    const first = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">SAO</.exec(words);
    expect(Number(first?.[1])).toBeGreaterThan(250);
    expect(Number(first?.[2])).toBeLessThan(40);
    const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' });
    expect(fonts).toMatch(/Tinos|Times/i);
    expect(execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8' })).toContain(
      'Signature Validation: Signature is Valid.',
    );
  });
});
