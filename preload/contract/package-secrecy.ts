// Where in a package a secrecy mark may stand in words, its files and their names apart. Whoever decides on a package, on its
// way in or out, looks at the same words; nothing here looks at bytes.
import type { DocumentHeader, EdxmlPackage, XmlElement } from './edxml';
import { secrecyLevelOf } from './secrecy';

/** "Công văn mật": no type of a document ends so but by its mark. */
function markOfType(name: string | undefined): string | undefined {
  return name === undefined
    ? undefined
    : (/(?:^|\s)((?:tuyệt |tối )?mật)\s*$/iu.exec(name.normalize('NFC'))?.[1] ?? name);
}

/** A notation that ends in `-M`, `-TM` or `-TuM` is no mark, since units have such abbreviations; one that ends in the word is. */
function headerTexts(header: DocumentHeader): (string | undefined)[] {
  return [
    header.Code?.CodeNotation,
    header.Subject,
    header.Content,
    markOfType(header.DocumentType?.TypeName),
    header.OtherInfo?.SphereOfPromulgation,
    header.OtherInfo?.TyperNotation,
    header.OtherInfo?.Priority,
    header.ApplicationType,
    ...(header.ToPlaces?.Place ?? []),
    ...(header.OtherInfo?.Appendixes?.Appendix ?? []),
  ];
}

function textsOf(element: Pick<XmlElement, 'text' | 'attributes' | 'children'>): (string | undefined)[] {
  const inside = (element.children ?? []).flatMap(textsOf);
  return [element.text, ...Object.values(element.attributes ?? {}), ...inside];
}

/**
 * The words of a package that carry a mark, in its own order: fields of the header (of a status its description), the
 * reason of the business, and every part that the standard does not name.
 */
export function markedWords(read: EdxmlPackage<unknown>): string[] {
  const known =
    read.kind === 'status'
      ? [read.header.Description]
      : [...headerTexts(read.header), read.trace?.Bussiness?.BussinessDocReason];
  return [...known, ...read.unknown.flatMap(textsOf)].filter(
    (text): text is string => text !== undefined && secrecyLevelOf(text) !== undefined,
  );
}
