// edXMLManifest: what it can add to attachments and what of it says something that no attachment says. Attachments
// themselves are the truth; the manifest's ContentType is known to be wrong in the field and is ignored.
import type { Attachment, AttachmentMeta, UnknownPart } from '../../preload/contract/edxml';
import { type ElementNode, trimmed } from './element';
import { keepElement } from './mapping';
import { xlinkNamespace } from './namespaces';
import { bareContentId } from './package-builder';

export interface Reference {
  readonly contentId: string;
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
  return {
    contentId: bareContentId(id === '' ? href : id),
    name: childText(node, 'AttachmentName'),
    description: childText(node, 'Description'),
    node,
  };
}

/** Fills what an attachment lacks from its Reference: some writers put the name there alone. */
export function filledFrom(references: readonly Reference[], meta: AttachmentMeta): AttachmentMeta {
  if (meta.contentId === undefined || (meta.name !== undefined && meta.description !== undefined))
    return meta;
  const reference = references.find((one) => one.contentId === meta.contentId);
  if (reference === undefined) return meta;
  const name = meta.name ?? (reference.name === '' ? undefined : reference.name);
  const description = meta.description ?? (reference.description === '' ? undefined : reference.description);
  return {
    ...meta,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  };
}

function agrees(reference: Reference, meta: AttachmentMeta): boolean {
  const matches =
    reference.contentId === '' ? reference.name === meta.name : reference.contentId === meta.contentId;
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
  for (const reference of references) {
    const plain = isPlain(reference) && attachments.some((attachment) => agrees(reference, attachment));
    if (!plain) keepElement(unknown, path, reference.node);
  }
}
