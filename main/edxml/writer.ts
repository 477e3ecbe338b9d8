// Writes one QCVN 102 package: the standard's order, the prefix `edXML:` on everything under the envelope, CRLF, Base64 on
// one line, as a stream. It refuses what the standard does not allow before the first byte; it never invents a value.
import { createHash, randomUUID } from 'node:crypto';
import type { Attachment, EdxmlPackage } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { Base64Encoder } from './base64';
import { bareContentId } from './content-id';
import { contentTypeFor, isWrapped } from './content-type';
import { bodyPath, envelopePath, headerPath, manifestPath, messagePath, tracePath } from './envelope';
import { extensionOf } from './file-name';
import { qcvnNamespace } from './namespaces';
import { missingFields, wrongFields } from './required';
import { documentHeaderShape, statusHeaderShape, traceShape } from './shape';
import { XmlWriter } from './xml-writer';
import { zipOf } from './zip-wrap';

/** The bytes of one attachment, read once, in order. */
export type AttachmentContent = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Takes the package's bytes in order; resolves when it can take more. */
export type PackageOutput = (bytes: Uint8Array) => Promise<void>;

export interface WrittenPackage {
  readonly sha256: string;
  readonly size: number;
}

export interface WriteOptions {
  /** A new UUID for attachments without a content id of their own. */
  readonly newId?: () => string;
}

const declaration = ` xmlns:edXML="${qcvnNamespace}"`;
const flushAt = 1 << 16;

interface PlannedAttachment {
  readonly id: string;
  readonly contentType: string;
  readonly attachment: Attachment<AttachmentContent>;
}

function plan(
  attachments: readonly Attachment<AttachmentContent>[],
  newId: () => string,
): PlannedAttachment[] {
  const used = new Set<string>();
  return attachments.map((attachment, index) => {
    const name = attachment.name?.trim() ?? '';
    if (name === '') throw new Failure('edxml-field-missing', `attachments[${index}]/name`);
    const own = bareContentId(attachment.contentId ?? '');
    const id = own === '' || used.has(own) ? newId() : own;
    used.add(id);
    const given = attachment.contentType?.trim() ?? '';
    return { id, contentType: given === '' ? contentTypeFor(name) : given, attachment };
  });
}

/** Collects bytes, counts and hashes them, and hands them on in large pieces. */
class Output {
  readonly #hash = createHash('sha256');
  #size = 0;
  #held: Uint8Array[] = [];
  #heldBytes = 0;

  constructor(private readonly output: PackageOutput) {}

  async add(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes >= flushAt) await this.flush();
  }

  async flush(): Promise<void> {
    const all = Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    if (all.length === 0) return;
    this.#hash.update(all);
    this.#size += all.length;
    await this.output(all);
  }

  end(): WrittenPackage {
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }
}

/**
 * Writes a package to `output` and gives its digest and size. Throws Failure `edxml-field-missing`, `edxml-field-value` or
 * `edxml-character` before the first byte, the detail naming the field; whatever `output` or an attachment throws passes on.
 * Attachments that are not pdf, doc, docx or zip travel in a single-entry zip, unless their contentType says otherwise.
 */
export async function writePackage(
  one: EdxmlPackage<AttachmentContent>,
  output: PackageOutput,
  options: WriteOptions = {},
): Promise<WrittenPackage> {
  const [missing] = missingFields(one);
  if (missing !== undefined) throw new Failure('edxml-field-missing', missing);
  const [wrong] = wrongFields(one);
  if (wrong !== undefined) throw new Failure('edxml-field-value', wrong);
  const planned = plan(one.attachments, options.newId ?? randomUUID);
  const xml = new XmlWriter(one.unknown);
  const hasAttachments = one.kind === 'edoc' || planned.length > 0 || xml.hasExtras('AttachmentEncoded');
  writeOutline(xml, one, planned);
  // Everything but Base64 is made before the first byte leaves, so that a refusal leaves nothing behind.
  const frames = hasAttachments ? attachmentFrames(xml, planned) : [];
  xml.extras('');
  xml.end('edXML');
  xml.requireAllExtrasUsed();
  const tail = xml.take();
  const sink = new Output(output);
  for (const frame of frames) {
    await sink.add(frame.before);
    if (frame.planned !== undefined) await writeContent(sink, frame.planned);
  }
  await sink.add(tail);
  await sink.flush();
  return sink.end();
}

