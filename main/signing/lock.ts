// What a signature locks (FieldMDP and /Lock: ISO 32000-2, 12.7.5.5 and 12.8.2.4): what its own empty field says, and for the
// agency's seal the fields that carry number and date. It draws nothing and judges nothing.
import {
  entryOf,
  isArray,
  isDict,
  isName,
  isString,
  type PdfField,
  type PdfFile,
  refSyntax,
  textSyntax,
} from '../pdf';
import type { SigningFacts } from './fields';
import { blankNames } from './number-blanks';
import { numberFieldNames } from './number-fields';
import type { Role } from './request';

function reference(file: PdfFile, action: string, list: string): string {
  return (
    ` /Reference [<< /Type /SigRef /TransformMethod /FieldMDP /Data ${refSyntax(file.catalogRef)} ` +
    `/TransformParams << /Type /TransformParams /V /1.2 /Action /${action}${list} >> >>]`
  );
}

/** FieldMDP of a field's own /Lock: what the signer of this field locks. */
export function lockReference(file: PdfFile, field: PdfField): string {
  const lock = file.get(field.dict, 'Lock');
  if (!isDict(lock)) return '';
  const action = file.get(lock, 'Action');
  if (!isName(action)) return '';
  const object = file.resolve(entryOf(lock, 'Fields'));
  const names = (isArray(object) ? object.items : []).flatMap((item) => {
    const text = file.resolve(item);
    return isString(text) ? [`<${Buffer.from(text.bytes).toString('hex')}>`] : [];
  });
  return reference(file, action.name, action.name === 'All' ? '' : ` /Fields [${names.join(' ')}]`);
}

/** Names of the fields that must not change once this role has signed: the agency seals number and date as they stand. */
export function lockedBySigning({ names }: SigningFacts, role: Role): string[] {
  if (role !== 'seal') return [];
  return [...Object.values(blankNames), ...Object.values(numberFieldNames)].filter((name) => names.has(name));
}

/** FieldMDP over these fields; nothing where there are none. */
export function includeReference(file: PdfFile, names: readonly string[]): string {
  return names.length === 0
    ? ''
    : reference(file, 'Include', ` /Fields [${names.map(textSyntax).join(' ')}]`);
}

/** The /Lock of the signature's own field, which says the same (12.7.5.5). */
export function lockEntry(names: readonly string[]): string {
  if (names.length === 0) return '';
  return ` /Lock << /Type /SigFieldLock /Action /Include /Fields [${names.map(textSyntax).join(' ')}] >>`;
}
