// Keeps the handling sheet with its incoming document: each version's file stays, the newest words are what the next one begins
// with. It makes no file and tells the sender nothing: the sheet is the agency's own.
import { Failure } from '../../preload/contract/failure';
import type { SheetDraft } from '../../preload/contract/handling-sheet';
import type { Attachment, IncomingDocument } from '../../preload/contract/records';
import type { Acts } from '../ledger';
import { type Context, decideAndSave, doingOf, readIncoming } from './context';
import { type Doing, told } from './doing';

export type SheetActs = Pick<Acts, 'keepSheet'>;

/**
 * The document with this sheet, or null where it is kept already. The same file with words arranged anew is no new version.
 * Failure `step-not-open` before the document has its number of arrival.
 */
export function withSheet(
  document: IncomingDocument,
  words: SheetDraft,
  file: Attachment,
  doing: Doing,
): IncomingDocument | null {
  if (document.arrivalNumber === null) throw new Failure('step-not-open', `sheet of ${document.id}`);
  const { sheet, rev, history } = document;
  const versions = sheet?.versions ?? [];
  if (sheet !== undefined && versions.at(-1)?.file.sha256 === file.sha256) {
    if (JSON.stringify(sheet.words) === JSON.stringify(words)) return null;
    return { ...document, rev: rev + 1, sheet: { ...sheet, words } };
  }
  const version = { file, at: doing.at, by: doing.who.slice(0, 600) };
  return {
    ...document,
    rev: rev + 1,
    sheet: { words, versions: [...versions, version] },
    history: [...history, told(doing, 'sheet-kept', file.name)],
  };
}

export function createSheetActs(context: Context): SheetActs {
  return {
    keepSheet: ({ id, words, file }) =>
      decideAndSave(context, async () => {
        const document = await readIncoming(context, id);
        const row = withSheet(document, words, file, doingOf(context));
        if (row === null) return { request: null, result: undefined };
        return {
          request: { changes: [{ table: 'incoming', row, was: document.rev }] },
          result: undefined,
        };
      }),
  };
}