function writeOutline(
  xml: XmlWriter,
  one: EdxmlPackage<unknown>,
  planned: readonly PlannedAttachment[],
): void {
  xml.raw('<?xml version="1.0" encoding="UTF-8"?>');
  xml.start('edXML', '.', ` xmlns="${qcvnNamespace}"`);
  xml.start('edXML:edXMLEnvelope', envelopePath, declaration);
  xml.start('edXML:edXMLHeader', headerPath);
  xml.group(
    'MessageHeader',
    messagePath,
    one.header,
    one.kind === 'edoc' ? documentHeaderShape : statusHeaderShape,
  );
  if (one.trace !== null) {
    const trace = { version: '1.0', ...one.trace };
    xml.group('TraceHeaderList', tracePath, trace, traceShape);
  }
  if (one.header.Signature !== undefined) xml.element(one.header.Signature, true);
  xml.extras(headerPath);
  xml.end('edXML:edXMLHeader');
  if (one.kind === 'edoc' || xml.hasExtras(bodyPath)) writeBody(xml, planned);
  xml.extras(envelopePath);
  xml.end('edXML:edXMLEnvelope');
}

function writeBody(xml: XmlWriter, planned: readonly PlannedAttachment[]): void {
  xml.start('edXML:edXMLBody', bodyPath);
  const version = xml.hasExtras(`${manifestPath}/@version`) ? '' : ' version="1.0"';
  xml.start('edXML:edXMLManifest', manifestPath, version);
  for (const { id, contentType, attachment } of planned) {
    const path = `${manifestPath}/Reference`;
    xml.start('edXML:Reference', '');
    xml.leaf('edXML:ContentId', `${path}/ContentId`, `cid:${id}`);
    xml.leaf('edXML:ContentType', `${path}/ContentType`, contentType);
    xml.leaf('edXML:Description', `${path}/Description`, attachment.description);
    xml.leaf('edXML:AttachmentName', `${path}/AttachmentName`, attachment.name);
    xml.end('edXML:Reference');
  }
  xml.extras(manifestPath);
  xml.end('edXML:edXMLManifest');
  xml.extras(bodyPath);
  xml.end('edXML:edXMLBody');
}

interface Frame {
  readonly before: Uint8Array;
  /** The attachment whose Base64 follows. */
  readonly planned?: PlannedAttachment;
}

function attachmentFrames(xml: XmlWriter, planned: readonly PlannedAttachment[]): Frame[] {
  const frames: Frame[] = [];
  xml.start('AttachmentEncoded', 'AttachmentEncoded');
  for (const [index, item] of planned.entries()) {
    const { id, contentType, attachment } = item;
    const path = `AttachmentEncoded/Attachment[${index + 1}]`;
    xml.start('Attachment', path);
    xml.leaf('ContentId', `${path}/ContentId`, `cid:${id}`);
    xml.leaf('AttachmentName', `${path}/AttachmentName`, attachment.name);
    xml.leaf('Description', `${path}/Description`, attachment.description);
    xml.leaf('FieldName', `${path}/FieldName`, attachment.fieldName);
    xml.leaf('MimeType', `${path}/MimeType`, attachment.mimeType);
    xml.leaf('ContentType', `${path}/ContentType`, contentType);
    xml.openText('edXML:ContentTransferEncoded', `${path}/ContentTransferEncoded`, declaration);
    frames.push({ before: xml.take(), planned: item });
    xml.closeText('edXML:ContentTransferEncoded');
    xml.extras(path);
    xml.end('Attachment');
  }
  xml.extras('AttachmentEncoded');
  xml.end('AttachmentEncoded');
  frames.push({ before: xml.take() });
  return frames;
}

async function writeContent(sink: Output, { id, contentType, attachment }: PlannedAttachment): Promise<void> {
  const extension = extensionOf(attachment.name ?? '');
  const wrapped = isWrapped(contentType, attachment.name);
  // Readers ignore the entry's name; the reference library gives it a UUID and the attachment's extension.
  const entryName = `${id.replace(/[^0-9A-Za-z-]/g, '_').slice(0, 64)}${extension === '' ? '' : `.${extension}`}`;
  const content = wrapped ? zipOf(entryName, attachment.bytes) : attachment.bytes;
  const encoder = new Base64Encoder();
  for await (const bytes of content) await sink.add(encoder.encode(bytes));
  await sink.add(encoder.finish());
}
