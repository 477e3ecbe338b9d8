// Changes answers and packages as damage, bad software and attackers do, from a row of chances: the same row gives the same
// bytes. It knows no client and no reader.
import { deflateSync, gzipSync } from 'node:zlib';

/** A whole number from 0 up to (not with) the limit. */
export type Below = (limit: number) => number;
type Change = (bytes: Buffer, below: Below) => Buffer;

export function chosen<T>(list: readonly T[], below: Below): T {
  const found = list[below(list.length)];
  if (found === undefined) throw new RangeError('nothing to choose from');
  return found;
}

function spliced(bytes: Buffer, start: number, end: number, insert: Uint8Array | string): Buffer {
  const middle = typeof insert === 'string' ? Buffer.from(insert, 'utf8') : insert;
  return Buffer.concat([bytes.subarray(0, start), middle, bytes.subarray(end)]);
}

const randomBytes = (count: number, below: Below) =>
  Buffer.from(Array.from({ length: count }, () => below(256)));

const byteChanges: readonly Change[] = [
  (bytes, below) => spliced(bytes, below(bytes.length + 1), bytes.length, ''),
  (bytes, below) => {
    const at = below(bytes.length + 1);
    return spliced(bytes, at, at, randomBytes(1 + below(40), below));
  },
  (bytes, below) => {
    const at = below(bytes.length + 1);
    return spliced(bytes, at, Math.min(bytes.length, at + 1 + below(300)), '');
  },
  (bytes, below) => {
    const [from, at] = [below(bytes.length + 1), below(bytes.length + 1)];
    return spliced(bytes, at, at, Buffer.from(bytes.subarray(from, from + 1 + below(2000))));
  },
  (bytes, below) => {
    const copy = Buffer.from(bytes);
    for (let count = 1 + below(8); count > 0 && copy.length > 0; count -= 1)
      copy[below(copy.length)] = below(256);
    return copy;
  },
];

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

/** Text that means something to one of the readers, put in anywhere. */
const words: readonly ((below: Below) => string)[] = [
  (below) => nested('<a>', '</a>', 1 + below(20_000)),
  (below) => nested('[', ']', 1 + below(20_000)),
  (below) => '{"a":'.repeat(1 + below(20_000)),
  () => '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
  () => '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>&e;</x>',
  () => '&a;&#0;&#x110000;&#xD800;&lt',
  () => '<![CDATA[',
  () => ']]>',
  () => '<?xml version="1.0" encoding="UTF-16"?>',
  () => '<?xml version="1.1" encoding="windows-1258"?>',
  () => `<!--${'-'.repeat(70_000)}`,
  () => ' xmlns:edXML="urn:other"',
  () => '"data":"AAAA","data":"BBBB",',
  () => '"__proto__":{"status":"OK"},',
  () => '"status":null,"ErrorCode":{},"DocId":[],',
  () => '\\u0000\\uD800\\',
  () => '\u0000',
  () => '\uFEFF',
  () => '99999999999999999999999e999',
  (below) => 'A'.repeat(below(300_000)),
  () => '\r\n--boundary\r\nContent-ID: <x>\r\n\r\n',
];

const wordChange: Change = (bytes, below) => {
  const at = below(bytes.length + 1);
  return spliced(bytes, at, at, chosen(words, below)(below));
};

