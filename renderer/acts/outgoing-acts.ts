// The clerk's acts on outgoing documents: main first for what only main can do once, then one save. Signing is in
// outgoing-signing.ts; no rule of order is here, outgoing-states.ts has them.
import { sameAgency } from '../../preload/contract/agency-code';
import { copySeries } from '../../preload/contract/copies';
import { Failure } from '../../preload/contract/failure';
import type { ActId, DeskId, Sha256 } from '../../preload/contract/ids';
import type { Attachment, DocumentFacts, Organ, OutgoingDocument } from '../../preload/contract/records';
import type { Acts, DraftFacts } from '../ledger';
import { actOf, packingOf } from './act-id';
import {
  type Context,
  decideAndSave,
  doingOf,
  findOutgoing,
  instantOf,
  readIncoming,
  readOutgoing,
} from './context';
import { createCopy } from './copy-acts';
import { deskValue } from './desk-call';
import { told } from './doing';
import { answerFacts, emptyFacts } from './facts';
import { checkedDay, series } from './incoming-acts';
import { markSignedElsewhere, seal, signLeader } from './outgoing-signing';
import type { OutgoingStep } from './outgoing-states';
import { change, demand, fileOf } from './outgoing-steps';
import { takeRaised } from './raised';
import { afterReplaced, endOf, replacementBusiness } from './sent-changes';
import { packageRow } from './telling';

export type OutgoingActs = Pick<
  Acts,
  | 'createDraft'
  | 'createCopy'
  | 'answer'
  | 'updateDraft'
  | 'attachFile'
  | 'discard'
  | 'submit'
  | 'markSignedElsewhere'
  | 'signLeader'
  | 'giveNumber'
  | 'seal'
  | 'queue'
  | 'takeUpAgain'
>;

/** A step that needs nothing from main. */
function plainStep(
  context: Context,
  id: DeskId,
  step: OutgoingStep & { act: 'update-draft' | 'attach-file' | 'discard' | 'submit' },
): Promise<void> {
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, id);
    const done =
      (step.act === 'submit' && document.state === 'to-sign') ||
      (step.act === 'discard' && document.state === 'recalled' && document.numberGiven === null);
    if (done) return { request: null, result: undefined };
    demand(document, step.act);
    return { request: { changes: [change(context, document, step)] }, result: undefined };
  });
}

/** The row of a new draft. */
export function draftOf(
  context: Context,
  id: DeskId,
  part: {
    readonly facts: DraftFacts;
    readonly main: Attachment | null;
    readonly annexes: readonly Attachment[];
    readonly answers: DeskId | null;
  },
): OutgoingDocument {
  const { agency, notation, place } = context.info;
  return {
    id,
    rev: 1,
    state: 'draft',
    facts: { ...emptyFacts(agency), notation, place, ...part.facts, sender: agency },
    main: part.main,
    annexes: [...part.annexes],
    leaderSignature: null,
    seal: null,
    numberGiven: null,
    packageSha: null,
    hubDocId: null,
    deliveries: [],
    answers: part.answers,
    createdAt: instantOf(context),
    sentAt: null,
    history: [told(doingOf(context), 'created', '')],
  };
}

/** A new draft in the place of a document whose number stays used: what was signed belongs to that number, so it has no file. */
export function draftAnew(
  context: Context,
  id: DeskId,
  document: OutgoingDocument,
  also: DraftFacts = {},
): OutgoingDocument {
  return draftOf(context, id, {
    facts: { ...document.facts, documentId: '', number: '', issuedOn: null, ...also },
    main: null,
    annexes: [],
    answers: document.answers,
  });
}

function createDraft(context: Context, draft: OutgoingDocument): Promise<void> {
  return decideAndSave(context, async () => {
    if ((await findOutgoing(context, draft.id)) !== null) return { request: null, result: undefined };
    return { request: { changes: [{ table: 'outgoing', row: draft, was: 'absent' }] }, result: undefined };
  });
}

function giveNumber(
  context: Context,
  input: Parameters<Acts['giveNumber']>[0],
): ReturnType<Acts['giveNumber']> {
  const date = checkedDay(input.date);
  if (!Number.isSafeInteger(input.number) || input.number <= 0) {
    throw new Failure('number-invalid', String(input.number));
  }
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if (document.numberGiven !== null) {
      const { number, date: given } = document.numberGiven;
      return { request: null, result: { number, date: given } };
    }
    demand(document, 'give-number');
    const { number, at } = await deskValue(
      context.desk.numbers.give({
        act: await actOf(document.id, 'give-number'),
        register: 'outgoing',
        series: document.copy === undefined ? series : copySeries,
        year: Number(date.slice(0, 4)),
        number: input.number,
        documentId: document.id,
      }),
    );
    const main = fileOf(document);
    // The page of a copy is the page that was copied: nothing is written on it but the copy's own signature.
    const { file } =
      document.copy !== undefined
        ? { file: null }
        : await deskValue(
            context.desk.numbers.stamp({
              act: await packingOf(await actOf(document.id, 'stamp-number'), [number, date]),
              documentId: document.id,
              input: main.sha256,
              number,
              date,
            }),
          );
    const step: OutgoingStep = {
      act: 'give-number',
      number,
      date,
      at,
      file: file === null ? null : { ...file, name: main.name, description: main.description },
    };
    return { request: { changes: [change(context, document, step)] }, result: { number, date } };
  });
}

