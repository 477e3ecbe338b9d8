import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { type Enclosed, readEnclosed } from './enclosed';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Three pages; `whole` are enclosed in the file, `noted` stand on page 2 as attachment notes, the last of them hidden. */
async function sample(whole: Readonly<Record<string, string>>, noted: readonly [string, string][]) {
  const pdf = await PDFDocument.create();
  const pages = [1, 2, 3].map(() => pdf.addPage([200, 200]));
  for (const [name, text] of Object.entries(whole)) await pdf.attach(bytes(text), name);
  const { context } = pdf;
  const notes = noted.map(([name, text], index) => {
    const content = context.register(context.stream(bytes(text), { Type: 'EmbeddedFile' }));
    const named = PDFString.of(name);
    const FS = { Type: 'Filespec', F: named, UF: named, EF: { F: content } };
    const F = noted.length > 1 && index === noted.length - 1 ? 2 : 0;
    const note = { Type: 'Annot', Subtype: 'FileAttachment', Rect: [10, 10, 30, 30], F, FS };
    return context.register(context.obj(note as never));
  });
  pages[1]?.node.set(PDFName.of('Annots'), context.obj(notes));
  return getDocument({ data: await pdf.save(), verbosity: 0 });
}

async function read(pdf: PDFDocumentProxy, signal = new AbortController().signal) {
  const told: Enclosed[] = [];
  const problems: unknown[] = [];
  const tell = (enclosed: Enclosed): void => void told.push(enclosed);
  await readEnclosed(pdf, { signal, tell, onProblem: (error) => void problems.push(error) });
  const listed = told
    .at(-1)
    ?.files.map(({ name, bytes: of, page }) => [name, new TextDecoder().decode(of), page]);
  return { told, problems, listed };
}

const noPage = { getAttachments: async () => null, numPages: 3 };

describe('the files inside a PDF', () => {
  it('are those of the whole file and those that a page carries as notes, with their page, hidden ones too', async () => {
    const task = await sample({ 'a.csv': 'a;b' }, [
      ['ban ve.dwg', 'lines'],
      ['../x/b.txt', 'b'],
    ]);
    const { listed, told } = await read(await task.promise);
    expect(listed).toEqual([
      ['a.csv', 'a;b', null],
      ['ban ve.dwg', 'lines', 2],
      ['b.txt', 'b', 2],
    ]);
    expect(told.map(({ files, state }) => [files.length, state])).toEqual([
      [1, 'reading'],
      [3, 'reading'],
      [3, 'whole'],
    ]);
    await task.destroy();
  });

  it('are listed once where a note carries what the whole file has, and twice where only the names are the same', async () => {
    const task = await sample({ 'a.csv': 'a;b' }, [
      ['a.csv', 'a;b'],
      ['a.csv', 'a;c'],
    ]);
    expect((await read(await task.promise)).listed).toEqual([
      ['a.csv', 'a;b', null],
      ['a.csv', 'a;c', 2],
    ]);
    await task.destroy();
  });

  it('are none only after every page was looked at', async () => {
    const task = await sample({}, []);
    expect((await read(await task.promise)).told).toEqual([{ files: [], state: 'whole' }]);
    await task.destroy();
  });

  it('are not said to be all where a page cannot be read, which is told once', async () => {
    const getPage = async (): Promise<never> => {
      throw new Error('broken');
    };
    const { told, problems } = await read({ ...noPage, getPage } as never);
    expect(told).toEqual([{ files: [], state: 'partly' }]);
    expect(problems).toHaveLength(1);
  });

  it('are no longer sought, and nothing is told, once the column is closed', async () => {
    const stop = new AbortController();
    let asked = 0;
    const getPage = async (): Promise<never> => {
      asked += 1;
      stop.abort();
      throw new Error('closed');
    };
    const { told, problems } = await read({ ...noPage, getPage } as never, stop.signal);
    expect([asked, told, problems]).toEqual([1, [], []]);
  });
});
