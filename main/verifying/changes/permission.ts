// What a signer permits after signing: certification (DocMDP), locked fields (FieldMDP, /Lock), and the default without
// either. It reads dictionaries and judges no change.
import { entryOf, isArray, isDict, isName, isString, type PdfDict, type PdfView, textOf } from '../../pdf';
import { type ChangeLevel, within } from './level';
import type { StepReport } from './step';

export interface Permission {
  /** The gravest change allowed. */
  readonly limit: ChangeLevel;
  /** Certified: only fields that are there may be signed visibly; a new picture was never foreseen (sneaky signature). */
  readonly certified: boolean;
  readonly isLocked: (fieldName: string) => boolean;
}

/** ISO 32000-2 table 257: P = 1 nothing but validation data, 2 forms and signatures, 3 annotations too. */
const byP: Readonly<Record<number, ChangeLevel>> = { 1: 'lta', 2: 'signature', 3: 'annotation' };

/** Without certification forms may be filled and signatures added; a note after a signature is not the signer's word. */
const byDefault: ChangeLevel = 'signature';

/** The permission in force for one signature, read in the revision that it signed. */
export function permissionOf(view: PdfView, signature: PdfDict, field: PdfDict): Permission {
  const limits: ChangeLevel[] = [];
  let certified = false;
  const locks: ((name: string) => boolean)[] = [];
  const permissions = view.get(view.catalog.dict, 'Perms');
  const author = isDict(permissions) ? view.get(permissions, 'DocMDP') : null;
  for (const dict of [signature, author]) {
    if (!isDict(dict)) continue;
    for (const { method, parameters } of transforms(view, dict)) {
      if (method === 'DocMDP') {
        limits.push(limitOf(view, parameters));
        certified = true;
      }
      if (method === 'FieldMDP' && dict === signature) locks.push(lockOf(view, parameters));
    }
  }
  const lock = view.get(field, 'Lock');
  if (isDict(lock)) {
    locks.push(lockOf(view, lock));
    if (lock.entries.has('P')) limits.push(limitOf(view, lock));
  }
  const limit = limits.reduce<ChangeLevel | undefined>(
    (least, one) => (least === undefined || within(one, least) ? one : least),
    undefined,
  );
  return { limit: limit ?? byDefault, certified, isLocked: (name) => locks.some((one) => one(name)) };
}

function transforms(
  view: PdfView,
  signature: PdfDict,
): { method: string; parameters: PdfDict | undefined }[] {
  const references = view.get(signature, 'Reference');
  if (!isArray(references)) return [];
  return references.items.slice(0, 100).flatMap((item) => {
    const reference = view.resolve(item);
    if (!isDict(reference)) return [];
    const method = view.get(reference, 'TransformMethod');
    const parameters = view.get(reference, 'TransformParams');
    return isName(method)
      ? [{ method: method.name, parameters: isDict(parameters) ? parameters : undefined }]
      : [];
  });
}

function limitOf(view: PdfView, parameters: PdfDict | undefined): ChangeLevel {
  const value = parameters === undefined ? null : view.resolve(entryOf(parameters, 'P'));
  // Table 257: absent means 2. Anything that is no such number is read as the strictest.
  if (value === null) return 'signature';
  return (typeof value === 'number' ? byP[value] : undefined) ?? 'lta';
}

function lockOf(view: PdfView, parameters: PdfDict | undefined): (name: string) => boolean {
  const action = parameters === undefined ? null : view.get(parameters, 'Action');
  const list = parameters === undefined ? null : view.get(parameters, 'Fields');
  const names = (isArray(list) ? list.items : []).flatMap((item) => {
    const name = view.resolve(item);
    return isString(name) ? [textOf(name.bytes)] : [];
  });
  const named = (field: string) => names.some((name) => field === name || field.startsWith(`${name}.`));
  if (isName(action, 'Include')) return named;
  if (isName(action, 'Exclude')) return (field) => !named(field);
  // All, or nothing we know: everything is locked.
  return () => true;
}

/** Whether what the steps did is permitted, and whether a locked field was touched. */
export function judgeSteps(
  permission: Permission,
  steps: readonly StepReport[],
): { readonly permitted: boolean; readonly locked: boolean } {
  const locked = steps.some((step) => step.filled.some((name) => permission.isLocked(name)));
  const sneaky = permission.certified && steps.some((step) => step.newVisibleField);
  const permitted = !locked && !sneaky && steps.every((step) => within(step.level, permission.limit));
  return { locked, permitted };
}