function withoutDoubles(receivers: readonly Organ[]): Organ[] {
  return receivers.filter(
    (organ, index) =>
      organ.code.trim() !== '' &&
      receivers.findIndex((other) => sameAgency(other.code, organ.code)) === index,
  );
}

export function packageFiles(
  files: readonly Attachment[],
): { sha256: Sha256; name: string; description: string }[] {
  return files.map(({ sha256, name, description }) => ({ sha256, name, description }));
}

/** The package of an act, with these facts and files. */
export async function frozen(
  context: Context,
  act: ActId,
  facts: DocumentFacts,
  files: ReturnType<typeof packageFiles>,
): Promise<Sha256> {
  const packing = await packingOf(act, [facts, files]);
  const { packageSha } = await deskValue(context.desk.package.document({ act: packing, facts, files }));
  return packageSha;
}

/** The level that policy waits for before a package is frozen; main refuses to freeze where it requires more. */
async function settled(context: Context, id: DeskId): Promise<void> {
  const document = await readOutgoing(context, id);
  if (document.packageSha !== null || document.state !== 'to-send') return;
  await deskValue(context.desk.levels.settle({ documentId: id }));
  await takeRaised(context, id, true);
}

async function queue(context: Context, input: Parameters<Acts['queue']>[0]): Promise<void> {
  const receivers = withoutDoubles(input.receivers);
  if (receivers.length === 0) throw new Failure('receivers-missing', input.id);
  await settled(context, input.id);
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if (document.packageSha !== null) return { request: null, result: undefined };
    demand(document, 'queue');
    const old = document.replaces === undefined ? null : await findOutgoing(context, document.replaces);
    const facts = queuedFacts(context, document, old, receivers, input.paper);
    // What was withdrawn and is queued again is another package, with its own frozen bytes.
    const turns = document.history.filter((entry) => entry.what === 'withdrawn').length;
    const act = await actOf(document.id, 'queue', turns === 0 ? '' : String(turns));
    const files = packageFiles([fileOf(document), ...document.annexes]);
    const packageSha = await frozen(context, act, facts, files);
    const row = packageRow(context, {
      act,
      lane: document.id,
      packageSha,
      receivers: receivers.map((organ) => organ.code),
    });
    const changes = [change(context, document, { act: 'queue', facts, packageSha }), row];
    // One that another replacement replaces already says so of both: either may still be withdrawn.
    if (old !== null && (old.state !== 'recalled' || endOf(old) === 'replaced')) {
      changes.push({ table: 'outgoing', row: afterReplaced(old, facts, doingOf(context)), was: old.rev });
    }
    return { request: { changes }, result: undefined };
  });
}

/**
 * A package must name a signer and a place (QCVN 102 §1.4, §1.8), and by now neither can be edited: a copy has no signer of its own
 * and a leader's draft may name none, so it is who signed the file.
 */
function queuedFacts(
  context: Context,
  document: OutgoingDocument,
  old: OutgoingDocument | null,
  receivers: Organ[],
  paper: boolean,
): DocumentFacts {
  const { business, signer, place } = document.facts;
  const signed = document.leaderSignature ?? document.seal;
  return {
    ...document.facts,
    signer: signer.name.trim() === '' ? { ...signer, name: signed?.signer ?? '' } : signer,
    place: place.trim() === '' ? context.info.place : place,
    receivers,
    paper,
    business: old === null ? business : replacementBusiness(business, old, receivers),
  };
}

function takeUpAgain(context: Context, input: Parameters<Acts['takeUpAgain']>[0]): Promise<void> {
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if ((await findOutgoing(context, input.draft)) !== null) return { request: null, result: undefined };
    demand(document, 'take-up-again');
    const draft = draftAnew(context, input.draft, document);
    return {
      request: {
        changes: [
          change(context, document, { act: 'take-up-again' }),
          { table: 'outgoing', row: draft, was: 'absent' },
        ],
      },
      result: undefined,
    };
  });
}

export function createOutgoingActs(context: Context): OutgoingActs {
  return {
    createDraft: ({ id, file, annexes, facts, answers }) =>
      createDraft(context, draftOf(context, id, { facts, main: file, annexes, answers: answers ?? null })),
    createCopy: async (input) =>
      createCopy(
        context,
        input,
        draftOf(context, input.id, { facts: input.facts, main: input.file, annexes: [], answers: null }),
      ),
    async answer({ id, draft }) {
      const document = await readIncoming(context, id);
      const facts = answerFacts(document);
      await createDraft(context, draftOf(context, draft, { facts, main: null, annexes: [], answers: id }));
    },
    updateDraft: ({ id, facts }) => plainStep(context, id, { act: 'update-draft', facts }),
    attachFile: ({ id, ...files }) => plainStep(context, id, { act: 'attach-file', ...files }),
    discard: ({ id }) => plainStep(context, id, { act: 'discard' }),
    submit: ({ id }) => plainStep(context, id, { act: 'submit' }),
    markSignedElsewhere: ({ id }) => markSignedElsewhere(context, id),
    signLeader: (input) => signLeader(context, input),
    giveNumber: async (input) => giveNumber(context, input),
    seal: (input) => seal(context, input),
    queue: async (input) => queue(context, input),
    takeUpAgain: (input) => takeUpAgain(context, input),
  };
}
