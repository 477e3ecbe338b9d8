// The repository of annotations over files. A removed one stays as a mark of its removal. It never touches a file.
import { type Annotation, annotation } from '../../preload/contract/annotation';
import type { LedgerDatabase, StoredAnnotation } from './schema';
import type { Opened, Sealer } from './sealing';

const table = 'annotations';

export function fileMark(sealer: Sealer, fileSha: string): Promise<string> {
  return sealer.blind('annotated-file', fileSha);
}

export async function sealAnnotation(sealer: Sealer, row: Annotation): Promise<StoredAnnotation> {
  return {
    id: row.id,
    rev: row.rev,
    documentId: row.documentId,
    file: await fileMark(sealer, row.fileSha),
    sealed: await sealer.seal(table, row.id, row),
  };
}

export async function openAnnotation(sealer: Sealer, stored: StoredAnnotation): Promise<Opened<Annotation>> {
  const plain = await sealer.open(table, stored.id, stored.sealed);
  if (!plain.ok) return plain;
  const parsed = annotation.safeParse(plain.value);
  return parsed.success && parsed.data.rev === stored.rev
    ? { ok: true, value: parsed.data }
    : { ok: false, code: 'record-damaged' };
}

export async function storedOfFile(
  database: LedgerDatabase,
  mark: string,
): Promise<readonly StoredAnnotation[]> {
  return database.annotations.where('file').equals(mark).toArray();
}
