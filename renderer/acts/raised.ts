// Takes files whose signatures main has raised: in place of the ones on the road while nothing is frozen, beside them as lasting
// copies afterwards. It raises nothing itself, and what was sent never changes.
import type { DeskId } from '../../preload/contract/ids';
import type { LevelJob } from '../../preload/contract/levels';
import type { Attachment, LastingCopy, OutgoingDocument } from '../../preload/contract/records';
import { type Context, decideAndSave, doingOf, findOutgoing } from './context';
import { deskValue } from './desk-call';
import { told } from './doing';
import { withOrigin } from './made-from';

/** A file of the document and what became of it. */
interface Raised {
  readonly before: Attachment;
  readonly after: Attachment;
  readonly level: string;
}

const filesOf = ({ main, annexes }: OutgoingDocument): Attachment[] =>
  main === null ? annexes : [main, ...annexes];

/** The document with its raised files, or null when it has them already, or may not change any more. */
export function withRaised(
  document: OutgoingDocument,
  raised: readonly Raised[],
  doing: Parameters<typeof told>[0],
): OutgoingDocument | null {
  if (raised.length === 0) return null;
  const levels = [...new Set(raised.map((one) => one.level))].join(', ');
  const entry = told(doing, 'raised', levels);
  const next = { ...document, rev: document.rev + 1, history: [...document.history, entry] };
  if (document.packageSha === null) {
    if (document.state !== 'to-send') return null;
    const newest = (file: Attachment): Attachment =>
      withOrigin(file, raised.find((one) => one.before.sha256 === file.sha256)?.after ?? file);
    return {
      ...next,
      main: document.main === null ? null : newest(document.main),
      annexes: document.annexes.map(newest),
    };
  }
  const known = document.lasting ?? [];
  const fresh = raised.filter(
    ({ before, after }) => !known.some((one) => one.of === before.sha256 && one.file.sha256 === after.sha256),
  );
  if (fresh.length === 0) return null;
  const copies = fresh.map(
    ({ before, after, level }): LastingCopy => ({ of: before.sha256, level, file: after }),
  );
  const kept = known.filter((one) => !fresh.some(({ before }) => before.sha256 === one.of));
  return { ...next, lasting: [...kept, ...copies] };
}

async function raisedOf(
  context: Context,
  document: OutgoingDocument,
  jobs: readonly LevelJob[],
): Promise<Raised[]> {
  const found: Raised[] = [];
  for (const before of filesOf(document)) {
    const job = jobs.find((one) => one.names.includes(before.sha256));
    if (job === undefined || job.names.at(-1) === before.sha256) continue;
    const { file } = await deskValue(context.desk.levels.file({ input: job.input }));
    if (file === null || file.sha256 === before.sha256) continue;
    const { name, description } = before;
    found.push({ before, after: { ...file, name, description }, level: job.level });
  }
  return found;
}

/** Brings one document up to what main has. Half of a way is only taken where the document is about to be frozen. */
export async function takeRaised(context: Context, id: DeskId, halfToo = false): Promise<void> {
  await decideAndSave(context, async () => {
    const { jobs } = await deskValue(context.desk.levels.jobs({ documentId: id }));
    const over = (job: LevelJob): boolean => halfToo || job.state === 'reached' || job.state === 'stopped';
    const ready = jobs.filter((job) => job.names.length > 1 && over(job));
    const document = ready.length === 0 ? null : await findOutgoing(context, id);
    if (document === null) return { request: null, result: undefined };
    const row = withRaised(document, await raisedOf(context, document, ready), doingOf(context));
    if (row === null) return { request: null, result: undefined };
    return { request: { changes: [{ table: 'outgoing', row, was: document.rev }] }, result: undefined };
  });
}

/** Follows main: what was raised before this window opened, then each change. Returns the end of it. */
export function followRaised(context: Context, report: (error: unknown) => void): () => void {
  let stopped = false;
  let tail: Promise<void> = Promise.resolve();
  const take = (documents: readonly DeskId[]): void => {
    for (const id of documents) {
      tail = tail.then(() => (stopped ? undefined : takeRaised(context, id))).catch(report);
    }
  };
  const stop = context.desk.events.on('levels.changed', ({ documents }) => take(documents));
  deskValue(context.desk.levels.jobs({ documentId: null })).then(({ jobs }) => {
    const raised = jobs.filter((job) => job.names.length > 1);
    take([...new Set(raised.map((job) => job.documentId))]);
  }, report);
  return () => {
    stopped = true;
    stop();
  };
}
