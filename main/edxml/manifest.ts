// edXMLManifest: what it can add to attachments and what of it says something that no attachment says. Attachments
// themselves are the truth; the manifest's ContentType is known to be wrong in the field and is ignored.
import type { Attachment, AttachmentMeta, UnknownPart } from '../../preload/contract/edxml';
import { bareContentId, foldedContentId } from './content-id';
import { type ElementNode, trimmed } from './element';
import { keepElement } from './mapping';
import { xlinkNamespace } from './namespaces';

export interface Reference {
  /** Without its form; empty when there is none. */
  readonly contentId: string;
  /** The id as it is held against others. */
  readonly folded: string;
  readonly name: string;
  readonly description: string;
  readonly node: ElementNode;
}

const childNames = ['ContentId', 'ContentType', 'Description', 'AttachmentName'];

function childText(node: ElementNode, name: string): string {
  return trimmed(node.children.find((child) => child.name === name)?.text ?? '');
}

/** A Reference in either style: child elements, or xlink:href with the id. */
export function referenceOf(node: ElementNode): Reference {
  const href = node.attributes[`{${xlinkNamespace}}href`] ?? node.attributes.href ?? '';
  const id = childText(node, 'ContentId');
  const contentId = bareContentId(id === '' ? href : id);
  return {
    contentId,
    folded: foldedContentId(contentId),
    name: childText(node, 'AttachmentName'),
    description: childText(node, 'Description'),
    node,
  };
}

/** The Reference of this id: as it is spelled, else the only one that is spelled otherwise and is nobody else's. */
function ofId(
  references: readonly Reference[],
  id: string,
  others: ReadonlySet<string | undefined>,
): Reference | undefined {
  const exact = references.find((one) => one.contentId === id);
  if (exact !== undefined) return exact;
  const folded = foldedContentId(id);
  const alike = references.filter((one) => one.folded === folded && !others.has(one.contentId));
  return alike.length === 1 ? alike[0] : undefined;
}

/** True when nothing speaks against it: one of both has no id, and no name contradicts. */
function mayBelong(reference: Reference, meta: AttachmentMeta): boolean {
  return (
    (reference.contentId === '' || meta.contentId === undefined) &&
    (reference.name === '' || meta.name === undefined || reference.name === meta.name)
  );
}

/** Fills what an attachment lacks from its Reference: some writers put the name there alone. */
function filled<Meta extends AttachmentMeta>(meta: Meta, reference: Reference | undefined): Meta {
  if (reference === undefined) return meta;
  const { contentId, name, description } = reference;
  return {
    ...(contentId === '' ? {} : { contentId }),
    ...(name === '' ? {} : { name }),
    ...(description === '' ? {} : { description }),
    ...meta,
  };
}

/** What the manifest adds to an attachment that is not read to its end: only what an id of its own leads to. */
export function filledById(references: readonly Reference[], meta: AttachmentMeta): AttachmentMeta {
  const id = meta.contentId;
  return id === undefined ? meta : filled(meta, ofId(references, id, new Set()));
}

/**
 * What the manifest seems to add to the attachment at `place`, counted from 0, while those behind it are not known. It is
 * good for how its bytes are stored; `filledFrom` has the last word.
 */
export function likelyFilled(
  references: readonly Reference[],
  meta: AttachmentMeta,
  place: number,
): AttachmentMeta {
  const byId = meta.contentId === undefined ? undefined : ofId(references, meta.contentId, new Set());
  const byPlace = references[place];
  const reference = byPlace !== undefined && mayBelong(byPlace, meta) ? byPlace : undefined;
  return filled(meta, byId ?? reference);
}

/**
 * The attachments of a package with what their References add. A Reference is found by the id; where one side has no id
 * (.NET writers leave ContentId out), by a name that stands once on both sides, and then, if there are as many References
 * as attachments, by its place.
 */
export function filledFrom<Meta extends AttachmentMeta>(
  references: readonly Reference[],
  metas: readonly Meta[],
): Meta[] {
  const ids = new Set(metas.map((meta) => meta.contentId));
  const found = metas.map(({ contentId }) =>
    contentId === undefined ? undefined : ofId(references, contentId, ids),
  );
  const taken = new Set(found);
  const take = (place: number, reference: Reference | undefined) => {
    const meta = metas[place];
    if (meta === undefined || reference === undefined) return;
    if (found[place] !== undefined || taken.has(reference) || !mayBelong(reference, meta)) return;
    found[place] = reference;
    taken.add(reference);
  };
  const placeOfName = onlyPlaces(metas.map((meta) => meta.name ?? ''));
  const referenceOfName = onlyPlaces(references.map((reference) => reference.name));
  for (const [name, place] of placeOfName) take(place, references[referenceOfName.get(name) ?? -1]);
  if (references.length === metas.length)
    references.forEach((reference, place) => void take(place, reference));
  return metas.map((meta, place) => filled(meta, found[place]));
}

/** The names that are there once, each with its place. */
function onlyPlaces(names: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const again = new Set<string>(['']);
  names.forEach((name, place) => {
    if (places.has(name)) again.add(name);
    places.set(name, place);
  });
  for (const name of again) places.delete(name);
  return places;
}

function agrees(reference: Reference, meta: AttachmentMeta, folded: string): boolean {
  const matches = reference.contentId === '' ? reference.name === meta.name : reference.folded === folded;
  return (
    matches &&
    (reference.name === '' || reference.name === meta.name) &&
    (reference.description === '' || reference.description === meta.description)
  );
}

function isPlain(reference: Reference): boolean {
  const { node } = reference;
  const known = (name: string) => name.startsWith(`{${xlinkNamespace}}`) || name === 'href';
  return (
    Object.keys(node.attributes).every(known) &&
    node.children.every((child) => childNames.includes(child.name) && child.children.length === 0) &&
    new Set(node.children.map((child) => child.name)).size === node.children.length
  );
}

/** Keeps every Reference that names no attachment, contradicts its attachment or holds more than the standard's fields. */
export function keepOddReferences(
  references: readonly Reference[],
  attachments: readonly Attachment<unknown>[],
  path: string,
  unknown: UnknownPart[],
): void {
  const known = attachments.map((meta) => ({ meta, folded: foldedContentId(meta.contentId ?? '') }));
  for (const reference of references) {
    const plain = isPlain(reference) && known.some(({ meta, folded }) => agrees(reference, meta, folded));
    if (!plain) keepElement(unknown, path, reference.node);
  }
}
