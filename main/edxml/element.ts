// Elements held as a tree while the small part of a package is read. It builds trees; it knows no element's meaning.
import type { XmlElement } from '../../preload/contract/edxml';
import { qcvnNamespace } from './namespaces';
import type { OpenTag } from './tokenizer';

/** An element under construction: the text pieces beside its children are joined in order. */
export interface ElementNode {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: ElementNode[];
  text: string;
}

/** A childless element for a start tag. */
export function elementNode(tag: OpenTag): ElementNode {
  return { name: tag.name, namespace: tag.namespace, attributes: tag.attributes, children: [], text: '' };
}

/** Text without XML white space at its ends. */
export function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

/** What an element holds, without its name, in the form that JSON keeps. */
export function elementContent(node: ElementNode): Omit<XmlElement, 'name'> {
  const text = trimmed(node.text);
  return {
    ...(node.namespace === qcvnNamespace ? {} : { namespace: node.namespace }),
    ...(Object.keys(node.attributes).length === 0 ? {} : { attributes: { ...node.attributes } }),
    ...(text === '' ? {} : { text }),
    ...(node.children.length === 0 ? {} : { children: node.children.map(xmlElementOf) }),
  };
}

/** A whole element in the form that JSON keeps. */
export function xmlElementOf(node: ElementNode): XmlElement {
  return { name: node.name, ...elementContent(node) };
}
