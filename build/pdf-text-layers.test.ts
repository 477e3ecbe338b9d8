import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GlobalWorkerOptions, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, describe, expect, it } from 'vitest';
import { layersRead } from '../renderer/pdf/layers';
import { readText, stringsOf } from '../renderer/pdf/text-content';
import { layeredPdf, layerWords } from '../tests/fixtures/layered-pdf';
import { withLayersOfText } from './pdf-text-layers.mjs';

const worker = readFileSync('node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', 'utf8');
const mended = withLayersOfText as (source: string) => string;

const folder = mkdtempSync(join(tmpdir(), 'van-thu-layers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the layers that words stand on', () => {
  it('are known by marked content and by forms: words of layers that are not seen are not read', async () => {
    const path = join(folder, 'pdf.worker.mjs');
    writeFileSync(path, mended(worker));
    GlobalWorkerOptions.workerSrc = pathToFileURL(path).href;
    const pdf = await getDocument({ data: await layeredPdf(), verbosity: 0 }).promise;
    const page = await pdf.getPage(1);
    const words = async (...choices: [string, boolean][]): Promise<string[]> => {
      const content = await readText(page, await layersRead(pdf, choices));
      return layerWords.filter((word) => stringsOf(content).some(({ str }) => str.includes(word)));
    };
    const config = await pdf.getOptionalContentConfig();
    const ids = [...(config as Iterable<readonly [string, unknown]>)].map(([id]) => id);
    expect(await words()).toEqual(['alpha', 'charlie', 'echo']);
    const [shown = '', hidden = '', , second = ''] = ids;
    expect(await words([hidden, true])).toEqual(['alpha', 'bravo', 'charlie', 'echo', 'foxtrot']);
    expect(await words([hidden, true], [second, true], [shown, false])).toEqual([
      ...['bravo', 'delta', 'echo', 'foxtrot'],
    ]);
    await pdf.destroy();
  });

  it('stop the build where pdf.js reads words in another way than this was written for', () => {
    expect(() => mended(worker.replaceAll('sinkWrapper', 'another'))).toThrow('pdf.js changed');
    expect(() => mended('nothing of pdf.js')).toThrow('pdf.js changed');
  });
});
