// A document with an annex of hundreds of megabytes, issued as a clerk does it, from the draft to the hub's answer. It measures
// nothing itself.
import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningDesk } from '../../desk/launch';
import { doStep, nextMoment, type Work, waitUpTo } from '../../e2e/support/clerk';
import { snapshotOf } from '../../e2e/support/snapshot';
import { pins, type World } from '../../e2e/support/world';

/** A file of about so many bytes that compresses to nothing less. */
function annexOf(folder: string, bytes: number): string {
  const path = join(folder, 'phu-luc.bin');
  const file = openSync(path, 'w');
  const piece = randomBytes(2 ** 20);
  for (let done = 0; done < bytes; done += piece.length) writeSync(file, piece);
  closeSync(file);
  return path;
}

export function largeWork(world: World, bytes: number): Work {
  const file = join(world.folder, 'thu.pdf');
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  return {
    offered: [],
    subject: 'Về việc gửi phụ lục lớn',
    file,
    annex: annexOf(world.folder, bytes),
    receiver: { code: 'H26', name: 'UBND thành phố Hà Nội' },
    pin: pins.agency,
  };
}

/** Step by step until the hub has taken it. */
export async function issue(desk: RunningDesk, work: Work): Promise<void> {
  waitUpTo(180_000);
  const clerk = { desk, page: desk.page, at: () => undefined };
  for (;;) {
    const moment = nextMoment(await snapshotOf(desk.page), work, new Set());
    if (moment === null) return;
    await doStep(clerk, work, moment);
  }
}
