import { describe, expect, it } from 'vitest';
import { layersAsSaved } from './layers';
import { type Asker, type Drawing, PageDrawings } from './page-drawings';

interface Call {
  readonly page: number;
  readonly task: { onContinue: ((goOn: () => void) => void) | null };
  finish(): void;
}

/** A file whose pages are drawn when the test says so. */
function fakePdf() {
  const calls: Call[] = [];
  const pdf = {
    getPage: async (page: number) => ({
      getViewport: () => ({ width: 10, height: 10 }),
      getAnnotations: async () => [],
      render: () => {
        let cancelled: (error: Error) => void = () => undefined;
        let finish: () => void = () => undefined;
        const promise = new Promise<void>((resolve, reject) => {
          finish = resolve;
          cancelled = reject;
        });
        const cancel = (): void => cancelled(new Error('cancelled'));
        const task = { promise, cancel, onContinue: null };
        calls.push({ page, task, finish });
        return task;
      },
    }),
  };
  return { calls, drawings: new PageDrawings(pdf as never) };
}

Object.assign(globalThis, {
  window: { devicePixelRatio: 1 },
  document: { createElement: () => ({ width: 0, height: 0, className: '' }) },
});

const drawing = (page: number, scale = 1): Drawing => ({
  page,
  scale,
  colours: null,
  withoutNotes: false,
  layers: layersAsSaved,
});
const asker = (
  seen: () => boolean,
  signal = new AbortController().signal,
  onDrawn: Asker['onDrawn'] = async () => undefined,
): Asker => ({ signal, seen, onPage: () => undefined, onDrawn });
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const pagesOf = (calls: readonly Call[]): number[] => calls.map(({ page }) => page);

describe('drawing pages', () => {
  it('draws what is in sight at once and its neighbours afterwards, one by one', async () => {
    const { calls, drawings } = fakePdf();
    void drawings.draw(
      drawing(1),
      asker(() => true),
    );
    void drawings.draw(
      drawing(2),
      asker(() => false),
    );
    void drawings.draw(
      drawing(3),
      asker(() => false),
    );
    await settle();
    expect(pagesOf(calls)).toEqual([1]);
    calls[0]?.finish();
    await settle();
    expect(pagesOf(calls)).toEqual([1, 2]);
    calls[1]?.finish();
    await settle();
    expect(pagesOf(calls)).toEqual([1, 2, 3]);
  });

  it('begins with no neighbour until what is in sight is on the screen, drawn ahead or not', async () => {
    for (const ahead of [false, true]) {
      const { calls, drawings } = fakePdf();
      if (ahead) void drawings.ahead(drawing(1));
      let see: () => void = () => undefined;
      const seen = new Promise<void>((resolve) => {
        see = resolve;
      });
      void drawings.draw(
        drawing(1),
        asker(
          () => true,
          undefined,
          () => seen,
        ),
      );
      void drawings.draw(
        drawing(2),
        asker(() => false),
      );
      await settle();
      calls[0]?.finish();
      await settle();
      expect(pagesOf(calls)).toEqual([1]);
      see();
      await settle();
      expect(pagesOf(calls)).toEqual([1, 2]);
    }
  });

  it('says when what is drawn ahead has been read, before it is drawn, and when it never will be', async () => {
    const { calls, drawings } = fakePdf();
    const told: string[] = [];
    void drawings.ahead(drawing(1)).then(() => told.push('first'));
    await settle();
    expect(told).toEqual([]);
    let wentOn = false;
    calls[0]?.task.onContinue?.(() => {
      wentOn = true;
    });
    await settle();
    expect([told, wentOn]).toEqual([['first'], true]);
    void drawings.ahead(drawing(2)).then(() => told.push('second'));
    await settle();
    expect(told).toEqual(['first']);
    void drawings.ahead(drawing(3));
    await settle();
    expect(told).toEqual(['first', 'second']);
  });

  it('lets a page that comes into sight overtake', async () => {
    const { calls, drawings } = fakePdf();
    let third = false;
    void drawings.draw(
      drawing(1),
      asker(() => true),
    );
    void drawings.draw(
      drawing(2),
      asker(() => false),
    );
    void drawings.draw(
      drawing(3),
      asker(() => third),
    );
    await settle();
    third = true;
    drawings.look();
    await settle();
    expect(pagesOf(calls)).toEqual([1, 3]);
  });

  it('gives up a page that is scrolled away before its turn', async () => {
    const { calls, drawings } = fakePdf();
    const away = new AbortController();
    void drawings.draw(
      drawing(1),
      asker(() => true),
    );
    const second = drawings.draw(
      drawing(2),
      asker(() => false, away.signal),
    );
    void drawings
      .draw(
        drawing(3),
        asker(() => false),
      )
      .catch(() => undefined);
    away.abort();
    await expect(second).rejects.toThrow();
    calls[0]?.finish();
    await settle();
    expect(pagesOf(calls)).toEqual([1, 3]);
  });

  it('gives what was drawn ahead to who asks for the same, and draws anew for who asks for another size', async () => {
    const { calls, drawings } = fakePdf();
    void drawings.ahead(drawing(1, 2));
    const first = drawings.draw(
      drawing(1, 2),
      asker(() => true),
    );
    await settle();
    calls[0]?.finish();
    await first;
    expect(pagesOf(calls)).toEqual([1]);
    void drawings.ahead(drawing(4, 2));
    await settle();
    void drawings.draw(
      drawing(4, 3),
      asker(() => true),
    );
    await settle();
    expect(pagesOf(calls)).toEqual([1, 4, 4]);
  });

  it('goes on with the others after one that fails', async () => {
    const { calls, drawings } = fakePdf();
    const away = new AbortController();
    const first = drawings.draw(
      drawing(1),
      asker(() => true, away.signal),
    );
    void drawings.draw(
      drawing(2),
      asker(() => false),
    );
    await settle();
    away.abort();
    await expect(first).rejects.toThrow('cancelled');
    await settle();
    expect(pagesOf(calls)).toEqual([1, 2]);
  });
});
