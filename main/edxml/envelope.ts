// edXMLEnvelope to header, trace and references. It decides whether a package is a document or a status, and nothing else.
import type {
  DocumentHeader,
  StatusHeader,
  TraceHeaderList,
  UnknownPart,
} from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { type ElementNode, trimmed, xmlElementOf } from './element';
import { type Reference, referenceOf } from './manifest';
import { elementValue, keepAttributes, keepElement, keepText, type Values } from './mapping';
import { documentHeaderShape, signatureField, statusHeaderShape, traceShape } from './shape';

export const envelopePath = 'edXMLEnvelope';
export const headerPath = `${envelopePath}/edXMLHeader`;
export const messagePath = `${headerPath}/MessageHeader`;
export const tracePath = `${headerPath}/TraceHeaderList`;
export const bodyPath = `${envelopePath}/edXMLBody`;
export const manifestPath = `${bodyPath}/edXMLManifest`;

export type Envelope =
  | { readonly kind: 'edoc'; readonly header: DocumentHeader; readonly trace: TraceHeaderList | null }
  | { readonly kind: 'status'; readonly header: StatusHeader; readonly trace: TraceHeaderList | null };

/** Takes the first child of each name; the others and everything else about the element are kept as unknown. */
function pick(
  node: ElementNode,
  path: string,
  names: readonly string[],
  unknown: UnknownPart[],
  attributes: readonly string[] = [],
): Map<string, ElementNode> {
  const picked = new Map<string, ElementNode>();
  keepAttributes(unknown, path, node, attributes);
  keepText(unknown, path, node);
  for (const child of node.children) {
    if (names.includes(child.name) && !picked.has(child.name)) picked.set(child.name, child);
    else keepElement(unknown, path, child);
  }
  return picked;
}

/** The references of the manifest of an envelope, in order; nothing is kept as unknown yet. */
export function referencesOf(envelope: ElementNode): Reference[] {
  const body = envelope.children.find((child) => child.name === 'edXMLBody');
  const manifest = body?.children.find((child) => child.name === 'edXMLManifest');
  return (manifest?.children ?? []).filter((child) => child.name === 'Reference').map(referenceOf);
}

/**
 * A status names a StatusCode and no Subject. Writers that put out every field of one class for both leave the Subject of a status
 * empty: then a StatusCode that says something decides, but never over files that came along.
 */
function saysStatus(message: ElementNode, hasFiles: boolean): boolean {
  const named = (name: string) => message.children.filter((child) => child.name === name);
  const isFilled = (child: ElementNode) => trimmed(child.text) !== '' || child.children.length > 0;
  const [codes, subjects] = [named('StatusCode'), named('Subject')];
  if (subjects.length === 0) return codes.length > 0;
  return !hasFiles && codes.some(isFilled) && !subjects.some(isFilled);
}

/**
 * Header and trace of an envelope; `hasFiles` says whether attachments stand beside it. Throws Failure `edxml-structure` when
 * there is no MessageHeader.
 */
export function readEnvelope(envelope: ElementNode, unknown: UnknownPart[], hasFiles: boolean): Envelope {
  const outer = pick(envelope, envelopePath, ['edXMLHeader', 'edXMLBody'], unknown);
  const header = outer.get('edXMLHeader');
  if (header === undefined) throw new Failure('edxml-structure', 'edXMLHeader is missing');
  const signatures = [signatureField.name, ...(signatureField.aliases ?? [])];
  const signature = header.children.find((child) => signatures.includes(child.name));
  const inner = pick(
    header,
    headerPath,
    ['MessageHeader', 'TraceHeaderList', ...(signature === undefined ? [] : [signature.name])],
    unknown,
  );
  const message = inner.get('MessageHeader');
  if (message === undefined) throw new Failure('edxml-structure', 'MessageHeader is missing');
  const body = outer.get('edXMLBody');
  if (body !== undefined) readBody(body, unknown);
  const isStatus = saysStatus(message, hasFiles || referencesOf(envelope).length > 0);
  const shape = isStatus ? statusHeaderShape : documentHeaderShape;
  const values = (elementValue(message, shape, messagePath, unknown) ?? {}) as Values;
  if (!isStatus) for (const name of ['To', 'ResponseFor']) values[name] ??= [];
  if (signature !== undefined) values[signatureField.name] = xmlElementOf(signature);
  const trace = traceOf(inner.get('TraceHeaderList'), unknown);
  // The table and the schema of the contract name the same fields; a test holds them together.
  return isStatus
    ? { kind: 'status', header: values as unknown as StatusHeader, trace }
    : { kind: 'edoc', header: values as unknown as DocumentHeader, trace };
}

function traceOf(node: ElementNode | undefined, unknown: UnknownPart[]): TraceHeaderList | null {
  if (node === undefined) return null;
  const values = (elementValue(node, traceShape, tracePath, unknown) ?? { TraceHeader: [] }) as Values;
  if (values.version === '1.0') delete values.version;
  return values as unknown as TraceHeaderList;
}

function readBody(body: ElementNode, unknown: UnknownPart[]): void {
  const manifest = pick(body, bodyPath, ['edXMLManifest'], unknown).get('edXMLManifest');
  if (manifest === undefined) return;
  const version = manifest.attributes.version;
  keepAttributes(unknown, manifestPath, manifest, version === '1.0' ? ['version'] : []);
  keepText(unknown, manifestPath, manifest);
  for (const child of manifest.children) {
    if (child.name !== 'Reference') keepElement(unknown, manifestPath, child);
  }
}
