// The package's outline as tokens come: which elements are gathered as trees, where Base64 begins and ends, and what the
// root must be. It is synchronous and gives steps; it touches neither sink nor zip.

import type { Code } from '../../preload/contract/codes';
import type { AttachmentMeta, UnknownPart } from '../../preload/contract/edxml';
import { assert, Failure } from '../../preload/contract/failure';
import { Base64Decoder } from './base64';
import { bareContentId } from './content-id';
import { type ElementNode, elementNode, trimmed } from './element';
import type { EdxmlLimits } from './limits';
import { keepAttributes, keepElement, keepText } from './mapping';
import { foreignFormat, isSoapEnvelope, qcvnNamespace } from './namespaces';
import type { OpenTag, TokenHandler } from './tokenizer';

/** What has to be done with an attachment, in order. */
export type Step =
  | { readonly kind: 'begin'; readonly known: AttachmentMeta }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'complete'; readonly meta: AttachmentMeta };

/** In the order that JSON has. */
const metaNames: Readonly<Record<string, keyof AttachmentMeta>> = {
  ContentId: 'contentId',
  AttachmentName: 'name',
  Description: 'description',
  ContentType: 'contentType',
  FieldName: 'fieldName',
  MimeType: 'mimeType',
};

function metaValue(key: keyof AttachmentMeta, node: ElementNode): string {
  return key === 'contentId' ? bareContentId(node.text) : trimmed(node.text);
}

function metaOf(attachment: ElementNode): AttachmentMeta {
  const meta: AttachmentMeta = {};
  for (const [name, key] of Object.entries(metaNames)) {
    const child = attachment.children.find((one) => one.name === name);
    const value = child === undefined ? '' : metaValue(key, child);
    if (value !== '') meta[key] = value;
  }
  return meta;
}

export class PackageBuilder implements TokenHandler {
  /** edXMLEnvelope as a tree. */
  envelope: ElementNode | undefined;
  readonly unknown: UnknownPart[] = [];
  readonly #stack: ElementNode[] = [];
  readonly #namespaces: string[] = [];
  #steps: Step[] = [];
  #decoder: Base64Decoder | undefined;
  #elements = 0;
  #foreignRoot = false;
  #attachments = 0;

  constructor(private readonly limits: EdxmlLimits) {}

  /** The steps since the last call. */
  takeSteps(): Step[] {
    const steps = this.#steps;
    this.#steps = [];
    return steps;
  }

  /** Why a package without edXMLEnvelope is refused. */
  missingEnvelope(): Code {
    return this.#foreignRoot ? 'edxml-root' : 'edxml-structure';
  }

