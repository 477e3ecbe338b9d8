// The clerk's acts on incoming documents: main first for what only main can do once, then one save. No rule of order is
// here; incoming-states.ts has them.
import { Failure } from '../../preload/contract/failure';
import { asDay, type Day, type DeskId } from '../../preload/contract/ids';
import type { IncomingDocument } from '../../preload/contract/records';
import type { Acts } from '../ledger';
import { actOf } from './act-id';
import { type Context, decideAndSave, doingOf, findIncoming, instantOf, readIncoming } from './context';
import { deskValue } from './desk-call';
import { told } from './doing';
import { emptyFacts, responseTo } from './facts';
import { afterStep, alreadyDone, type IncomingStep, statusOf, stepFault, whyNot } from './incoming-states';
import type { Change, SaveRequest } from './save';
import { statusRow } from './telling';

/** One series of numbers a year and register; agencies with more have a setting for it in main. */
export const series = '';

interface GivenNumber {
  readonly number: number;
  readonly date: Day;
}

export type IncomingActs = Pick<
  Acts,
  'registerAndAccept' | 'refuse' | 'present' | 'assign' | 'progress' | 'finish' | 'registerPaper' | 'setAside'
>;

/** A calendar day that exists, or Failure `day-invalid`. */
export function checkedDay(text: string): Day {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  if (time === null || Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== text) {
    throw new Failure('day-invalid', text);
  }
  return asDay(text);
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** Null when the step is done already; Failure when it cannot be done. */
export function allowed(document: IncomingDocument, step: IncomingStep): boolean {
  if (alreadyDone(document, step)) return false;
  const fault = stepFault(step) ?? whyNot(document, step.act);
  if (fault !== null) throw new Failure(fault, `${step.act} of ${document.id} in ${document.state}`);
  return true;
}

async function statusChanges(
  context: Context,
  document: IncomingDocument,
  code: string,
  description: string,
): Promise<readonly Change[]> {
  if (document.docId === null) return [];
  return statusRow(context, {
    document: document.id,
    code,
    receivers: [document.facts.sender.code],
    responseFor: responseTo(document.facts),
    description,
    staff: context.info.user,
  });
}

/** A step without a number: the status, when the step has one, and the row. */
function simpleStep(
  context: Context,
  id: DeskId,
  step: IncomingStep & { act: 'refuse' | 'present' | 'assign' | 'progress' | 'finish' | 'set-aside' },
  description: string,
): Promise<void> {
  return decideAndSave(context, async () => {
    const document = await readIncoming(context, id);
    if (!allowed(document, step)) return { request: null, result: undefined };
    const rows =
      step.act === 'present' || step.act === 'set-aside'
        ? []
        : await statusChanges(context, document, statusOf[step.act], description);
    const row = afterStep(document, step, doingOf(context));
    return {
      request: { changes: [{ table: 'incoming', row, was: document.rev }, ...rows] },
      result: undefined,
    };
  });
}

async function giveNumber(
  context: Context,
  id: DeskId,
  number: number,
  date: Day,
): Promise<{ readonly number: number }> {
  const act = await actOf(id, 'register-and-accept');
  return deskValue(
    context.desk.numbers.give({
      act,
      register: 'incoming',
      series,
      year: yearOf(date),
      number,
      documentId: id,
    }),
  );
}

function givenOf(document: IncomingDocument, date: Day): GivenNumber {
  return { number: document.arrivalNumber ?? 0, date: document.arrivalDate ?? date };
}

async function registerAndAccept(
  context: Context,
  id: DeskId,
  wanted: number,
  date: Day,
): Promise<GivenNumber> {
  return decideAndSave(context, async () => {
    const document = await readIncoming(context, id);
    const asked: IncomingStep = { act: 'register-and-accept', number: wanted, date };
    if (!allowed(document, asked)) return { request: null, result: givenOf(document, date) };
    const { number } = await giveNumber(context, id, wanted, date);
    const rows = await statusChanges(context, document, '03', `Số đến ${number}`);
    const row = afterStep(document, { ...asked, number }, doingOf(context));
    const request: SaveRequest = { changes: [{ table: 'incoming', row, was: document.rev }, ...rows] };
    return { request, result: { number, date } };
  });
}

async function registerPaper(
  context: Context,
  input: Parameters<Acts['registerPaper']>[0],
): Promise<GivenNumber> {
  const date = checkedDay(input.date);
  const fault = stepFault({ act: 'register-and-accept', number: input.number, date });
  if (fault !== null) throw new Failure(fault, String(input.number));
  if ((input.facts.subject ?? '').trim() === '') throw new Failure('subject-missing');
  return decideAndSave(context, async () => {
    const existing = await findIncoming(context, input.id);
    if (existing !== null) return { request: null, result: givenOf(existing, date) };
    const { number } = await giveNumber(context, input.id, input.number, date);
    const doing = doingOf(context);
    const row: IncomingDocument = {
      id: input.id,
      rev: 1,
      state: 'to-present',
      docId: null,
      packageSha: null,
      facts: {
        ...emptyFacts({ code: '', name: '' }),
        receivers: [context.info.agency],
        ...input.facts,
        paper: true,
      },
      attachments: [...input.files],
      unknown: [],
      problem: null,
      receivedAt: instantOf(context),
      arrivalNumber: number,
      arrivalDate: date,
      presentedTo: '',
      opinion: '',
      assignedTo: '',
      duplicateOf: null,
      concerns: null,
      history: [told(doing, 'paper-registered', String(number))],
    };
    return { request: { changes: [{ table: 'incoming', row, was: 'absent' }] }, result: { number, date } };
  });
}

export function createIncomingActs(context: Context): IncomingActs {
  return {
    registerAndAccept: async ({ id, number, date }) =>
      registerAndAccept(context, id, number, checkedDay(date)),
    refuse: ({ id, reason }) => simpleStep(context, id, { act: 'refuse', reason }, reason.trim()),
    present: ({ id, to, opinion }) => simpleStep(context, id, { act: 'present', to, opinion }, ''),
    assign: ({ id, to, opinion }) => simpleStep(context, id, { act: 'assign', to, opinion }, to.trim()),
    progress: ({ id, note }) => simpleStep(context, id, { act: 'progress', note: note ?? '' }, note ?? ''),
    finish: ({ id, note }) => simpleStep(context, id, { act: 'finish', note: note ?? '' }, note ?? ''),
    registerPaper: (input) => registerPaper(context, input),
    setAside: ({ id }) => simpleStep(context, id, { act: 'set-aside' }, ''),
  };
}
