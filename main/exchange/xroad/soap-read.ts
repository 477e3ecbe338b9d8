// Reads a SOAP 1.1 answer of X-Road into a small tree and takes out what every answer has: a fault, the message's id, the
// wrapper of the body. No DTD, no entity, limits in depth and number. It judges no operation.
import { SaxesParser } from 'saxes';
import { AnswerCut } from '../transport';

export interface XmlNode {
  readonly uri: string;
  readonly local: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  /** Its own characters, trimmed. */
  readonly text: string;
}

export type SoapAnswer =
  | { readonly kind: 'fault'; readonly code: string; readonly words: string; readonly detail: string }
  | { readonly kind: 'body'; readonly id: string; readonly wrapper: XmlNode };

const envelopeUri = 'http://schemas.xmlsoap.org/soap/envelope/';
const deepest = 64;
const mostNodes = 2_000_000;

interface Growing {
  readonly uri: string;
  readonly local: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlNode[];
  text: string;
}

/** Throws AnswerCut `garbled`. */
export function parseXml(text: string): XmlNode {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  let root: XmlNode | null = null;
  let nodes = 0;
  const fail = (why: string): never => {
    throw new AnswerCut('garbled', why);
  };
  parser.on('error', (error) => fail(`not XML: ${error.message}`));
  parser.on('doctype', () => fail('a DTD in the answer'));
  parser.on('opentag', (tag) => {
    nodes++;
    if (open.length >= deepest || nodes > mostNodes) fail('the XML is too deep or too large');
    const attributes: Record<string, string> = {};
    for (const one of Object.values(tag.attributes)) attributes[one.local] = one.value;
    open.push({ uri: tag.uri, local: tag.local, attributes, children: [], text: '' });
  });
  const onText = (piece: string) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += piece;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) return;
    const node: XmlNode = { ...done, text: done.text.trim() };
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  });
  parser.write(text.replace(/^\ufeff/, '')).close();
  return root ?? fail('no element');
}

export function childOf(node: XmlNode | undefined, local: string): XmlNode | undefined {
  return node?.children.find((child) => child.local === local);
}

export function textOf(node: XmlNode | undefined, local: string): string {
  return childOf(node, local)?.text ?? '';
}

/** All text below a node. */
function wordsOf(node: XmlNode): string {
  return [node.text, ...node.children.map(wordsOf)].filter((text) => text !== '').join(' ');
}

/** A qualified name of a fault code without its prefix: `SOAP-ENV:Client` is `Client`. */
function withoutPrefix(code: string): string {
  return code.slice(code.indexOf(':') + 1);
}

/** Throws AnswerCut `garbled` for anything that is no SOAP envelope with a body of one element. */
export function readSoap(text: string): SoapAnswer {
  const envelope = parseXml(text);
  if (envelope.local !== 'Envelope' || envelope.uri !== envelopeUri) {
    throw new AnswerCut('garbled', 'no SOAP envelope');
  }
  const wrapper = childOf(envelope, 'Body')?.children[0];
  if (wrapper === undefined) throw new AnswerCut('garbled', 'the SOAP body is empty');
  if (wrapper.local === 'Fault' && wrapper.uri === envelopeUri) {
    const detail = childOf(wrapper, 'detail');
    return {
      kind: 'fault',
      code: withoutPrefix(textOf(wrapper, 'faultcode')),
      words: textOf(wrapper, 'faultstring'),
      detail: detail === undefined ? '' : wordsOf(detail),
    };
  }
  return { kind: 'body', id: textOf(childOf(envelope, 'Header'), 'id'), wrapper };
}
