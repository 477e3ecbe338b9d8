// Makes small PDF files of every kind of cross-reference for the tests. Nothing in the program uses it.
import { deflateSync } from 'node:zlib';

export type SampleKind = 'table' | 'stream' | 'object-streams' | 'hybrid';

export interface SampleObject {
  readonly number: number;
  /** Syntax of the value, latin1. */
  readonly body: string;
}

/** A page of text: catalog 1, page tree 2, page 3, contents 4. */
export function pageObjects(page = '', catalog = ''): SampleObject[] {
  const text = 'BT /F1 14 Tf 100 700 Td (QUYET DINH) Tj ET';
  return [
    { number: 1, body: `<< /Type /Catalog /Pages 2 0 R ${catalog}>>` },
    { number: 2, body: '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>' },
    { number: 3, body: `<< /Type /Page /Parent 2 0 R /Contents 4 0 R ${page}>>` },
    { number: 4, body: `<< /Length ${text.length} >>\nstream\n${text}\nendstream` },
  ];
}

interface Written {
  readonly number: number;
  readonly type: 1 | 2;
  readonly first: number;
  readonly second: number;
}

function rowsOf(entries: readonly Written[]): { index: string; data: Buffer } {
  const sorted = [...entries].sort((a, b) => a.number - b.number);
  const rows = sorted.map((one) => {
    const row = Buffer.alloc(7);
    row[0] = one.type;
    row.writeUInt32BE(one.first, 1);
    row.writeUInt16BE(one.second, 5);
    return row;
  });
  return { index: sorted.map((one) => `${one.number} 1`).join(' '), data: Buffer.concat(rows) };
}

/** A whole file, or with `before` that file and an update of these objects. `trailer` is added to the trailer. */
export function samplePdf(
  kind: SampleKind,
  objects: readonly SampleObject[] = pageObjects(),
  options: { before?: Uint8Array; prev?: number; trailer?: string; header?: string } = {},
): Uint8Array {
  let out = options.before === undefined ? '' : Buffer.from(options.before).toString('latin1');
  if (out === '') out = options.header ?? '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const entries: Written[] = [];
  const packs = kind === 'object-streams' || kind === 'hybrid';
  const packed = packs ? objects.filter((one) => !one.body.includes('stream')) : [];
  const put = (number: number, body: string): void => {
    entries.push({ number, type: 1, first: out.length, second: 0 });
    out += `${number} 0 obj\n${body}\nendobj\n`;
  };
  for (const one of objects) if (!packed.includes(one)) put(one.number, one.body);
  let next = Math.max(10, ...objects.map((one) => one.number)) + 1;
  if (packed.length > 0) {
    let members = '';
    let head = '';
    packed.forEach((one, index) => {
      head += `${one.number} ${members.length} `;
      members += `${one.body} `;
      entries.push({ number: one.number, type: 2, first: next, second: index });
    });
    const data = deflateSync(Buffer.from(head + members, 'latin1')).toString('latin1');
    put(
      next,
      `<< /Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length} >>\n` +
        `stream\n${data}\nendstream`,
    );
    next += 1;
  }
  const prev = options.prev === undefined ? '' : `/Prev ${options.prev} `;
  const common = `/Root 1 0 R ${prev}${options.trailer ?? ''}`;
  const section = (extra: string, listed: readonly Written[]): string => {
    const own = next;
    next += 1;
    const all: Written[] = [...listed, { number: own, type: 1, first: out.length, second: 0 }];
    const { index, data } = rowsOf(all);
    return (
      `${own} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [${index}] /Size ${next} ${extra}/Length ${data.length} >>\n` +
      `stream\n${data.toString('latin1')}\nendstream\nendobj\n`
    );
  };
  let startxref = out.length;
  if (kind === 'stream' || kind === 'object-streams') {
    out += section(common, entries);
  } else {
    let hidden = '';
    if (kind === 'hybrid') {
      const at = out.length;
      out += section(
        '',
        entries.filter((one) => one.type === 2),
      );
      hidden = `/XRefStm ${at} `;
      startxref = out.length;
    }
    out += 'xref\n0 1\n0000000000 65535 f \n';
    for (const one of entries.filter((entry) => entry.type === 1)) {
      out += `${one.number} 1\n${`${one.first}`.padStart(10, '0')} 00000 n \n`;
    }
    out += `trailer\n<< /Size ${next} ${hidden}${common} >>\n`;
  }
  out += `startxref\n${startxref}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(out, 'latin1'));
}

/** The number after the last startxref of a file. */
export function startxrefOf(bytes: Uint8Array): number {
  const text = Buffer.from(bytes).toString('latin1');
  return Number(/startxref\s+(\d+)/.exec(text.slice(text.lastIndexOf('startxref')))?.[1]);
}
