// The form of a văn bản đi as values: from facts, to facts, and what it still lacks. Pure.
import type { DocumentFacts, Organ } from '../../../preload/contract/records';
import { dayText, parseDay } from '../../i18n/formats';
import type { TextKey } from '../../i18n/text';
import type { DraftFacts } from '../../ledger';

export interface DraftForm {
  readonly typeName: string;
  readonly notation: string;
  /** The clerk wrote the symbol: a change of type leaves it alone. */
  readonly notationByHand: boolean;
  readonly subject: string;
  readonly signerName: string;
  readonly signerPosition: string;
  readonly signerCompetence: string;
  readonly place: string;
  readonly urgency: string;
  readonly dueOn: string;
  readonly paper: boolean;
  readonly receivers: readonly Organ[];
}

/** A new form of this agency. */
export function emptyForm(notation: string, place: string): DraftForm {
  return {
    typeName: 'Công văn',
    notation,
    notationByHand: false,
    subject: '',
    signerName: '',
    signerPosition: '',
    signerCompetence: '',
    place,
    urgency: '0',
    dueOn: '',
    paper: false,
    receivers: [],
  };
}

/** The form of a draft that is there. */
export function formOf(facts: DocumentFacts, fallback: DraftForm): DraftForm {
  return {
    typeName: facts.typeName || fallback.typeName,
    notation: facts.notation || fallback.notation,
    // The agency's bare symbol was only a beginning: the document's own text may say more.
    notationByHand: facts.notation !== '' && facts.notation !== fallback.notation,
    subject: facts.subject,
    signerName: facts.signer.name,
    signerPosition: facts.signer.position,
    signerCompetence: facts.signer.competence,
    place: facts.place || fallback.place,
    urgency: String(facts.urgency),
    dueOn: facts.dueOn === null ? '' : dayText(facts.dueOn),
    paper: facts.paper,
    receivers: facts.receivers,
  };
}

/** A line as it may stand in a package: Word's break within a paragraph is pasted as a control character, which XML cannot hold. */
export function plainLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

/** What the ledger keeps of the form; `pages` is known from the file. */
export function factsOf(form: DraftForm, pages: number): DraftFacts {
  return {
    typeName: form.typeName,
    notation: plainLine(form.notation).replace(/^\//, ''),
    subject: plainLine(form.subject),
    place: plainLine(form.place),
    signer: {
      competence: plainLine(form.signerCompetence),
      position: plainLine(form.signerPosition),
      name: plainLine(form.signerName),
    },
    receivers: [...form.receivers],
    urgency: Number(form.urgency),
    dueOn: parseDay(form.dueOn) ?? null,
    paper: form.paper,
    ...(pages > 0 ? { pages } : {}),
  };
}

/** The first thing the form lacks before it can be handed on, or null. A leader signs; receivers are the clerk's. */
export function lacks(form: DraftForm, hasFile: boolean, profile: 'clerk' | 'leader'): TextKey | null {
  if (!hasFile) return 'draft.lacks-file';
  if (form.subject.trim() === '') return 'draft.lacks-subject';
  if (profile === 'leader') return null;
  if (form.notation.trim() === '') return 'draft.lacks-notation';
  if (form.signerName.trim() === '') return 'draft.lacks-signer';
  if (form.receivers.length === 0) return 'draft.lacks-receivers';
  if (form.dueOn.trim() !== '' && parseDay(form.dueOn) === undefined) return 'form.day-wrong';
  return null;
}
