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

/** A mark before its first letter was typed, and as it was typed last. */
interface Draft {
  readonly before: MarkContent | null;
  readonly last: MarkContent | null;
}

export class MarkStore {
  readonly #parts: MarkStoreParts;
  readonly #listeners = new Set<() => void>();
  readonly #held = new Map<string, Held>();
  readonly #waiting = new Set<string>();
  /** Marks whose words are being typed, in the order in which they were begun. */
  readonly #drafts = new Map<string, Draft>();
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
    return this.#history.done.length > 0 || this.#isDrafted();
  }

  get mayRedo(): boolean {
    return this.#history.undone.length > 0 && !this.#isDrafted();
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
    this.#settleAll();
    const edits = writes.map(
      ({ id, content }): MarkEdit => ({ id, before: this.content(id), after: content }),
    );
    this.#history = recorded(this.#history, { edits, join });
    this.#write(writes);
  }

  /** Saves what is still being written; `settle` makes a step of it. */
  draft(write: MarkWrite): void {
    const { before } = this.#drafts.get(write.id) ?? { before: this.content(write.id) };
    this.#drafts.set(write.id, { before, last: write.content });
    this.#write([write]);
  }

  /** The marks that were drafted and not settled yet. */
  get drafted(): readonly string[] {
    return [...this.#drafts.keys()];
  }

  /** What was drafted of a mark becomes a step. */
  settle(id: string): void {
    const draft = this.#drafts.get(id);
    if (draft === undefined) return;
    const edit = { id, ...this.#typed(id, draft) };
    this.#drafts.delete(id);
    this.#history = recorded(this.#history, { edits: [edit], join: null });
    this.#changed();
  }

  /**
   * The marks that it brought back or changed; null: there was nothing to take back. What is being typed is settled first, since it
   * is the newest step.
   */
  undo(): readonly string[] | null {
    this.#settleAll();
    return this.#turn(undone(this.#history, (id) => this.content(id)));
  }

  /** What is being typed is settled first: once something new was typed, there is nothing to do again. */
  redo(): readonly string[] | null {
    this.#settleAll();
    return this.#turn(redone(this.#history, (id) => this.content(id)));
  }

  /** Resolves when nothing waits to be saved. */
  async saved(): Promise<void> {
    while (this.#saving !== null) await this.#saving;
  }

  #isDrafted(): boolean {
    return [...this.#drafts].some(([id, draft]) => {
      const { before, after } = this.#typed(id, draft);
      return !sameContent(before, after);
    });
  }

  /** What typing made of a mark: words and their box. Whatever else differs others did meanwhile, and it is not taken back. */
  #typed(id: string, { before, last }: Draft): Pick<MarkEdit, 'before' | 'after'> {
    const after = this.content(id);
    if (after === null) return { before: last === null ? before : null, after };
    return { before: before === null ? null : { ...after, text: before.text, box: before.box }, after };
  }

  #settleAll(): void {
    for (const id of this.drafted) this.settle(id);
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
