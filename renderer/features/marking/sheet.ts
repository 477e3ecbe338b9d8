// What the sheet of an incoming document says before the clerk changes it: the document's facts, what was entered when it was
// presented, and the notes by layer and author. Pure.
import type { Annotation } from '../../../preload/contract/annotation';
import {
  type HandlingSheet,
  mostOpinions,
  type OpinionPlace,
  type PlacedOpinion,
  type SheetDraft,
  type SheetOpinion,
} from '../../../preload/contract/handling-sheet';
import { type Day, dayOf } from '../../../preload/contract/ids';
import type { IncomingDocument } from '../../../preload/contract/records';

/** dd/mm/yyyy, as the form has it; empty where there is none. */
function dayWords(day: Day | null): string {
  return day === null ? '' : day.split('-').reverse().join('/');
}

function dayOfInstant(at: string): string {
  return dayWords(dayOf(new Date(at)));
}

/** The form's limit of one opinion, with a sign that there was more. */
function clipped(text: string): string {
  const words = text.trim();
  return words.length <= 4000 ? words : `${words.slice(0, 3999)}…`;
}

/** Who wrote is told apart: directions are the leader's; other notes are of who handles it. */
function opinionOf(mark: Annotation): PlacedOpinion {
  const text = clipped(mark.text);
  return {
    id: mark.id,
    place: mark.layer === 'directions' ? 'leader' : 'handler',
    text,
    said: text,
    by: mark.author.slice(0, 300),
    day: dayOfInstant(mark.createdAt),
  };
}

/** The day of the last act that asked for an instruction or passed one on. */
function dayOfInstruction({ history }: IncomingDocument): string {
  const told = history.filter(({ what }) => what === 'presented' || what === 'assigned').at(-1);
  return told === undefined ? '' : dayOfInstant(told.at);
}

/** The sheet as it is proposed; what other programs wrote into the file, and stamps, are no opinions. */
export function proposedSheet(
  document: IncomingDocument,
  agency: string,
  marks: readonly Annotation[],
): SheetDraft {
  const { facts } = document;
  const instruction = clipped(document.opinion);
  const presented: PlacedOpinion[] =
    instruction === ''
      ? []
      : [
          {
            ...{ id: 'presented', place: 'leader', text: instruction, said: instruction },
            ...{ by: document.presentedTo.slice(0, 300), day: dayOfInstruction(document) },
          },
        ];
  const said = marks
    .filter(
      ({ layer, kind, text, deleted }) =>
        !deleted && layer !== 'imported' && kind !== 'stamp' && text.trim() !== '',
    )
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
    .map(opinionOf);
  const notation = [facts.number, facts.notation].filter((part) => part !== '').join('/');
  return {
    parent: '',
    agency: agency.slice(0, 300),
    number: document.arrivalNumber === null ? '' : `${document.arrivalNumber}`.padStart(2, '0'),
    arrivalDate: dayWords(document.arrivalDate),
    type: facts.typeName.slice(0, 600),
    author: facts.sender.name.slice(0, 600),
    notation: notation.slice(0, 120),
    documentDate: dayWords(facts.issuedOn),
    subject: facts.subject.slice(0, 2000),
    opinions: [...presented, ...said].slice(0, mostOpinions),
  };
}

export interface RenewedSheet {
  readonly draft: SheetDraft;
  /** Opinions that came, changed or went since the sheet was kept. */
  readonly news: number;
}

/**
 * The sheet as it was kept, brought up to what the notes say now: the clerk's arrangement stays, a note whose words changed has
 * its new ones, new notes stand at the end. An opinion whose note is gone is left out, and can be put back.
 */
export function renewedSheet(kept: SheetDraft, proposed: SheetDraft): RenewedSheet {
  let news = 0;
  const now = new Map(proposed.opinions.map((one) => [one.id, one]));
  const known = kept.opinions.map((one): PlacedOpinion => {
    const note = now.get(one.id);
    if (one.said === null || note?.said === one.said) return one;
    if (note !== undefined) {
      news += 1;
      return { ...one, text: note.text, said: note.said, by: note.by, day: note.day };
    }
    if (one.place !== 'none') news += 1;
    return { ...one, place: 'none' };
  });
  const fresh = proposed.opinions.filter(({ id }) => !kept.opinions.some((one) => one.id === id));
  const opinions = [...known, ...fresh].slice(0, 2 * mostOpinions);
  return { draft: { ...kept, opinions }, news: news + fresh.length };
}

/** The sheet that is printed. */
export function sheetOf({ opinions, ...rest }: SheetDraft): HandlingSheet {
  const at = (place: OpinionPlace): SheetOpinion[] =>
    opinions
      .filter((one) => one.place === place && one.text.trim() !== '')
      .slice(0, 50)
      .map(({ text, by, day }) => ({ text, by, day }));
  return { ...rest, leader: at('leader'), unit: at('unit'), handler: at('handler') };
}
