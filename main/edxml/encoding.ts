// The character encoding of a package: finds out whether it is UTF-8 or UTF-16 and gives UTF-8 bytes without a mark.
// It accepts no other encoding and repairs nothing.
import { Failure } from '../../preload/contract/failure';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

function detect(head: Uint8Array): { encoding: Encoding; mark: number } {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return { encoding: 'utf-16le', mark: 0 };
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

/** Swaps the two bytes of every UTF-16 unit; a lone last byte is carried by the caller. */
function swapped(bytes: Uint8Array): Uint8Array {
  const output = new Uint8Array(bytes.length);
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    output[index] = bytes[index + 1] as number;
    output[index + 1] = bytes[index] as number;
  }
  return output;
}

/** Chunks of a package as UTF-8. Throws Failure `edxml-encoding` for a broken UTF-16 sequence. */
export async function* asUtf8(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  let decided: Encoding | undefined;
  let carried: Uint8Array = new Uint8Array(0);
  const decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
  const decode = (bytes: Uint8Array, stream: boolean): Uint8Array => {
    try {
      return Buffer.from(decoder.decode(bytes, { stream }), 'utf8');
    } catch (error) {
      throw new Failure('edxml-encoding', 'invalid UTF-16', { cause: error });
    }
  };
  const convert = (bytes: Uint8Array): Uint8Array => {
    if (decided === 'utf-8') return bytes;
    if (decided === 'utf-16le') return decode(bytes, true);
    const all = carried.length === 0 ? bytes : Buffer.concat([carried, bytes]);
    const even = all.length - (all.length % 2);
    carried = Uint8Array.from(all.subarray(even));
    return decode(swapped(all.subarray(0, even)), true);
  };
  const begin = (): Uint8Array => {
    const { encoding, mark } = detect(head);
    decided = encoding;
    return convert(head.subarray(mark));
  };
  for await (const chunk of chunks) {
    if (decided !== undefined) {
      yield convert(chunk);
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length >= 4) yield begin();
  }
  if (decided === undefined) yield begin();
  if (decided === 'utf-16be' && carried.length > 0) throw new Failure('edxml-encoding', 'half a UTF-16 unit');
  if (decided !== 'utf-8') yield decode(new Uint8Array(0), false);
}

/** Refuses an XML declaration that names an encoding the bytes are not in. */
export function checkDeclaredEncoding(name: string): void {
  if (!/^(utf-?8|utf-?16(le|be)?|us-ascii|ascii)$/i.test(name))
    throw new Failure('edxml-encoding', name.slice(0, 40));
}
