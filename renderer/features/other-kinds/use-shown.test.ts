// The hook runs over the least of React that it needs: what is seen of it is what it asks main for and what it gives back.
import { beforeEach, expect, it, vi } from 'vitest';
import type { DeskApi } from '../../../preload/contract/desk-api';
import { asSha256 } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { type Shown, useShown } from './use-shown';

const hooks = vi.hoisted(() => {
  const cells: { value: unknown; deps?: readonly unknown[]; end?: (() => void) | undefined }[] = [];
  let at = 0;
  let late: (() => void)[] = [];
  const cell = (first: () => unknown) => {
    const found = cells[at] ?? { value: first() };
    cells[at] = found;
    at += 1;
    return found;
  };
  return {
    useState(first: unknown) {
      const found = cell(() => first);
      const set = (next: unknown): void => {
        found.value = next;
      };
      return [found.value, set];
    },
    useRef: (first: unknown) => cell(() => ({ current: first })).value,
    useEffect(effect: () => (() => void) | undefined, deps: readonly unknown[]) {
      const found = cell(() => null);
      const isSame = found.deps?.every((one, index) => Object.is(one, deps[index])) ?? false;
      found.deps = deps;
      if (isSame) return;
      late.push(() => {
        found.end?.();
        found.end = effect();
      });
    },
    render<T>(use: () => T): T {
      [at, late] = [0, []];
      const given = use();
      for (const one of late) one();
      return given;
    },
    leave(): void {
      for (const { end } of cells.splice(0)) end?.();
    },
  };
});
vi.mock('react', () => hooks);

const yes = <T>(value: T) => Promise.resolve({ ok: true as const, value });
const pdf = { sha256: asSha256('b'.repeat(64)), name: 'made.pdf' };

function deskOf(answers: { readonly convert?: () => Promise<unknown>; readonly step?: string }) {
  const asked: string[] = [];
  const say = (name: string) => {
    asked.push(name);
  };
  const api = {
    intake: {
      look: () => (say('look'), yes({ step: answers.step ?? 'convert' })),
      convert: () => (say('convert'), answers.convert?.() ?? yes({ file: pdf })),
      stop: () => (say('stop'), yes(null)),
    },
    files: {
      preview: () => (say('preview'), yes({ kind: 'text', text: 'chữ', encoding: 'utf-8', cut: false })),
    },
  };
  return { asked, api: api as unknown as DeskApi };
}

const fileOf = (letter: string, name = 'tờ trình.docx'): Attachment =>
  ({
    ...{ sha256: asSha256(letter.repeat(64)), name, size: 7, role: 'main' },
    contentType: 'application/octet-stream',
  }) as unknown as Attachment;

/** Until everything that was answered is done. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

beforeEach(() => hooks.leave());

it('a row that changed starts nothing anew and stops no work: the file is the same', async () => {
  const { api, asked } = deskOf({ convert: () => new Promise(() => undefined) });
  hooks.render(() => useShown(api, fileOf('1')));
  await settled();
  const making = hooks.render(() => useShown(api, { ...fileOf('1') }));
  await settled();
  expect(making.kind).toBe('making');
  expect(hooks.render(() => useShown(api, { ...fileOf('1') })).kind).toBe('making');
  expect(asked).toEqual(['look', 'convert']);
});

it('a text that is shown stays while its row changes', async () => {
  const { api, asked } = deskOf({ step: 'refused' });
  const show = (): Shown => hooks.render(() => useShown(api, { ...fileOf('2', 'ghi.txt') }));
  expect(show().kind).toBe('looking');
  await settled();
  const shown = show();
  expect(shown.kind).toBe('preview');
  await settled();
  expect(show()).toBe(shown);
  expect(asked).toEqual(['look', 'preview']);
});

it('another file is looked at, the work for the one before is stopped, and nothing of it is shown', async () => {
  const { api, asked } = deskOf({ step: 'refused' });
  hooks.render(() => useShown(api, fileOf('3')));
  await settled();
  expect(hooks.render(() => useShown(api, fileOf('4'))).kind).toBe('looking');
  expect(asked).toEqual(['look', 'preview', 'stop', 'look']);
});

it('a file whose PDF was made is shown as it at once', async () => {
  const { api } = deskOf({});
  hooks.render(() => useShown(api, fileOf('5')));
  await settled();
  hooks.leave();
  const again = deskOf({});
  expect(hooks.render(() => useShown(again.api, fileOf('5')))).toEqual({ kind: 'pdf', file: pdf });
  await settled();
  expect(again.asked).toEqual([]);
});