/** One JSON value of the text in place of another. */
const jsonChange: Change = (bytes, below) => {
  const values = [...bytes.toString('latin1').matchAll(/:\s*("(?:[^"\\]|\\.){0,200}"|\d+|null|\[|\{)/g)];
  const one = values[below(Math.max(1, values.length))];
  if (one?.[1] === undefined) return bytes;
  const at = (one.index ?? 0) + one[0].length - one[1].length;
  const other = ['null', '{}', '[]', '-1', '1e999', '""', 'true', '"FAIL"', '"OK"', '[[]]', '[null]', '[{}]'];
  return spliced(bytes, at, at + one[1].length, chosen(other, below));
};

/** Two elements or attributes of the text change places, or one name becomes another. */
const xmlChange: Change = (bytes, below) => {
  const tags = [...bytes.toString('latin1').matchAll(/<\/?[A-Za-z:]+/g)];
  const [one, other] = [tags[below(Math.max(1, tags.length))], tags[below(Math.max(1, tags.length))]];
  if (one === undefined || other === undefined) return bytes;
  return spliced(bytes, one.index ?? 0, (one.index ?? 0) + one[0].length, other[0]);
};

const textChanges: readonly Change[] = [wordChange, wordChange, jsonChange, xmlChange, ...byteChanges];

/** A package, changed once to three times. */
export function changedPackage(bytes: Buffer, below: Below): Buffer {
  let changed = bytes;
  for (let count = 1 + below(3); count > 0; count -= 1) {
    changed = chosen([wordChange, wordChange, xmlChange, ...byteChanges], below)(changed, below);
  }
  return below(40) === 0 ? Buffer.from(changed.toString('utf8'), 'utf16le') : changed;
}

const zeros = gzipSync(Buffer.alloc(64 << 20));
const flatZeros = deflateSync(Buffer.alloc(64 << 20));

interface Answer {
  readonly status: string;
  readonly lines: string[];
  readonly body: Buffer;
}

/** Head and body, chunks joined; the length is left out and written anew. */
function parsed(raw: Buffer): Answer {
  const end = raw.indexOf('\r\n\r\n');
  const [status = '', ...lines] = raw.toString('latin1', 0, end).split('\r\n');
  let body = raw.subarray(end + 4);
  if (lines.some((line) => /^transfer-encoding:.*chunked/i.test(line))) {
    const pieces: Buffer[] = [];
    for (let at = 0; at < body.length; ) {
      const stop = body.indexOf('\r\n', at);
      const size = Number.parseInt(body.toString('latin1', at, stop), 16);
      if (!(size > 0)) break;
      pieces.push(body.subarray(stop + 2, stop + 2 + size));
      at = stop + 2 + size + 2;
    }
    body = Buffer.concat(pieces);
  }
  const kept = lines.filter(
    (line) => !/^(transfer-encoding|content-length|keep-alive|connection):/i.test(line),
  );
  return { status, lines: [...kept, 'Connection: close'], body };
}

function written({ status, lines, body }: Answer, length: string | null): Buffer {
  const all = length === null ? lines : [...lines, `Content-Length: ${length}`];
  return Buffer.concat([Buffer.from(`${[status, ...all].join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** A change of the package inside a Base64 member, or of the body itself where there is none. */
function changedInside(body: Buffer, below: Below): Buffer {
  const text = body.toString('latin1');
  const found = /"data":"([A-Za-z0-9+/=]{40,})"/.exec(text);
  if (found?.[1] === undefined) return chosen(textChanges, below)(body, below);
  const at = found.index + '"data":"'.length;
  const inner = changedPackage(Buffer.from(found[1], 'base64'), below);
  return spliced(body, at, at + found[1].length, inner.toString('base64'));
}

const headLines: readonly ((below: Below) => string)[] = [
  () => 'Content-Encoding: gzip',
  () => 'Content-Encoding: br',
  () => 'Transfer-Encoding: chunked',
  () => 'Content-Length: -1',
  () => 'Content-Length: 99999999999999999999',
  () => 'Retry-After: -5',
  () => 'Retry-After: 99999999999999',
  () => 'Retry-After: Wed, 99 Foo 2026 25:61:61 GMT',
  () => 'X-Road-Error: Server.ServerProxy.ServiceFailed',
  () => 'X-Road-Id: another',
  () => 'Content-Type: multipart/related; boundary=',
  () => 'Content-Type: text/html',
  () => 'Location: http://127.0.0.1:1/',
  (below) => `X-Long: ${'x'.repeat(below(90_000))}`,
  () => 'Broken\u0000: header',
  () => 'Upgrade: websocket',
];
const statusLines = [
  ...['HTTP/1.1 200', 'HTTP/1.0 200 OK', 'HTTP/1.1 204 None', 'HTTP/1.1 301 Moved', 'HTTP/1.1 304 Same'],
  ...['HTTP/1.1 401 No', 'HTTP/1.1 403 No', 'HTTP/1.1 404 No', 'HTTP/1.1 413 Large', 'HTTP/1.1 429 Wait'],
  ...['HTTP/1.1 500 Error', 'HTTP/1.1 502 Bad', 'HTTP/1.1 503 Busy', 'HTTP/1.1 101 Switch', 'HTTP/2 200'],
  ...['HTTP/1.1 999 Odd', 'HTTP/1.1 -1 Odd', 'ICY 200 OK', ''],
];

/** One whole answer as bytes on the wire, changed. */
export function changedAnswer(raw: Buffer, below: Below): Buffer {
  const answer = parsed(raw);
  const size = (body: Buffer) => String(body.length);
  switch (below(10)) {
    case 0: {
      const body = chosen(byteChanges, below)(answer.body, below);
      return written({ ...answer, body }, size(body));
    }
    case 1:
    case 2:
    case 3: {
      let body = changedInside(answer.body, below);
      if (below(2) === 0) body = chosen(textChanges, below)(body, below);
      return written({ ...answer, body }, size(body));
    }
    case 4:
      return written({ ...answer, status: chosen(statusLines, below) }, size(answer.body));
    case 5: {
      const lines = [...answer.lines, chosen(headLines, below)(below)];
      return written({ ...answer, lines }, size(answer.body));
    }
    case 6: {
      // Compressed as it may be, cut, or far larger than it looks.
      const deflate = below(3) === 0;
      const packed = deflate ? deflateSync(answer.body) : gzipSync(answer.body);
      const bomb = deflate ? flatZeros : zeros;
      const body = chosen([packed, packed.subarray(0, below(packed.length + 1)), bomb, answer.body], below);
      const lines = [...answer.lines, `Content-Encoding: ${deflate ? 'deflate' : 'gzip'}`];
      return written({ ...answer, lines, body }, size(body));
    }
    case 7:
      return written(
        answer,
        chosen(['0', '1', '10', size(Buffer.alloc(answer.body.length + 50)), 'x', '+7'], below),
      );
    case 8: {
      const chunk = chosen(['ffffffff', '-1', 'zz', '0', '1', answer.body.length.toString(16)], below);
      const body = Buffer.concat([Buffer.from(`${chunk}\r\n`), answer.body, Buffer.from('\r\n0\r\n\r\n')]);
      return written({ ...answer, lines: [...answer.lines, 'Transfer-Encoding: chunked'], body }, null);
    }
    default:
      return chosen([...byteChanges, wordChange, (bytes: Buffer) => bytes.subarray(0, 0)], below)(raw, below);
  }
}
