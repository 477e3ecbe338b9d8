// The clerk's marks over files: put and removed, each saved like any other act. The files themselves never change.

import { annotation } from '../../preload/contract/annotation';
import { openAnnotation } from '../db/annotations';
import { opened } from '../db/sealing';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, instantOf } from './context';

export type AnnotationActs = Pick<Acts, 'putAnnotation' | 'removeAnnotation'>;

async function find(context: Context, id: string) {
  const stored = await context.databases.strict.annotations.get(id);
  return stored === undefined ? null : opened(await openAnnotation(context.sealer, stored), id);
}

export function createAnnotationActs(context: Context): AnnotationActs {
  return {
    putAnnotation: (given) =>
      decideAndSave(context, async () => {
        const existing = await find(context, given.id);
        const row = annotation.parse({
          ...given,
          rev: (existing?.rev ?? 0) + 1,
          author: existing?.author ?? context.info.user,
          createdAt: existing?.createdAt ?? instantOf(context),
          changedAt: existing === null ? null : instantOf(context),
          deleted: false,
        });
        return {
          request: { changes: [{ table: 'annotations', row, was: existing?.rev ?? 'absent' }] },
          result: undefined,
        };
      }),
    removeAnnotation: ({ id }) =>
      decideAndSave(context, async () => {
        const existing = await find(context, id);
        if (existing === null || existing.deleted) return { request: null, result: undefined };
        const row = {
          ...existing,
          rev: existing.rev + 1,
          deleted: true,
          text: '',
          quads: [],
          strokes: [],
          box: null,
          picture: null,
        };
        return {
          request: { changes: [{ table: 'annotations', row, was: existing.rev }] },
          result: undefined,
        };
      }),
  };
}
