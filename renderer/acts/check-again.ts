// Checks the signatures of a stored file once more and keeps the new verdict with its document: what a network or a newer
// list of authorities lets be known later. It changes no bytes and decides no step.
import type { DeskId } from '../../preload/contract/ids';
import type { Attachment, IncomingDocument, OutgoingDocument } from '../../preload/contract/records';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, doingOf, findIncoming, readOutgoing } from './context';
import { deskValue } from './desk-call';
import { told } from './doing';
import type { Change } from './save';

type Checked = Pick<Attachment, 'sha256' | 'verdict' | 'verifiedAt'>;

function renewed(file: Attachment, checked: Checked): Attachment {
  return file.sha256 === checked.sha256
    ? { ...file, verdict: checked.verdict, verifiedAt: checked.verifiedAt }
    : file;
}

async function changeOf(context: Context, id: DeskId, checked: Checked): Promise<Change> {
  const entry = told(doingOf(context), 'checked', checked.verdict?.verdict ?? '');
  const incoming = await findIncoming(context, id);
  if (incoming !== null) {
    const row: IncomingDocument = {
      ...incoming,
      rev: incoming.rev + 1,
      attachments: incoming.attachments.map((file) => renewed(file, checked)),
      history: [...incoming.history, entry],
    };
    return { table: 'incoming', row, was: incoming.rev };
  }
  const outgoing = await readOutgoing(context, id);
  const row: OutgoingDocument = {
    ...outgoing,
    rev: outgoing.rev + 1,
    main: outgoing.main === null ? null : renewed(outgoing.main, checked),
    annexes: outgoing.annexes.map((file) => renewed(file, checked)),
    history: [...outgoing.history, entry],
  };
  return { table: 'outgoing', row, was: outgoing.rev };
}

/** Failure `document-missing`, and those of main's check. */
export async function checkAgain(
  context: Context,
  { id, sha256 }: Parameters<Acts['checkAgain']>[0],
): Promise<void> {
  const { verdict, at } = await deskValue(context.desk.files.verify({ sha256 }));
  await decideAndSave(context, async () => ({
    request: { changes: [await changeOf(context, id, { sha256, verdict, verifiedAt: at })] },
    result: undefined,
  }));
}
