import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it, vi } from 'vitest';
import { type Found, findInPdf } from './find';
import { begun, stepped, toldOf, withFailure, withFound } from './find-standing';
import { layersAsSaved } from './layers';

/** A file whose pages say this; a page that says null cannot be read. */
function pdfOf(pages: readonly (string | null)[]) {
  const getPage = vi.fn(async (number: number) => ({
    streamTextContent: () =>
      new ReadableStream({
        start: (controller) => {
          const str = pages[number - 1];
          if (typeof str !== 'string') throw new Error('no such words');
          controller.enqueue({ items: [{ str, hasEOL: false }], styles: {}, lang: null });
          controller.close();
        },
      }),
  }));
  const getOptionalContentConfig = async () => new Map();
  const pdf = { numPages: pages.length, getPage, getOptionalContentConfig } as unknown;
  return { pdf: pdf as PDFDocumentProxy, getPage };
}

interface Ways {
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly breath?: () => Promise<void>;
}

async function search(pdf: PDFDocumentProxy, query: string, ways: Ways = {}): Promise<Found[]> {
  const told: Found[] = [];
  const { signal = new AbortController().signal, ...rest } = ways;
  const breath = async (): Promise<void> => undefined;
  const tell = (found: Found): void => void told.push(found);
  await findInPdf(pdf, { query, layers: layersAsSaved, signal, tell, breath, ...rest });
  return told;
}

describe('a search in a file', () => {
  it('tells of the first hits before the other pages are read', async () => {
    const { pdf, getPage } = pdfOf(['văn bản', 'tờ trình', 'bản vẽ']);
    const read: number[] = [];
    const tell = (): void => void read.push(getPage.mock.calls.length);
    await findInPdf(pdf, {
      ...{ query: 'bản', layers: layersAsSaved, tell },
      signal: new AbortController().signal,
    });
    expect(read).toEqual([1, 3, 3]);
  });

  it('tells of all hits in the order of reading, and that there are no others', async () => {
    const told = await search(pdfOf(['a b a', 'c', 'A']).pdf, 'a');
    expect(told.map(({ hits, state }) => [hits.length, state])).toEqual([
      [2, 'searching'],
      [3, 'searching'],
      [3, 'whole'],
    ]);
    expect(told.at(-1)?.hits).toEqual([
      { page: 1, index: 0 },
      { page: 1, index: 1 },
      { page: 3, index: 0 },
    ]);
  });

  it('says that there are more where it stops counting, and only there', async () => {
    const { pdf } = pdfOf(['a a', 'a']);
    expect((await search(pdf, 'a', { limit: 2 })).at(-1)).toMatchObject({ state: 'more' });
    expect((await search(pdf, 'a', { limit: 1 })).at(-1)?.hits).toHaveLength(1);
    expect((await search(pdf, 'a', { limit: 3 })).at(-1)).toMatchObject({ state: 'whole' });
  });

  it('looks at the words of a page once, however many hits it has', async () => {
    const normalize = vi.spyOn(String.prototype, 'normalize');
    const many = async (hits: number): Promise<number> => {
      normalize.mockClear();
      await search(pdfOf(['a'.repeat(hits)]).pdf, 'a');
      return normalize.mock.calls.length;
    };
    const few = await many(1);
    expect(await many(300)).toBe(few);
    normalize.mockRestore();
  });

  it('reads nothing where no words are sought', async () => {
    const { pdf, getPage } = pdfOf(['a']);
    expect(await search(pdf, '  ')).toEqual([{ hits: [], state: 'whole' }]);
    expect(getPage).not.toHaveBeenCalled();
  });

  it('lets the window breathe between pages, and is silent once it is given up', async () => {
    const { pdf, getPage } = pdfOf(['a', 'a', 'a']);
    const stop = new AbortController();
    const breath = async (): Promise<void> => stop.abort();
    const told = await search(pdf, 'a', { signal: stop.signal, breath });
    expect(told.map(({ state }) => state)).toEqual(['searching']);
    expect(getPage).toHaveBeenCalledTimes(1);
  });

  it('fails where a page cannot be read', async () => {
    await expect(search(pdfOf(['a', null]).pdf, 'a')).rejects.toThrow('no such words');
  });
});

describe('what is said of a search', () => {
  const hits = [
    { page: 1, index: 0 },
    { page: 4, index: 0 },
  ];
  const found = (state: Found['state']): Found => ({ hits, state });

  it('is that it goes on until the whole file was searched, and only then that nothing is there', () => {
    expect(toldOf(begun('a'), 'a')).toEqual({ kind: 'searching', count: '' });
    const none = withFound(begun('a'), 'a', { hits: [], state: 'whole' });
    expect(toldOf(none, 'a')).toEqual({ kind: 'none', count: '' });
    expect(toldOf(withFailure(begun('a'), 'a'), 'a')).toEqual({ kind: 'failed', count: '' });
    expect(toldOf(none, ' ')).toEqual({ kind: 'nothing', count: '' });
  });

  it('is how many there are, with a plus where there are more', () => {
    const told = (state: Found['state']) => toldOf(withFound(begun('a'), 'a', found(state)), 'a');
    expect(told('searching')).toEqual({ kind: 'searching', count: '1 / 2' });
    expect(told('whole')).toEqual({ kind: 'found', count: '1 / 2' });
    expect(told('more')).toEqual({ kind: 'found', count: '1 / 2+' });
  });

  it('is nothing of the hits of other words, through which no key steps', () => {
    const of = withFound(begun('a'), 'a', found('whole'));
    expect(toldOf(of, 'ab')).toEqual({ kind: 'searching', count: '' });
    expect(stepped(of, 'ab', 1)).toBe(of);
    expect(withFound(of, 'ab', found('more'))).toBe(of);
    expect(withFailure(of, 'ab')).toBe(of);
  });

  it('goes around the ends once all hits are known, and waits there before', () => {
    const whole = withFound(begun('a'), 'a', found('whole'));
    expect(stepped(whole, 'a', -1).at).toBe(1);
    expect(stepped(stepped(whole, 'a', 1), 'a', 1).at).toBe(0);
    const going = withFound(begun('a'), 'a', found('searching'));
    expect(stepped(going, 'a', -1)).toBe(going);
    expect(stepped(stepped(going, 'a', 1), 'a', 1).at).toBe(1);
  });

  it('keeps the clerk at their hit while more are found', () => {
    const second = stepped(withFound(begun('a'), 'a', found('searching')), 'a', 1);
    const more = withFound(second, 'a', { hits: [...hits, { page: 9, index: 0 }], state: 'whole' });
    expect(toldOf(more, 'a').count).toBe('2 / 3');
  });
});
