// Marks as they lie sealed: rows of before there were kinds, colours, layers and threads are opened too.
import { describe, expect, it } from 'vitest';
import { type Annotation, annotation } from '../../preload/contract/annotation';
import { openAnnotation, sealAnnotation } from './annotations';
import { createSealer } from './sealing';

const earlier = {
  id: '33333333-3333-4333-8333-333333333333',
  rev: 2,
  documentId: '22222222-2222-4222-8222-222222222222',
  fileSha: 'd'.repeat(64),
  page: 1,
  kind: 'note',
  quads: [],
  at: { x: 10, y: 20 },
  text: 'Kiểm tra lại nơi nhận',
  author: 'Nguyễn Thị Lan',
  createdAt: '2026-11-20T02:00:00.000Z',
  deleted: false,
};

async function sealer() {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return createSealer(key);
}

describe('a row of an earlier application', () => {
  it('is opened with what its mark was: yellow, the office’s own, answering nobody', async () => {
    const sealing = await sealer();
    const stored = await sealAnnotation(sealing, earlier as unknown as Annotation);
    expect(await openAnnotation(sealing, stored)).toEqual({
      ok: true,
      value: {
        ...earlier,
        strokes: [],
        box: null,
        colour: 'yellow',
        layer: 'notes',
        picture: null,
        replyTo: null,
        changedAt: null,
      },
    });
  });
});

describe('a row that is not what it should be', () => {
  it('is told as damaged, never as an empty mark', async () => {
    const sealing = await sealer();
    const odd = { ...annotation.parse(earlier), kind: 'hologram' } as unknown as Annotation;
    expect(await openAnnotation(sealing, await sealAnnotation(sealing, odd))).toEqual({
      ok: false,
      code: 'record-damaged',
    });
  });
});
