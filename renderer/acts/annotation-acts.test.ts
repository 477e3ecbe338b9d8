// Marks of one step are one act; what is removed says only that it was there; the foot tells the truth from the first moment.
import { describe, expect, it } from 'vitest';
import type { Annotation, MarkGiven } from '../../preload/contract/annotation';
import { asSha256, newDeskId } from '../../preload/contract/ids';
import { firstOf, machine, openWindow } from '../testing/fixtures';
import { morning } from '../testing/scenario';

const fileSha = asSha256('d'.repeat(64));
const documentId = newDeskId();

function given(change: Partial<MarkGiven> = {}): MarkGiven {
  const id = crypto.randomUUID();
  return {
    id,
    documentId,
    fileSha,
    page: 1,
    kind: 'text',
    quads: [],
    at: { x: 1, y: 2 },
    text: 'một',
    ...change,
  };
}

async function open() {
  const main = morning();
  const opened = await openWindow(machine(main));
  await opened.ledger.start();
  return { main, ledger: opened.ledger, window: opened.window };
}

describe('marks', () => {
  it('of one step are saved together, by whom and when, and changed ones say when', async () => {
    const { main, ledger } = await open();
    const [one, two] = [given(), given({ kind: 'arrow', strokes: [[1, 1, 9, 9]], colour: 'red' })];
    expect(await ledger.acts.changeMarks({ puts: [one, two], removed: [] })).toEqual([
      { id: one.id, rev: 1 },
      { id: two.id, rev: 1 },
    ]);
    await ledger.acts.changeMarks({ puts: [{ ...one, text: 'hai' }], removed: [two.id] });
    const left = await firstOf(ledger.annotations(fileSha), (marks) => marks.length === 1);
    expect(left).toMatchObject([{ id: one.id, text: 'hai', author: main.info.user, rev: 2 }]);
    expect(left[0]?.changedAt).not.toBeNull();
    const removed = main.latest.get(`annotations/${two.id}`)?.row as Annotation;
    expect(removed).toMatchObject({ deleted: true, strokes: [], text: '', rev: 2 });
    ledger.dispose();
  });

  it('that were removed come back under their name, with who made them', async () => {
    const { ledger } = await open();
    const mark = given();
    await ledger.acts.changeMarks({ puts: [mark], removed: [] });
    await ledger.acts.changeMarks({ puts: [], removed: [mark.id] });
    expect(await ledger.acts.changeMarks({ puts: [], removed: [mark.id] })).toEqual([]);
    expect(await ledger.acts.changeMarks({ puts: [mark], removed: [] })).toEqual([{ id: mark.id, rev: 3 }]);
    ledger.dispose();
  });

  it('are not called saved between the pen’s lift and the journal', async () => {
    const { ledger, window } = await open();
    await firstOf(ledger.status, (status) => status.saved === 'saved');
    const { journal } = window.desk;
    const { put } = journal;
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const slowly: typeof put = async (input) => {
      await gate;
      return put(input);
    };
    Object.assign(journal, { put: slowly });
    const done = ledger.acts.changeMarks({ puts: [given()], removed: [] });
    await firstOf(ledger.annotations(fileSha), (marks) => marks.length === 1);
    // In the ledger, where every screen shows it, and not yet where it counts.
    expect((await firstOf(ledger.status)).saved).toBe('saving');
    goOn();
    await done;
    await firstOf(ledger.status, (status) => status.saved === 'saved');
    ledger.dispose();
  });
});
