// The files that the signing bench signs: many small ones, one of hundreds of megabytes, one of 300 000 objects.
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Jobs over one file, or over as many different small ones (`make` gives their bytes). */
export function jobsOf(folder, name, number, make) {
  const out = mkdtempSync(join(folder, 'out-'));
  return [...Array(number).keys()].map((index) => {
    const own = join(out, `in-${index}.pdf`);
    if (make !== undefined) writeFileSync(own, make(index));
    return {
      file: `${index}`,
      out: `${index}`,
      sourcePath: make === undefined ? join(folder, name) : own,
      outputPath: join(out, `${index}.pdf`),
    };
  });
}

/** Small files, each another. */
export function smallMaker(parts) {
  return (index) => parts.samplePdf('table', [...parts.pageObjects(), { number: 9, body: `(${index})` }]);
}

/** Writes a file in pieces and knows where each object went. */
class Writer {
  constructor(path) {
    this.descriptor = openSync(path, 'w');
    this.at = 0;
    this.offsets = [];
  }

  write(bytes) {
    this.at += writeSync(this.descriptor, bytes);
  }

  object(number, body) {
    this.offsets[number] = this.at;
    this.write(`${number} 0 obj\n${body}\nendobj\n`);
  }

  finish() {
    const xref = this.at;
    const size = this.offsets.length;
    const entry = (offset) => `${`${offset}`.padStart(10, '0')} 00000 n \n`;
    this.write(`xref\n0 ${size}\n0000000000 65535 f \n${this.offsets.slice(1).map(entry).join('')}`);
    this.write(`trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }
}

const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>';

/** A PDF of one page with a stream of that many megabytes of noise. */
export function largeFile(path, megabytes) {
  const file = new Writer(path);
  file.write('%PDF-1.7\n');
  file.object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  file.object(2, pages);
  file.object(3, '<< /Type /Page /Parent 2 0 R >>');
  file.offsets[4] = file.at;
  file.write(`4 0 obj\n<< /Length ${megabytes << 20} >>\nstream\n`);
  const noise = randomBytes(1 << 20);
  for (let part = 0; part < megabytes; part += 1) file.write(noise);
  file.write('\nendstream\nendobj\n');
  file.finish();
}

/** A PDF of one page and `total` objects, about 27 MB for 300 000: rows of a table, each with its owner, in arrays of 1000. */
export function manyObjectsFile(path, total) {
  const file = new Writer(path);
  const groups = Math.ceil(total / 1000);
  const first = 5 + groups;
  const rows = total - first;
  const list = (from, to) => [...Array(to - from).keys()].map((index) => `${from + index} 0 R`).join(' ');
  file.write('%PDF-1.7\n');
  file.object(1, '<< /Type /Catalog /Pages 2 0 R /Table 4 0 R >>');
  file.object(2, pages);
  file.object(3, '<< /Type /Page /Parent 2 0 R /Resources << >> >>');
  file.object(4, `[${list(5, first)}]`);
  for (let group = 0; group < groups; group += 1) {
    const from = first + group * 1000;
    file.object(5 + group, `[${list(from, Math.min(from + 1000, first + rows))}]`);
  }
  let text = '';
  const start = file.at;
  for (let row = 0; row < rows; row += 1) {
    file.offsets[first + row] = start + text.length;
    text += `${first + row} 0 obj\n<</P ${5 + Math.floor(row / 1000)} 0 R/Name (row ${row}) /N ${row}>>\nendobj\n`;
  }
  file.write(text);
  file.finish();
}
