// Compares PDF values as two revisions hold them. References are equal when they name the same object, whatever that
// object became: whether it changed is asked about the object itself.
import type { PdfDict, PdfObject, PdfStream, PdfValue, PdfView } from '../../pdf';
import { sameBytes } from '../der';

/** True when both values are written the same, order of dictionary keys aside. */
export function sameValue(one: PdfValue | undefined, other: PdfValue | undefined): boolean {
  const left = one ?? null;
  const right = other ?? null;
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object')
    return left === right;
  switch (left.kind) {
    case 'name':
      return right.kind === 'name' && right.name === left.name;
    case 'string':
      return right.kind === 'string' && sameBytes(left.bytes, right.bytes);
    case 'ref':
      return right.kind === 'ref' && right.number === left.number && right.generation === left.generation;
    case 'unknown':
      return right.kind === 'unknown' && right.text === left.text;
    case 'array':
      return (
        right.kind === 'array' &&
        right.items.length === left.items.length &&
        left.items.every((item, index) => sameValue(item, right.items[index]))
      );
    case 'dict':
      return right.kind === 'dict' && changedKeys(left, right).length === 0;
    case 'stream':
      return (
        right.kind === 'stream' && right.dataStart === left.dataStart && sameValue(left.dict, right.dict)
      );
  }
}

/** The keys whose values differ, absent and null being the same (ISO 32000-2, 7.3.7). */
export function changedKeys(one: PdfDict, other: PdfDict): string[] {
  const keys = new Set([...one.entries.keys(), ...other.entries.keys()]);
  return [...keys].filter((key) => !sameValue(one.entries.get(key)?.value, other.entries.get(key)?.value));
}

/** True when an object that was written again is what it was before, the data of a stream included. */
export function sameObject(
  before: PdfView,
  after: PdfView,
  one: PdfObject | undefined,
  other: PdfObject | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.generation !== other.generation) return false;
  const left = streamOf(one);
  const right = streamOf(other);
  if (left === undefined || right === undefined) return left === right && sameValue(one.value, other.value);
  if (!sameValue(left.dict, right.dict)) return false;
  return sameBytes(before.stored(left), after.stored(right));
}

function streamOf(object: PdfObject): PdfStream | undefined {
  const { value } = object;
  return typeof value === 'object' && value !== null && value.kind === 'stream' ? value : undefined;
}
