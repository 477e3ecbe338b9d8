// A zip of one deflated entry, written as the bytes pass. Sizes stand in a descriptor behind the data, the way Java's
// ZipOutputStream writes it, because readers of QCVN packages are built on it.
import { createDeflateRaw } from 'node:zlib';
import { Failure } from '../../preload/contract/failure';
import { crc32 } from './crc32';

const version = 20;
/** Sizes follow the data; the name is UTF-8. */
const flags = 0x0808;
const deflated = 8;
/** 1980-01-01 00:00: a package's bytes depend on its content alone. */
const dosTime = 0;
const dosDate = 0x21;
/** Beyond this the 32-bit fields of a plain zip do not reach. */
const mostBytes = 0xfffffffe;

function localHeader(name: Buffer): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(dosTime, 10);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function ending(name: Buffer, crc: number, packed: number, size: number): Buffer {
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(crc, 4);
  descriptor.writeUInt32LE(packed, 8);
  descriptor.writeUInt32LE(size, 12);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(version, 4);
  central.writeUInt16LE(version, 6);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(deflated, 10);
  central.writeUInt16LE(dosTime, 12);
  central.writeUInt16LE(dosDate, 14);
  descriptor.copy(central, 16, 4);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed + descriptor.length, 16);
  return Buffer.concat([descriptor, central, name, end]);
}

/** The zip of one entry around `content`. Throws Failure `edxml-size` beyond 4 GB. */
export async function* zipOf(
  entryName: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const name = Buffer.from(entryName, 'utf8');
  let crc = 0;
  let size = 0;
  let packed = 0;
  const deflate = createDeflateRaw({ level: 6 });
  const feed = async () => {
    try {
      for await (const bytes of content) {
        crc = crc32(bytes, crc);
        size += bytes.length;
        if (size > mostBytes) throw new Failure('edxml-size', 'zip entry');
        if (!deflate.write(bytes)) await new Promise<void>((resolve) => deflate.once('drain', resolve));
      }
      deflate.end();
    } catch (error) {
      deflate.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  yield localHeader(name);
  const feeding = feed();
  try {
    for await (const bytes of deflate) {
      packed += (bytes as Uint8Array).length;
      yield bytes as Uint8Array;
    }
    await feeding;
  } finally {
    deflate.destroy();
  }
  yield ending(name, crc, packed, size);
}
