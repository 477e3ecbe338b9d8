// What the sheet of an incoming document says before the clerk changes it: the document's facts, what was entered when it was
// presented, and the notes by layer and author. Pure.
import type { Annotation } from '../../../preload/contract/annotation';
import { type Day, dayOf } from '../../../preload/contract/ids';
import type { HandlingSheet, SheetOpinion } from '../../../preload/contract/marking';
import type { IncomingDocument } from '../../../preload/contract/records';

/** Whose opinion it is on the sheet; `none`: it is left out. */
export const opinionPlaces = ['leader', 'unit', 'handler', 'none'] as const;
export type OpinionPlace = (typeof opinionPlaces)[number];

export interface PlacedOpinion extends SheetOpinion {
  readonly id: string;
  readonly place: OpinionPlace;
}

export interface SheetDraft extends Omit<HandlingSheet, 'leader' | 'unit' | 'handler'> {
  readonly opinions: readonly PlacedOpinion[];
}

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
  return {
    id: mark.id,
    place: mark.layer === 'directions' ? 'leader' : 'handler',
    text: clipped(mark.text),
    by: mark.author.slice(0, 300),
    day: dayOfInstant(mark.createdAt),
  };
}

const mostOpinions = 100;

/** The sheet as it is proposed; what other programs wrote into the file, and stamps, are no opinions. */
export function proposedSheet(
  document: IncomingDocument,
  agency: string,
  marks: readonly Annotation[],
): SheetDraft {
  const { facts } = document;
  const presented: PlacedOpinion[] =
    document.opinion.trim() === ''
      ? []
      : [
          {
            ...{ id: 'presented', place: 'leader', text: clipped(document.opinion) },
            ...{ by: document.presentedTo.slice(0, 300), day: '' },
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
    author: facts.sender.name.slice(0, 600),
    notation: notation.slice(0, 120),
    documentDate: dayWords(facts.issuedOn),
    subject: facts.subject.slice(0, 2000),
    opinions: [...presented, ...said].slice(0, mostOpinions),
  };
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
