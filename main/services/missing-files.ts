// Files that a package speaks of beside those that were read out of it: entries of the manifest, and attachments that lie where the
// standard has none. Pure; it says what is not here and judges nothing.
import type { AttachmentMeta, EdxmlPackage, UnknownPart, XmlElement } from '../../preload/contract/edxml';
import { bareContentId, foldedContentId } from '../edxml';

const isReference = /edXMLManifest\/Reference(\[\d+\])?$/;
const isMisplaced = /\/AttachmentEncoded(\[\d+\])?$/;

export interface SpokenFile {
  /** The name, or the id where there is no name. */
  readonly shown: string;
  readonly isNamed: boolean;
  /** An attachment goes by its name or its id. */
  readonly isHere: boolean;
}

type Inside = Pick<XmlElement, 'attributes' | 'children'>;

function childText(element: Inside, name: string): string {
  return element.children?.find((child) => child.name === name)?.text?.trim() ?? '';
}

function hrefOf({ attributes = {} }: Inside): string {
  const found = Object.entries(attributes).find(([key]) => key === 'href' || key.endsWith('}href'));
  return found?.[1] ?? '';
}

const foldedName = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

function spoken(element: Inside, attachments: readonly AttachmentMeta[]): SpokenFile {
  const name = childText(element, 'AttachmentName');
  const id = bareContentId(childText(element, 'ContentId') || hrefOf(element));
  const isHere = attachments.some(
    (one) =>
      (name !== '' && foldedName(one.name ?? '') === foldedName(name)) ||
      (id !== '' && foldedContentId(one.contentId ?? '') === foldedContentId(id)),
  );
  return { shown: name === '' ? id : name, isNamed: name !== '', isHere };
}

/** The files that a part which nobody knows speaks of; null for a part that is about something else. */
export function filesOfPart(
  part: UnknownPart,
  attachments: readonly AttachmentMeta[],
): readonly SpokenFile[] | null {
  if (isReference.test(part.path)) return [spoken(part, attachments)];
  if (!isMisplaced.test(part.path)) return null;
  const inside = (part.children ?? []).filter((child) => child.name === 'Attachment');
  return inside.map((child) => spoken(child, attachments));
}

/**
 * What the package says it has and lacks. An entry of the manifest with nothing but an id of no attachment counts only where there
 * is no attachment at all: writers give files other ids there.
 */
export function missingFiles({ attachments, unknown }: EdxmlPackage<unknown>): string[] {
  const all = unknown.flatMap((part) => filesOfPart(part, attachments) ?? []);
  return all
    .filter(({ shown, isNamed, isHere }) => !isHere && shown !== '' && (isNamed || attachments.length === 0))
    .map(({ shown }) => shown);
}
