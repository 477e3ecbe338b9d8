// A letter that its leader has signed, drafted and numbered, brought to where the agency's seal is asked for.
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningDesk } from '../../desk/launch';
import { doStep, toRoad, type Work } from './clerk';
import { pins, type World } from './world';

/** The desk stands at the road afterwards, with the seal as its next step. */
export async function bringToSeal(world: World, desk: RunningDesk, subject: string): Promise<Work> {
  const { page } = desk;
  const file = join(world.folder, 'thu.pdf');
  copyFileSync(join(world.sandbox.folder, 'samples/drafts/tra-loi-da-ky.pdf'), file);
  const receiver = { code: 'H26', name: 'UBND thành phố Hà Nội' };
  const work: Work = { offered: [], subject, file, receiver, pin: pins.agency };
  for (const moment of ['draft', 'leader', 'number'] as const) {
    await doStep({ desk, page, at: () => undefined }, work, moment);
  }
  await toRoad(page, work);
  return work;
}
