// Marks on their way to the ledger: shown at once, written in order, kept when the disk says no.
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Annotation } from '../../../preload/contract/annotation';
import { Failure } from '../../../preload/contract/failure';
import { asInstant, asSha256, newDeskId } from '../../../preload/contract/ids';
import { emptyContent, type MarkContent } from './content';
import { type MarkChange, MarkStore } from './mark-store';

const now = new Date('2026-11-27T02:00:00Z');
const fileSha = asSha256('a'.repeat(64));
const documentId = newDeskId();

function text(words: string): MarkContent {
  const base = { page: 1, kind: 'text', colour: 'blue', layer: 'notes', at: { x: 10, y: 10 } } as const;
  return { ...emptyContent(base), text: words, box: [10, 10, 90, 40] };
}

/** A ledger whose saves are let through one by one. */
class SlowLedger {
  readonly rows = new Map<string, Annotation>();
  readonly asked: MarkChange[] = [];
  failing: Failure | null = null;
  #open: (() => void) | null = null;

  readonly save = async (change: MarkChange) => {
    this.asked.push(change);
    await new Promise<void>((done) => {
      this.#open = done;
    });
    if (this.failing !== null) throw this.failing;
    return [
      ...change.puts.map((given) => this.put(given)),
      ...change.removed.flatMap((id) => this.remove(id)),
    ];
  };

  put(given: MarkChange['puts'][number], author = 'Nguyễn Thị Lan') {
    const rev = (this.rows.get(given.id)?.rev ?? 0) + 1;
    const about = { author, createdAt: asInstant(now), changedAt: null, deleted: false };
    this.rows.set(given.id, { ...text(''), ...given, ...about, rev } as Annotation);
    return { id: given.id, rev };
  }

  remove(id: string) {
    const row = this.rows.get(id);
    this.rows.delete(id);
    return row === undefined ? [] : [{ id, rev: row.rev + 1 }];
  }

  /** Lets the save that waits go on, and waits for what follows from it. */
  async letThrough(): Promise<void> {
    const open = this.#open;
    if (open === null) throw new Error('nothing waits');
    this.#open = null;
    open();
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  }
}

let ledger: SlowLedger;
let store: MarkStore;
let failures: unknown[];

beforeEach(() => {
  ledger = new SlowLedger();
  failures = [];
  store = new MarkStore({
    documentId,
    fileSha,
    user: 'Nguyễn Thị Lan',
    save: ledger.save,
    failed: (error) => failures.push(error),
    now: () => now,
  });
});

const words = (): string[] => store.shown().map((mark) => mark.text);
const show = (): void => store.take([...ledger.rows.values()]);

describe('a mark', () => {
  it('is shown at once, stays while it is saved, and is the ledger’s own afterwards', async () => {
    store.act([{ id: 'a', content: text('một') }]);
    expect(store.shown()).toMatchObject([{ text: 'một', rev: 0, author: 'Nguyễn Thị Lan' }]);
    await ledger.letThrough();
    expect(words()).toEqual(['một']);
    show();
    expect(store.shown()).toMatchObject([{ text: 'một', rev: 1 }]);
  });

  it('that changes thrice while the first is being saved is written twice, the last words last', async () => {
    store.draft({ id: 'a', content: text('m') });
    store.draft({ id: 'a', content: text('mộ') });
    store.draft({ id: 'a', content: text('một') });
    await ledger.letThrough();
    show();
    // What the ledger shows is older than what was typed since.
    expect(words()).toEqual(['một']);
    await ledger.letThrough();
    expect(ledger.asked.map(({ puts }) => puts[0]?.text)).toEqual(['m', 'một']);
    show();
    expect(store.shown()).toMatchObject([{ text: 'một', rev: 2 }]);
  });

  it('that was removed is gone at once and does not come back with an older look at the ledger', async () => {
    ledger.put({ id: 'a', documentId, fileSha, ...text('một') });
    show();
    store.act([{ id: 'a', content: null }]);
    show();
    expect(words()).toEqual([]);
    await ledger.letThrough();
    show();
    expect(words()).toEqual([]);
    expect(store.undo()).toEqual(['a']);
    expect(words()).toEqual(['một']);
  });

  it('takes what another window wrote later', async () => {
    store.act([{ id: 'a', content: text('một') }]);
    await ledger.letThrough();
    ledger.put({ id: 'a', documentId, fileSha, ...text('hai') });
    show();
    expect(words()).toEqual(['hai']);
  });
});

describe('a disk that says no', () => {
  it('is told, the mark stays and goes out with the next one', async () => {
    store.act([{ id: 'a', content: text('một') }]);
    ledger.failing = new Failure('ledger-not-saved');
    await ledger.letThrough();
    expect(failures).toHaveLength(1);
    expect(words()).toEqual(['một']);
    ledger.failing = null;
    store.act([{ id: 'b', content: text('hai') }]);
    await ledger.letThrough();
    expect([...ledger.rows.keys()].sort()).toEqual(['a', 'b']);
  });

  it('for good lets go of what it refused', async () => {
    store.act([{ id: 'a', content: text('một') }]);
    ledger.failing = new Failure('call-refused');
    await ledger.letThrough();
    expect(failures).toHaveLength(1);
    expect(words()).toEqual([]);
  });
});

describe('what is typed', () => {
  it('is one step, from before the first letter to after the last', async () => {
    store.draft({ id: 'a', content: text('m') });
    store.draft({ id: 'a', content: text('một') });
    store.settle('a');
    expect(store.mayUndo).toBe(true);
    store.undo();
    expect(words()).toEqual([]);
    store.redo();
    expect(words()).toEqual(['một']);
  });

  it('beside acts, in whatever order, is all taken back, and all done again', () => {
    const ids = ['a', 'b'] as const;
    const doing = fc.record({
      id: fc.constantFrom(...ids),
      how: fc.constantFrom('typed', 'acted', 'removed', 'settled'),
      words: fc.constantFrom('một', 'hai', 'ba'),
    });
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 12 }), (doings) => {
        const one = new MarkStore({
          ...{ documentId, fileSha, user: 'Nguyễn Thị Lan', now: () => now },
          save: async () => [],
          failed: (error) => failures.push(error),
        });
        const all = () => ids.map((id) => one.content(id)?.text ?? null);
        for (const { id, how, words: given } of doings) {
          if (how === 'typed') one.draft({ id, content: text(given) });
          else if (how === 'settled') one.settle(id);
          else one.act([{ id, content: how === 'removed' ? null : text(given) }]);
        }
        const end = all();
        while (one.mayUndo) one.undo();
        expect(all()).toEqual([null, null]);
        while (one.mayRedo) one.redo();
        expect(all()).toEqual(end);
      }),
    );
    expect(failures).toEqual([]);
  });

  it('takes back words alone: a colour that another window chose meanwhile stays', () => {
    ledger.put({ id: 'a', documentId, fileSha, ...text('một') });
    show();
    store.draft({ id: 'a', content: text('một hai') });
    store.draft({ id: 'a', content: { ...text('một hai'), colour: 'green' } });
    store.undo();
    expect(store.shown()).toMatchObject([{ text: 'một', colour: 'green' }]);
  });

  it('does not bring back what another window removed while it was typed', async () => {
    ledger.put({ id: 'a', documentId, fileSha, ...text('một') });
    show();
    store.draft({ id: 'a', content: text('một hai') });
    await ledger.letThrough();
    show();
    ledger.remove('a');
    show();
    expect(store.mayUndo).toBe(false);
    store.undo();
    expect(words()).toEqual([]);
  });
});
