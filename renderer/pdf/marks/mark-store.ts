// The marks of one file as a window holds them: what the ledger has, what is on its way there, and what can be taken back. Writes
// go out one after another, and a mark that changed again meanwhile is written once. It draws nothing.
//
//   changed here ──▶ waiting ──▶ being saved ──▶ saved at a revision ──the ledger shows it──▶ nothing held
//                       ▲             └─ fails: waits again (it is still shown); refused for good: let go, told
import type { Annotation, MarkGiven } from '../../../preload/contract/annotation';
import { codeOf } from '../../../preload/contract/failure';
import { asInstant } from '../../../preload/contract/ids';
import { contentOf, type MarkContent, sameContent } from './content';
import {
  emptyHistory,
  type MarkEdit,
  type MarkHistory,
  type MarkWrite,
  recorded,
  redone,
  undone,
} from './history';

export interface MarkChange {
  readonly puts: readonly MarkGiven[];
  readonly removed: readonly string[];
}

export interface MarkStoreParts {
  readonly documentId: Annotation['documentId'];
  readonly fileSha: Annotation['fileSha'];
  /** Shown for a mark that the ledger has not taken yet. */
  readonly user: string;
  /** Resolves when all of it is saved. */
  readonly save: (change: MarkChange) => Promise<readonly { readonly id: string; readonly rev: number }[]>;
  readonly failed: (error: unknown) => void;
  readonly now: () => Date;
}

interface Held {
  readonly content: MarkContent | null;
  readonly since: Annotation['createdAt'];
  /** The revision at which the ledger has it; null: not yet. */
  readonly rev: number | null;
}

/** Codes after which the same write would fail for ever. */
const final: ReadonlySet<string> = new Set(['call-refused', 'record-damaged', 'record-from-the-future']);

export class MarkStore {
  readonly #parts: MarkStoreParts;
  readonly #listeners = new Set<() => void>();
  readonly #held = new Map<string, Held>();
  readonly #waiting = new Set<string>();
  #stored: ReadonlyMap<string, Annotation> = new Map();
  #imported: readonly Annotation[] = [];
  #history: MarkHistory = emptyHistory;
  #shown: readonly Annotation[] = [];
  #saving: Promise<void> | null = null;

  constructor(parts: MarkStoreParts) {
    this.#parts = parts;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** What is to be seen, oldest first; the same list until something changes. */
  readonly shown = (): readonly Annotation[] => this.#shown;

  get mayUndo(): boolean {
    return this.#history.done.length > 0;
  }

  get mayRedo(): boolean {
    return this.#history.undone.length > 0;
  }

  /** The ledger's marks of this file, as they are now. */
  take(stored: readonly Annotation[]): void {
    this.#stored = new Map(stored.map((mark) => [mark.id, mark]));
    for (const id of [...this.#held.keys()]) this.#letGo(id);
    this.#changed();
  }

  /** What other programs wrote into the file: shown and answered, never changed. */
  takeImported(imported: readonly Annotation[]): void {
    this.#imported = imported;
    this.#changed();
  }

  content(id: string): MarkContent | null {
    const held = this.#held.get(id);
    if (held !== undefined) return held.content;
    const stored = this.#stored.get(id);
    return stored === undefined ? null : contentOf(stored);
  }

  /** A step of the clerk: shown at once, saved, and to be taken back. Steps in a row with the same `join` go back as one. */
  act(writes: readonly MarkWrite[], join: string | null = null): void {
    const edits = writes.map(
      ({ id, content }): MarkEdit => ({ id, before: this.content(id), after: content }),
    );
    this.#history = recorded(this.#history, { edits, join });
    this.#write(writes);
  }

  /** Saves what is still being written; `settle` makes a step of it. */
  draft(write: MarkWrite): void {
    this.#write([write]);
  }

  /** What was drafted since `before` becomes a step. */
  settle(edit: Pick<MarkEdit, 'id' | 'before'>): void {
    const after = this.content(edit.id);
    this.#history = recorded(this.#history, { edits: [{ ...edit, after }], join: null });
    this.#changed();
  }

  /** The marks that it brought back or changed; null: there was nothing to take back. */
  undo(): readonly string[] | null {
    return this.#turn(undone(this.#history, (id) => this.content(id)));
  }

  redo(): readonly string[] | null {
    return this.#turn(redone(this.#history, (id) => this.content(id)));
  }

  /** Resolves when nothing waits to be saved. */
  async saved(): Promise<void> {
    while (this.#saving !== null) await this.#saving;
  }

  #turn(turned: ReturnType<typeof undone>): readonly string[] | null {
    if (turned === null) return null;
    this.#history = turned.history;
    this.#write(turned.writes);
    if (turned.writes.length === 0) return null;
    return turned.writes.filter(({ content }) => content !== null).map(({ id }) => id);
  }

  #write(writes: readonly MarkWrite[]): void {
    for (const { id, content } of writes) {
      const since = this.#held.get(id)?.since ?? asInstant(this.#parts.now());
      this.#held.set(id, { content, since, rev: null });
      this.#waiting.add(id);
    }
    this.#changed();
    if (this.#saving === null && this.#waiting.size > 0) {
      this.#saving = this.#saveAll().finally(() => {
        this.#saving = null;
      });
    }
  }

