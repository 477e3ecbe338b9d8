import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../preload/contract/failure';
import { asSha256 } from '../../../preload/contract/ids';
import { testKey } from '../../signing/test-signers';
import { openPictureStore } from './picture-store';
import { createPictures } from './pictures';
import { createSignerImages } from './signer-images';

const root = mkdtempSync(join(tmpdir(), 'van-thu-pictures-'));
afterAll(() => rmSync(root, { recursive: true }));

const leaderName = 'Trần Thị Bình';
const agencyName = 'UBND tỉnh Lạng Sơn';
const print = (letter: string) => asSha256(letter.repeat(64));
const holders: Readonly<Record<string, string>> = { [print('a')]: leaderName, [print('b')]: agencyName };
const png = Uint8Array.from(Buffer.from('the bytes of a picture, looked at elsewhere'));

/** Seals by turning every byte over, under a name. */
const vault = (key = 255) => ({
  sealSecret: (name: string, bytes: Uint8Array) =>
    Buffer.concat([Buffer.from(`${key} ${name}\n`), Buffer.from(bytes).map((byte) => byte ^ 255)]),
  openSecret: (name: string, sealed: Uint8Array) => {
    const head = Buffer.from(`${key} ${name}\n`);
    if (!Buffer.from(sealed).subarray(0, head.length).equals(head)) throw new Failure('secret-unreadable');
    return Buffer.from(sealed)
      .subarray(head.length)
      .map((byte) => byte ^ 255);
  },
});

let folder: string;
let count = 0;
let minutes = 0;
let lost: string[];

function open(key?: number) {
  const store = openPictureStore(
    folder,
    vault(key),
    () => {
      minutes += 1;
      return new Date(Date.UTC(2026, 10, 27, 8, minutes));
    },
    (id) => lost.push(id),
  );
  const pictures = createPictures({
    store,
    check: async (_png, _kind, widthMm) => ({
      width: 400,
      height: 200,
      widthMm: widthMm ?? 36,
      colourFits: true,
    }),
    holderOf: async (fingerprint) => {
      const holder = holders[fingerprint];
      if (holder === undefined) throw new Failure('signing-signer-absent');
      return holder;
    },
    agencyName,
  });
  return { store, pictures };
}

beforeEach(() => {
  count += 1;
  folder = join(root, `${count}`);
  lost = [];
});

describe('pictures of signers', () => {
  it('belong to the holder of a certificate and lie sealed on the disk', async () => {
    const { pictures } = open();
    expect(await pictures.put(print('a'), png, null)).toMatchObject({
      holder: leaderName,
      kind: 'signature',
    });
    expect(await pictures.put(print('b'), png, 40)).toMatchObject({
      holder: agencyName,
      kind: 'seal',
      widthMm: 40,
    });
    expect((await pictures.list()).map((one) => one.holder)).toEqual([agencyName, leaderName]);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name)).toString('latin1');
      expect(bytes).not.toContain('picture, looked at');
      expect(`${name} ${bytes}`).not.toContain('Lạng');
    }
    await expect(pictures.put(print('c'), png, null)).rejects.toMatchObject({
      code: 'signing-signer-absent',
    });
  });

  it('are replaced, resized and removed, and are there again after a restart', async () => {
    const { pictures } = open();
    const first = await pictures.put(print('b'), png, null);
    const second = await pictures.put(print('b'), Uint8Array.of(1, 2, 3), null);
    expect(second.id).toBe(first.id);
    expect(await pictures.resize(first.id, 42)).toMatchObject({ widthMm: 42 });
    const again = open().pictures;
    expect(await again.list()).toMatchObject([{ widthMm: 42, png: Uint8Array.of(1, 2, 3) }]);
    await again.remove(first.id);
    expect(await again.list()).toEqual([]);
    await expect(again.remove(first.id)).rejects.toMatchObject({ code: 'picture-missing' });
    await expect(again.resize(first.id, 40)).rejects.toMatchObject({ code: 'picture-missing' });
  });

  it('that another vault sealed are told and left out', async () => {
    await open().pictures.put(print('b'), png, null);
    expect(await open(7).pictures.list()).toEqual([]);
    expect(lost).toHaveLength(1);
  });
});

describe('the picture that a signature shows', () => {
  const policy = join(root, 'policy.png');
  writeFileSync(policy, Buffer.from('the picture of policy'));
  const settings = { images: { leader: policy }, sealMm: 36 };
  const certificate = testKey('ec', `/CN=${leaderName}`, '-pkeyopt', 'ec_paramgen_curve:P-256').certificate;

  it('is that of the holder, else the one that settings name, else none', async () => {
    const { store, pictures } = open();
    const images = createSignerImages(store, settings);
    expect(Buffer.from((await images.of('leader', certificate)) ?? []).toString()).toBe(
      'the picture of policy',
    );
    expect(await images.of('seal', certificate)).toBeNull();
    expect(await images.of('attachment', certificate)).toBeNull();
    const { id } = await pictures.put(print('a'), png, null);
    expect(await images.of('leader', certificate)).toEqual(png);
    expect(await images.aspect('leader')).toBe(2);
    await pictures.remove(id);
    expect(Buffer.from((await images.of('leader', certificate)) ?? []).toString()).toBe(
      'the picture of policy',
    );
  });

  it('of the agency has the width that was said for it', async () => {
    const { store, pictures } = open();
    const images = createSignerImages(store, settings);
    expect(await images.sealMm()).toBe(36);
    await pictures.put(print('b'), png, 41.5);
    expect(await images.sealMm()).toBe(41.5);
  });
});
