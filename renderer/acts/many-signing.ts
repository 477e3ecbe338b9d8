// Signing many documents in one run of main: the list is made of what the ledger holds, and each document is saved as soon
// as its files are signed, so that a crash in the middle loses nothing. It sees no PIN and decides nothing of law.
import type { BatchDocument, BatchOutcome, SignedFile } from '../../preload/contract/batch';
import { type Code, sentences } from '../../preload/contract/codes';
import { assert, codeOf, isFailure } from '../../preload/contract/failure';
import type { DeskId } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { Acts, ManyOutcome } from '../ledger';
import { type Context, decideAndSave, readOutgoing } from './context';
import { deskValue } from './desk-call';
import { isPdf, signingActOf } from './outgoing-signing';
import type { OutgoingStep } from './outgoing-states';
import { change, demand, fileOf } from './outgoing-steps';

type Who = Context['info']['profile'];

/** What one profile signs in a run. */
const roles = { leader: 'leader', clerk: 'seal' } as const satisfies Record<Who, string>;
const acts = { leader: 'sign-leader', clerk: 'seal' } as const satisfies Record<Who, string>;

/** The documents that a run would sign, with their files: the leader signs the document, the agency its annexes too. */
async function listed(document: OutgoingDocument, who: Who): Promise<BatchDocument> {
  const main = fileOf(document);
  const role = roles[who];
  const files = [
    { act: await signingActOf(document.id, role, main.sha256), role, input: main.sha256 },
    ...(role === 'leader'
      ? []
      : await Promise.all(
          document.annexes.filter(isPdf).map(async ({ sha256 }) => ({
            act: await signingActOf(document.id, 'attachment', sha256),
            role: 'attachment' as const,
            input: sha256,
          })),
        )),
  ];
  return { documentId: document.id, files };
}

function stepOf(document: OutgoingDocument, who: Who, files: readonly SignedFile[]): OutgoingStep {
  const [main] = files;
  assert(main !== undefined, 'a signed document has its main file');
  const { file, signature } = main;
  if (who === 'leader') return { act: 'sign-leader', file, signature };
  const signed = new Map(
    document.annexes.filter(isPdf).map((annex, index) => [annex, files[index + 1]?.file]),
  );
  return {
    act: 'seal',
    file,
    annexes: document.annexes.map((annex) => signed.get(annex) ?? annex),
    signature,
  };
}

/** Saves what main signed; a document that has it already is left as it is. */
function record(context: Context, id: DeskId, files: readonly SignedFile[]): Promise<void> {
  const who = context.info.profile;
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, id);
    const has = who === 'leader' ? document.leaderSignature : document.seal;
    if (has !== null) return { request: null, result: undefined };
    demand(document, acts[who]);
    const step = stepOf(document, who, files);
    return { request: { changes: [change(context, document, step)] }, result: undefined };
  });
}

function known(code: string): Code {
  return Object.hasOwn(sentences, code) ? (code as Code) : 'internal';
}

/** Saves one document after the other, each once, and keeps what became of it. */
function createRecorder(context: Context, settled: (outcome: ManyOutcome) => void) {
  const outcomes = new Map<DeskId, ManyOutcome>();
  const begun = new Map<DeskId, Promise<void>>();
  let tail: Promise<void> = Promise.resolve();

  function settle(outcome: ManyOutcome): void {
    outcomes.set(outcome.id, outcome);
    settled(outcome);
  }
  async function take(outcome: BatchOutcome): Promise<void> {
    const id = outcome.documentId;
    if (outcome.kind !== 'signed') return settle({ id, kind: outcome.kind, code: known(outcome.code) });
    try {
      await record(context, id, outcome.files);
      settle({ id, kind: 'signed', code: null });
    } catch (error) {
      // The signature is made and kept by main: asked again, it is given without the token.
      settle({ id, kind: 'failed', code: codeOf(error) });
    }
  }
  return {
    outcomes,
    settle,
    add(outcome: BatchOutcome): Promise<void> {
      const id = outcome.documentId;
      const before = begun.get(id);
      if (before !== undefined) return before;
      const mine = tail.then(() => take(outcome));
      begun.set(id, mine);
      tail = mine;
      return mine;
    },
  };
}

/** The documents of these that may be in a run; the others are settled with the code of why not. */
async function listOf(
  context: Context,
  ids: readonly DeskId[],
  settle: (outcome: ManyOutcome) => void,
): Promise<BatchDocument[]> {
  const who = context.info.profile;
  const documents: BatchDocument[] = [];
  for (const id of new Set(ids)) {
    try {
      const document = await readOutgoing(context, id);
      demand(document, acts[who]);
      documents.push(await listed(document, who));
    } catch (error) {
      if (!isFailure(error)) throw error;
      settle({ id, kind: 'refused', code: error.code });
    }
  }
  return documents;
}

/** Each document with what became of it, in the order asked. Throws Failure `batch-running` and those of the call itself. */
export async function signMany(
  context: Context,
  input: Parameters<Acts['signMany']>[0],
): Promise<readonly ManyOutcome[]> {
  const { batch, ids, fingerprint, onSettled = () => undefined } = input;
  const recorder = createRecorder(context, onSettled);
  const documents = await listOf(context, ids, recorder.settle);
  if (documents.length > 0) {
    const stop = context.desk.events.on('batch.outcome', (told) => {
      if (told.batch === batch) void recorder.add(told.outcome);
    });
    try {
      const { outcomes } = await deskValue(context.desk.batch.start({ batch, fingerprint, documents }));
      // What an event said is saved already; what no event brought is saved now.
      await Promise.all(outcomes.map((outcome) => recorder.add(outcome)));
    } finally {
      stop();
    }
  }
  return ids.map((id) => {
    const outcome = recorder.outcomes.get(id);
    assert(outcome !== undefined, 'every document of a run has its outcome');
    return outcome;
  });
}

/** Documents that main signed and this ledger never saved, as after a crash in the middle of a run; how many there were. */
export async function recoverSigned(context: Context, ids: readonly DeskId[]): Promise<number> {
  const recorder = createRecorder(context, () => undefined);
  const documents = await listOf(context, ids, () => undefined);
  if (documents.length === 0) return 0;
  const { outcomes } = await deskValue(context.desk.batch.recover({ documents }));
  await Promise.all(outcomes.map((outcome) => recorder.add(outcome)));
  return [...recorder.outcomes.values()].filter((one) => one.kind === 'signed').length;
}
