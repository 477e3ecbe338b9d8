// Which field of a document a signature goes into: the one that is named, the one that waits where it is to stand, or none. It
// changes nothing.
import { Failure } from '../../preload/contract/failure';
import type { PdfField, PdfFile } from '../pdf';
import { type SigningFacts, waitingPlaces } from './fields';
import type { SignatureRequest } from './request';

/** The field that waits at the very place that was asked for: whoever asks for that place means the field. */
function fieldAt(file: PdfFile, facts: SigningFacts, { what }: SignatureRequest): string | undefined {
  const place = what.role === 'leader' || what.role === 'seal' ? what.place : undefined;
  const wanted = place?.rect;
  if (place === undefined || wanted === undefined || facts.waiting.length === 0) return undefined;
  const { index } = file.page(place.page);
  const near = (one: number, other: number): boolean => Math.abs(one - other) <= 1;
  const found = waitingPlaces(file, facts).filter(
    ({ page, rect }) =>
      page === index &&
      near(rect.x, wanted.x) &&
      near(rect.y, wanted.y) &&
      near(rect.width, wanted.width) &&
      near(rect.height, wanted.height),
  );
  return found.length === 1 ? found[0]?.field : undefined;
}

/** The one field that a certified document holds ready: where only such may show something, it is the one that is meant. */
function onlyField(facts: SigningFacts, { what }: SignatureRequest): string | undefined {
  const [only, second] = facts.waiting.filter((one) => !facts.locked(one.name));
  if (!facts.certified || what.role === 'invisible' || what.role === 'number') return undefined;
  return second === undefined ? only?.name : undefined;
}

function existingField(facts: SigningFacts, file: PdfFile, name: string): PdfField {
  const field = facts.fields.find((one) => one.name === name && one.type === 'Sig');
  if (field === undefined) throw new Failure('signing-field-missing', name);
  if (file.resolve(field.value) !== null) throw new Failure('signing-field-signed', name);
  if (facts.locked(name)) throw new Failure('signing-field-locked', name);
  if (field.object === undefined)
    throw new Failure('signing-field-missing', `${name} is no object of its own`);
  return field;
}

/**
 * The field to sign, or undefined where a new one is made. Throws Failure `signing-field-missing`, `signing-field-signed`,
 * `signing-field-locked`.
 */
export function chosenField(
  file: PdfFile,
  facts: SigningFacts,
  request: SignatureRequest,
): PdfField | undefined {
  const name = request.fieldName ?? fieldAt(file, facts, request) ?? onlyField(facts, request);
  return name === undefined ? undefined : existingField(facts, file, name);
}
