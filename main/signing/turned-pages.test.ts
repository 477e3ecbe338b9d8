// Where a signature stands on pages that are turned, cropped or measured in other units, as poppler draws it: upright, at the
// place that was asked for, within half a millimetre.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import { completeSignature, readyToSign } from './sign';
import { testFont, testKey, testSigner } from './test-signers';

const font = testFont();
const leader = testSigner(testKey('ec', '/CN=A', '-pkeyopt', 'ec_paramgen_curve:P-256'), 'ecdsa-sha256');
const time = new Date('2026-03-02T03:04:05Z');
const PIXELS_PER_POINT = 2;
const HALF_MM = 0.5 * (72 / 25.4) * PIXELS_PER_POINT;

/** Upper left red, upper right green, lower left blue, lower right yellow: no turn or mirror leaves it as it is. */
function corners(): Uint8Array {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const rows = Buffer.from([0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 0]);
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const parts = [
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly at: (x: number, y: number) => string;
}

/** The first page as it is shown: its crop box, turned. */
function drawn(bytes: Uint8Array): Picture {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-turned-'));
  writeFileSync(join(folder, 'a.pdf'), bytes);
  execFileSync('pdftoppm', ['-r', `${72 * PIXELS_PER_POINT}`, '-cropbox', '-singlefile', 'a.pdf', 'a'], {
    cwd: folder,
  });
  const ppm = readFileSync(join(folder, 'a.ppm'));
  const [head = '', width = '', height = ''] =
    /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40)) ?? [];
  const names: Readonly<Record<number, string>> = {
    4: 'red',
    2: 'green',
    1: 'blue',
    6: 'yellow',
    7: 'white',
  };
  return {
    width: Number(width),
    height: Number(height),
    at(x, y) {
      const offset = head.length + (Math.round(y) * Number(width) + Math.round(x)) * 3;
      const [r = 0, g = 0, b = 0] = ppm.subarray(offset, offset + 3);
      return names[(r > 150 ? 4 : 0) | (g > 150 ? 2 : 0) | (b > 150 ? 1 : 0)] ?? 'other';
    },
  };
}

const turns = [0, 90, 180, 270, -90, 450].flatMap((turn) =>
  ['', '/CropBox [20 30 575 800] ', '/MediaBox [-100 200 495 1042] /CropBox [-50 300 400 900] '].map(
    (boxes) => [turn, boxes, 1] as const,
  ),
);

it.each([...turns, [0, '', 2] as const, [90, '/CropBox [20 30 575 800] ', 0.5] as const])(
  'stands upright where it was asked for: /Rotate %i %s, unit %f',
  async (turn, boxes, unit) => {
    const page = `/Rotate ${turn} ${boxes}${unit === 1 ? '' : `/UserUnit ${unit} `}`;
    const source = samplePdf(
      'table',
      pageObjects(page).map((one) =>
        one.number === 4 ? { ...one, body: '<< /Length 0 >>\nstream\n\nendstream' } : one,
      ),
    );
    const rect = { x: 100, y: 50, width: 120, height: 80 };
    const what = { role: 'leader', image: corners(), place: { page: 0, rect } } as const;
    const ready = readyToSign(bytesSource(source), { what, time }, leader, { font });
    const picture = drawn(new Uint8Array(Buffer.concat([source, await completeSignature(ready, leader)])));
    // Poppler draws a page in its own units: one of ours is so many of its pixels.
    const scale = PIXELS_PER_POINT / unit;
    const [left, right] = [rect.x * scale, (rect.x + rect.width) * scale];
    const [top, bottom] = [picture.height - (rect.y + rect.height) * scale, picture.height - rect.y * scale];
    // The picture keeps its proportions: as wide as it is high, in the middle.
    const side = Math.min(right - left, bottom - top);
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    const inside = side / 2 - HALF_MM;
    const beyond = side / 2 + HALF_MM;
    expect(picture.at(middle.x - inside, middle.y - inside)).toBe('red');
    expect(picture.at(middle.x + inside, middle.y - inside)).toBe('green');
    expect(picture.at(middle.x - inside, middle.y + inside)).toBe('blue');
    expect(picture.at(middle.x + inside, middle.y + inside)).toBe('yellow');
    for (const [dx, dy] of [
      [-beyond, 0],
      [beyond, 0],
      [0, -beyond],
      [0, beyond],
    ] as const)
      expect(picture.at(middle.x + dx, middle.y + dy)).toBe('white');
  },
);
