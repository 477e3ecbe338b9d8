// Draws the application's icon (a page with the round red seal) and writes it as PNG files, an .ico and an .icns, so that
// no picture has to be kept in the repository. It draws nothing else.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const sizes = [16, 24, 32, 48, 64, 128, 256, 512];
const samples = 4;

const blue = [0x1f, 0x4e, 0x8c];
const paper = [0xff, 0xff, 0xff];
const line = [0xa9, 0xb8, 0xcc];
const seal = [0xc6, 0x28, 0x28];

/** The colour at a point of the unit square, or null where the icon is clear. */
function colourAt(x, y) {
  const corner = 0.16;
  const dx = Math.max(corner - x, x - (1 - corner), 0);
  const dy = Math.max(corner - y, y - (1 - corner), 0);
  if (Math.hypot(dx, dy) > corner) return null;
  const fromSeal = Math.hypot(x - 0.64, y - 0.68);
  if (fromSeal < 0.17) return fromSeal > 0.135 && fromSeal < 0.15 ? paper : seal;
  if (x > 0.25 && x < 0.75 && y > 0.16 && y < 0.84) {
    const onLine = [0.29, 0.39, 0.49].some((at) => Math.abs(y - at) < 0.018) && x > 0.33 && x < 0.67;
    return onLine ? line : paper;
  }
  return blue;
}

function pixels(size) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const sum = [0, 0, 0, 0];
      for (let i = 0; i < samples * samples; i += 1) {
        const u = (x + ((i % samples) + 0.5) / samples) / size;
        const v = (y + (Math.floor(i / samples) + 0.5) / samples) / size;
        const colour = colourAt(u, v);
        if (colour === null) continue;
        for (let channel = 0; channel < 3; channel += 1) sum[channel] += colour[channel];
        sum[3] += 1;
      }
      const at = y * (size * 4 + 1) + 1 + x * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        rows[at + channel] = sum[3] === 0 ? 0 : Math.round(sum[channel] / sum[3]);
      }
      rows[at + 3] = Math.round((sum[3] * 255) / samples ** 2);
    }
  }
  return rows;
}

function chunk(type, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  data.copy(out, 8);
  out.writeUInt32BE(checksum(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

/** CRC-32; Node has its own from 22 on. */
function checksum(bytes) {
  if (crc32 !== undefined) return crc32(bytes);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The icon as a PNG of `size` x `size` points. */
export function iconPng(size) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels(size), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function ico(pngs) {
  const used = pngs.filter(({ size }) => size <= 256);
  const head = Buffer.alloc(6 + used.length * 16);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(used.length, 4);
  let offset = head.length;
  used.forEach(({ size, png }, at) => {
    const entry = 6 + at * 16;
    head.set([size % 256, size % 256, 0, 0], entry);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...used.map(({ png }) => png)]);
}

function icns(pngs) {
  const types = { 128: 'ic07', 256: 'ic08', 512: 'ic09' };
  const parts = pngs
    .filter(({ size }) => size in types)
    .map(({ size, png }) => {
      const head = Buffer.alloc(8);
      head.write(types[size], 0, 'latin1');
      head.writeUInt32BE(png.length + 8, 4);
      return Buffer.concat([head, png]);
    });
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}

/** Writes every form of the icon into `folder`; linux/ holds one PNG a size. */
export function writeIcons(folder) {
  mkdirSync(join(folder, 'linux'), { recursive: true });
  const pngs = sizes.map((size) => ({ size, png: iconPng(size) }));
  for (const { size, png } of pngs) writeFileSync(join(folder, 'linux', `${size}x${size}.png`), png);
  writeFileSync(join(folder, 'icon.ico'), ico(pngs));
  writeFileSync(join(folder, 'icon.icns'), icns(pngs));
}
