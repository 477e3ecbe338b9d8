// The clerk's marks over files: put and removed, each saved like any other act. The files themselves never change.

import { type Annotation, annotation, type MarkGiven } from '../../preload/contract/annotation';
import { openAnnotation } from '../db/annotations';
import { opened } from '../db/sealing';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, instantOf } from './context';
import type { Change } from './save';

export type AnnotationActs = Pick<Acts, 'putAnnotation' | 'removeAnnotation' | 'changeMarks'>;

async function find(context: Context, id: string): Promise<Annotation | null> {
  const stored = await context.databases.strict.annotations.get(id);
  return stored === undefined ? null : opened(await openAnnotation(context.sealer, stored), id);
}

async function put(context: Context, given: MarkGiven): Promise<Change> {
  const existing = await find(context, given.id);
  const row = annotation.parse({
    ...given,
    rev: (existing?.rev ?? 0) + 1,
    author: existing?.author ?? context.info.user,
    createdAt: existing?.createdAt ?? instantOf(context),
    changedAt: existing === null ? null : instantOf(context),
    deleted: false,
  });
  return { table: 'annotations', row, was: existing?.rev ?? 'absent' };
}

/** What stays of a removed mark says only that it was there. */
async function remove(context: Context, id: string): Promise<Change | null> {
  const existing = await find(context, id);
  if (existing === null || existing.deleted) return null;
  const emptied = { text: '', quads: [], strokes: [], box: null, picture: null };
  const row = { ...existing, ...emptied, rev: existing.rev + 1, deleted: true };
  return { table: 'annotations', row, was: existing.rev };
}

export function createAnnotationActs(context: Context): AnnotationActs {
  const changeMarks: Acts['changeMarks'] = ({ puts, removed }) => {
    // The foot tells the truth from the moment the pen is lifted, not from when the row was looked up.
    const release = context.saver.hold();
    return decideAndSave(context, async () => {
      const found = await Promise.all([
        ...puts.map((given) => put(context, given)),
        ...removed.map((id) => remove(context, id)),
      ]);
      const changes = found.filter((change) => change !== null);
      return {
        request: changes.length === 0 ? null : { changes },
        result: changes.map(({ row }) => ({ id: row.id, rev: row.rev })),
      };
    }).finally(release);
  };
  return {
    changeMarks,
    putAnnotation: async (given) => {
      await changeMarks({ puts: [given], removed: [] });
    },
    removeAnnotation: async ({ id }) => {
      await changeMarks({ puts: [], removed: [id] });
    },
  };
}
