// The auditor of marks finds what is lost, and lets the act in the hand be.
import { describe, expect, it } from 'vitest';
import { type Annotation, annotation } from '../../../preload/contract/annotation';
import { actKinds, faultsAfterKill, type MarkAct, planMarkKills } from './marks-plan';

function mark(change: Partial<Annotation>): Annotation {
  return annotation.parse({
    id: crypto.randomUUID(),
    rev: 1,
    documentId: '22222222-2222-4222-8222-222222222222',
    fileSha: 'd'.repeat(64),
    page: 1,
    kind: 'rectangle',
    quads: [],
    at: { x: 1, y: 1 },
    text: '',
    box: [1, 1, 9, 9],
    author: 'Lan',
    createdAt: '2026-11-27T02:00:00.000Z',
    deleted: false,
    ...change,
  });
}

const act = (kind: MarkAct['kind'], words = ''): MarkAct => ({ kind, words, across: 0, down: 0 });
const [one, two] = [mark({}), mark({ kind: 'ink', strokes: [[1, 1, 0.5]], box: null })];

describe('the auditor', () => {
  it('finds a mark that is lost, changed or made by nobody', () => {
    expect(faultsAfterKill([one, two], [one], act('text'))).toHaveLength(1);
    expect(faultsAfterKill([one], [{ ...one, box: [2, 2, 9, 9] }], act('ink'))).toHaveLength(1);
    expect(
      faultsAfterKill([one], [one, mark({ kind: 'note', text: 'khác' })], act('note', 'Chuyển')),
    ).toHaveLength(1);
    expect(faultsAfterKill([one], [one, mark({}), mark({})], act('rectangle'))).toHaveLength(1);
    expect(faultsAfterKill([one, two], [], act('remove'))).toHaveLength(1);
    expect(faultsAfterKill([two], [{ ...two, strokes: [[9, 9, 0.5]] }], act('ink'))).toHaveLength(1);
  });

  it('lets the act in the hand be done, half done or not begun', () => {
    expect(faultsAfterKill([one], [one], act('rectangle'))).toEqual([]);
    expect(faultsAfterKill([one], [one, mark({})], act('rectangle'))).toEqual([]);
    expect(faultsAfterKill([one], [one, mark({ kind: 'text', text: 'Chu' })], act('text', 'Chuyển'))).toEqual(
      [],
    );
    expect(faultsAfterKill([one], [], act('remove'))).toEqual([]);
    expect(faultsAfterKill([one], [{ ...one, rev: 2, colour: 'red' }], act('recolour'))).toEqual([]);
    expect(
      faultsAfterKill(
        [two],
        [
          {
            ...two,
            strokes: [
              [1, 1, 0.5],
              [3, 3, 0.5],
            ],
          },
        ],
        act('ink'),
      ),
    ).toEqual([]);
  });
});

describe('the plan', () => {
  it('is the same for the same seed, meets every act and takes the application along at times', () => {
    const plan = planMarkKills(7, 40);
    expect(planMarkKills(7, 40)).toEqual(plan);
    expect(new Set(plan.map((kill) => kill.act.kind))).toEqual(new Set(actKinds));
    expect(plan.filter((kill) => kill.target === 'main')).toHaveLength(10);
  });
});