  async #saveAll(): Promise<void> {
    while (this.#waiting.size > 0) {
      const sent = new Map([...this.#waiting].map((id) => [id, this.#held.get(id)]));
      this.#waiting.clear();
      try {
        const revs = new Map((await this.#parts.save(this.#changeOf(sent))).map(({ id, rev }) => [id, rev]));
        for (const [id, held] of sent) this.#settled(id, held, revs.get(id) ?? 0);
      } catch (error) {
        this.#parts.failed(error);
        const over = final.has(codeOf(error));
        for (const [id, held] of sent) {
          if (this.#held.get(id) !== held) continue;
          if (over) this.#held.delete(id);
          else this.#waiting.add(id);
        }
        this.#changed();
        // What waits goes out with the next change: a disk that is full is not asked again and again.
        if (!over) return;
      }
    }
  }

  #changeOf(sent: ReadonlyMap<string, Held | undefined>): MarkChange {
    const { documentId, fileSha } = this.#parts;
    const puts: MarkGiven[] = [];
    const removed: string[] = [];
    for (const [id, held] of sent) {
      if (held === undefined || held.content === null) removed.push(id);
      else puts.push({ id, documentId, fileSha, ...held.content });
    }
    return { puts, removed };
  }

  #settled(id: string, held: Held | undefined, rev: number): void {
    if (held === undefined || this.#held.get(id) !== held) return;
    this.#held.set(id, { ...held, rev });
    this.#letGo(id);
    this.#changed();
  }

  /** Held no longer than until the ledger shows what was saved, or something later. */
  #letGo(id: string): void {
    const held = this.#held.get(id);
    if (held === undefined || held.rev === null) return;
    const stored = this.#stored.get(id);
    const there = stored === undefined ? held.content === null : stored.rev >= held.rev;
    if (there) this.#held.delete(id);
  }

  #changed(): void {
    const shown = [...this.#stored.values()].flatMap((mark) => {
      const held = this.#held.get(mark.id);
      if (held === undefined || sameContent(held.content, contentOf(mark))) return [mark];
      return held.content === null ? [] : [{ ...mark, ...held.content }];
    });
    for (const [id, { content, since }] of this.#held) {
      if (content === null || this.#stored.has(id)) continue;
      const { documentId, fileSha, user } = this.#parts;
      const whole = { id, rev: 0, documentId, fileSha, author: user, createdAt: since, changedAt: null };
      shown.push({ ...whole, ...content, deleted: false });
    }
    this.#shown = [...this.#imported, ...shown];
    for (const listener of [...this.#listeners]) listener();
  }
}
