// Marks of the ledger as they go into a PDF, and those of a PDF as a reading view shows them. Pure.
import type { Annotation, ExportedMark, MarkLayer } from '../../../preload/contract/annotation';

/** Layers of the desk's own marks: what other programs wrote is in the file already. */
export type OwnLayer = Exclude<MarkLayer, 'imported'>;
export const ownLayers: readonly OwnLayer[] = ['notes', 'directions'];

function exported(mark: Annotation): ExportedMark {
  const {
    rev: _rev,
    documentId: _document,
    fileSha: _file,
    changedAt: _changed,
    deleted: _gone,
    ...rest
  } = mark;
  return rest;
}

/** The marks of these layers. An answer goes with its own layer, also where what it answers is on one that stays behind. */
export function exportedMarks(marks: readonly Annotation[], layers: readonly OwnLayer[]): ExportedMark[] {
  return marks.filter(({ layer, deleted }) => !deleted && layers.some((one) => one === layer)).map(exported);
}

/** How many marks have words that the page itself does not show: a flattened copy prints them behind its pages. */
export function wordsBehind(marks: readonly ExportedMark[]): number {
  return marks.filter(({ kind, text }) => kind !== 'text' && kind !== 'stamp' && text.trim() !== '').length;
}

/** What other programs wrote into a file, as marks of the document that holds it. */
export function importedMarks(
  marks: readonly ExportedMark[],
  { documentId, fileSha }: Pick<Annotation, 'documentId' | 'fileSha'>,
): Annotation[] {
  return marks.map((mark) => ({
    ...mark,
    ...{ rev: 0, documentId, fileSha, layer: 'imported', changedAt: null, deleted: false },
  }));
}
