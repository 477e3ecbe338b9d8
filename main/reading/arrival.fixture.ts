// The reading host bundled as it is shipped, and small packages of small files for it. Used by tests alone.
import { build } from 'esbuild';
import { attachmentText, packageText } from '../edxml/testing';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';

/** Bundles the host to this file. */
export async function bundleReadingHost(outfile: string): Promise<void> {
  await build({
    entryPoints: ['main/reading/host.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    logLevel: 'error',
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
}

export type PackedFile = readonly [name: string, contentType: string, bytes: Uint8Array];
/** A package of these files, its subject without a mark. */
export function packageOf(files: readonly PackedFile[]): Buffer {
  const attachment = files
    .map(([name, contentType, bytes]) =>
      attachmentText(name, contentType, Buffer.from(bytes).toString('base64')),
    )
    .join('');
  return Buffer.from(packageText({ attachment }));
}
/** A PDF of one line, with `padding` bytes more than it needs; `differences`: letters of its own. */
export function pdfOf(line: string, padding = 0, differences = '[]'): Buffer {
  const text = `BT /F1 14 Tf 100 700 Td (${line}) Tj ET%${'x'.repeat(padding)}`;
  const encoding = `/Encoding << /Type /Encoding /Differences ${differences} >>`;
  const font = `/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica ${encoding} >> >> >>`;
  const objects = pageObjects(font).map((one) =>
    one.number === 4 ? { ...one, body: `<< /Length ${text.length} >>\nstream\n${text}\nendstream` } : one,
  );
  return Buffer.from(samplePdf('table', objects));
}
