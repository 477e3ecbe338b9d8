// A small picture with a see-through half, for the tests. Nothing in the program uses it.
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
  ends[0].writeUInt32BE(data.length);
  ends[1].writeUInt32BE(crc32(body));
  return Buffer.concat([ends[0], body, ends[1]]);
}

/** A PNG of 40 by 20 pixels: red at the left, half see-through blue at the right. */
export function redPixel(): Uint8Array {
  const header = Buffer.from([0, 0, 0, 40, 0, 0, 0, 20, 8, 6, 0, 0, 0]);
  const row = [
    0,
    ...Array.from({ length: 40 }, (_, x) => (x < 20 ? [200, 20, 20, 255] : [20, 20, 200, 128])).flat(),
  ];
  const rows = Buffer.from(Array.from({ length: 20 }, () => row).flat());
  return new Uint8Array(
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(rows)),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}