  open(tag: OpenTag): boolean {
    this.#elements += 1;
    if (this.#elements > this.limits.elements)
      throw new Failure('edxml-elements', `${this.limits.elements} elements`);
    const depth = this.#stack.length;
    if (depth < 4) this.#namespaces.push(tag.namespace, ...tag.declared);
    if (depth === 0) this.#checkRoot(tag);
    else if (this.#foreignRoot) this.#checkInsideSoap(depth);
    const node = elementNode(tag);
    if (depth === 1 && tag.name === 'edXMLEnvelope') this.#checkEnvelope(tag);
    this.#stack.push(node);
    if (!this.#isContent()) return false;
    if (this.#decoder !== undefined) throw new Failure('edxml-structure', 'element inside Base64');
    this.#decoder = new Base64Decoder();
    const attachment = this.#stack[2];
    assert(attachment !== undefined, 'content stands in an attachment');
    this.#steps.push({ kind: 'begin', known: metaOf(attachment) });
    return true;
  }

  close(): void {
    const content = this.#isContent();
    const node = this.#stack.pop();
    assert(node !== undefined, 'a tag was open');
    if (content) {
      this.#endContent(node);
      return;
    }
    const parent = this.#stack.at(-1);
    const depth = this.#stack.length;
    if (depth === 0) {
      keepAttributes(this.unknown, '.', node);
      keepText(this.unknown, '.', node);
    } else if (depth === 1) this.#closeUnderRoot(node);
    else if (depth === 2 && this.#inAttachments()) this.#closeAttachment(node);
    else parent?.children.push(node);
  }

  text(text: string): void {
    const node = this.#stack.at(-1);
    if (node !== undefined) node.text += text;
  }

  data(bytes: Uint8Array): void {
    assert(this.#decoder !== undefined, 'data inside content');
    const decoded = this.#decoder.decode(bytes);
    if (decoded.length > 0) this.#steps.push({ kind: 'data', bytes: decoded });
  }

  #checkRoot(tag: OpenTag): void {
    const foreign = foreignFormat(this.#namespaces);
    if (foreign !== undefined) throw new Failure(foreign);
    this.#foreignRoot = isSoapEnvelope(tag.namespace);
    if (this.#foreignRoot) return;
    if (tag.name !== 'edXML') throw new Failure('edxml-root', tag.name.slice(0, 100));
    if (tag.namespace !== qcvnNamespace && tag.namespace !== '') {
      throw new Failure('edxml-namespace', tag.namespace.slice(0, 200));
    }
  }

  /** A SOAP envelope is of an old format or none of ours; the outer elements say which. */
  #checkInsideSoap(depth: number): void {
    const foreign = foreignFormat(this.#namespaces);
    if (foreign !== undefined) throw new Failure(foreign);
    if (depth >= 3) throw new Failure('edxml-root', 'SOAP envelope');
  }

  #checkEnvelope(tag: OpenTag): void {
    if (tag.namespace === qcvnNamespace) return;
    throw new Failure(foreignFormat([tag.namespace]) ?? 'edxml-namespace', tag.namespace.slice(0, 200));
  }

  /** True right inside root/AttachmentEncoded/Attachment/ContentTransferEncoded. */
  #isContent(): boolean {
    const [, list, attachment, content] = this.#stack;
    return (
      this.#stack.length === 4 &&
      list?.name === 'AttachmentEncoded' &&
      attachment?.name === 'Attachment' &&
      content?.name === 'ContentTransferEncoded'
    );
  }

  #inAttachments(): boolean {
    return this.#stack[1]?.name === 'AttachmentEncoded';
  }

  #endContent(node: ElementNode): void {
    assert(this.#decoder !== undefined, 'content was open');
    if (node.children.length > 0) throw new Failure('edxml-structure', 'element inside Base64');
    const last = this.#decoder.finish();
    if (last.length > 0) this.#steps.push({ kind: 'data', bytes: last });
    this.#decoder = undefined;
    keepAttributes(
      this.unknown,
      `AttachmentEncoded/Attachment[${this.#attachments + 1}]/ContentTransferEncoded`,
      node,
    );
  }

  #closeUnderRoot(node: ElementNode): void {
    if (node.name === 'edXMLEnvelope' && this.envelope === undefined) this.envelope = node;
    else if (node.name === 'AttachmentEncoded') {
      keepAttributes(this.unknown, 'AttachmentEncoded', node);
      keepText(this.unknown, 'AttachmentEncoded', node);
    } else keepElement(this.unknown, '', node);
  }

  #closeAttachment(node: ElementNode): void {
    if (node.name !== 'Attachment') {
      keepElement(this.unknown, 'AttachmentEncoded', node);
      return;
    }
    this.#attachments += 1;
    const path = `AttachmentEncoded/Attachment[${this.#attachments}]`;
    const seen = new Set<string>();
    keepAttributes(this.unknown, path, node);
    keepText(this.unknown, path, node);
    for (const child of node.children) {
      if (metaNames[child.name] === undefined || seen.has(child.name)) keepElement(this.unknown, path, child);
      else {
        seen.add(child.name);
        keepAttributes(this.unknown, `${path}/${child.name}`, child);
        for (const inner of child.children) keepElement(this.unknown, `${path}/${child.name}`, inner);
      }
    }
    this.#steps.push({ kind: 'complete', meta: metaOf(node) });
  }
}
