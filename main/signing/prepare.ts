// Prepares a signature: the increment with field, widget, appearance and an empty /Contents, and the digest to be signed.
// It reads the source once, in pieces, writes nothing, and holds no key.
import { createHash } from 'node:crypto';
import { type ByteSource, eachPiece } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { assert, Failure, isFailure } from '../../preload/contract/failure';
import { withoutPersonalNumbers } from '../../preload/contract/personal-number';
import {
  addAnnotation,
  addField,
  entryOf,
  Increment,
  isDict,
  numberSyntax,
  type PdfDict,
  type PdfField,
  type PdfFile,
  type PdfRef,
  refSyntax,
  type Splice,
  setKey,
  textSyntax,
} from '../pdf';
import { putAppearance } from './appearance';
import { appended } from './appended';
import { chosenField } from './chosen-field';
import type { DigestAlgorithm } from './cms';
import { freeFieldName, pageOfWidget, readSigningFacts, type SigningFacts } from './fields';
import { FontUse } from './font';
import { fittedInside, geometryOf, isOnPage, type Rect, rectOf } from './geometry';
import { layoutOf } from './layout';
import { includeReference, lockEntry, lockedBySigning, lockReference } from './lock';
import { prepareNumberBlanks } from './number-blanks';
import { findPlace } from './place';
import { type PdfImage, readPng } from './png';
import type { SignatureRequest } from './request';
import { meetSeedValues } from './seed-value';
import { pdfDate } from './time';
import type { TrueTypeFont } from './truetype';
import { onWritable } from './writable';

export interface PreparedSignature {
  /** Bytes to append to the source; /Contents is still zeros. */
  readonly increment: Uint8Array;
  /** Where the hexadecimal string of /Contents stands in the whole file, with its < and >. */
  readonly contentsGap: { readonly offset: number; readonly length: number };
  readonly byteRange: readonly [number, number, number, number];
  readonly digest: Uint8Array;
  readonly digestAlgorithm: DigestAlgorithm;
  readonly sourceSize: number;
  readonly fieldName: string;
  /** Page from 0 and rectangle as shown; undefined for a signature that shows nothing. */
  readonly shown: { readonly page: number; readonly rect: Rect } | undefined;
  /** Names of the fields that were signed before. */
  readonly signedBefore: readonly string[];
  readonly warnings: readonly Code[];
}

/** What signing needs besides the document. */
export interface SigningResources {
  readonly font: TrueTypeFont;
}

const WIDGET_FLAGS = 132;
const OFFSET_DIGITS = 12;

/** The last pictures read: a batch shows the same one on every document. */
const pictures = new Map<string, PdfImage>();

function pictureOf(bytes: Uint8Array): PdfImage {
  const key = createHash('sha256').update(bytes).digest('hex');
  const known = pictures.get(key);
  if (known !== undefined) return known;
  const image = readPng(bytes);
  if (pictures.size >= 4) pictures.delete(pictures.keys().next().value ?? '');
  pictures.set(key, image);
  return image;
}

interface SignatureBody {
  /** Syntax up to the gap, the gap as bytes (/Contents is never encrypted), syntax after it. */
  readonly parts: readonly [string, Uint8Array, string];
  /** Places inside the value: what stands before them has no strings, so encryption does not move them. */
  readonly byteRangeAt: number;
  readonly contentsAt: number;
  readonly contentsLength: number;
}

/** The signature dictionary (12.8.1). Its two gaps are addressed by computed place, never searched for. */
function signatureBody(
  request: SignatureRequest,
  wanted: string | undefined,
  references: string,
): SignatureBody {
  const head = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/ByteRange ';
  const byteRange = ' '.repeat(OFFSET_DIGITS * 3 + 6);
  const middle = '\n/Contents ';
  const contents = Buffer.from(`<${'0'.repeat(request.room * 2)}>`, 'latin1');
  const reason = wanted === undefined ? '' : ` /Reason ${textSyntax(wanted.normalize('NFC'))}`;
  const name = textSyntax(withoutPersonalNumbers(request.signerName.normalize('NFC')));
  const tail = `\n/M (${pdfDate(request.time)}) /Name ${name}${reason}${references} >>`;
  return {
    parts: [head + byteRange + middle, contents, tail],
    byteRangeAt: head.length,
    contentsAt: head.length + byteRange.length + middle.length,
    contentsLength: contents.length,
  };
}

interface Drawn {
  readonly appearance: PdfRef | undefined;
  readonly shown: PreparedSignature['shown'];
  /** True where it could not stand where it was asked for. */
  readonly moved: boolean;
}

/** Signs into a field that stands in the document: its place is kept, its value and appearance are set. */
function fillField(
  file: PdfFile,
  increment: Increment,
  field: PdfField,
  signature: PdfRef,
  request: SignatureRequest,
  use: FontUse,
  image: PdfImage | undefined,
): Drawn {
  const [widget] = field.widgets;
  const onPage = widget === undefined ? undefined : rectOf(file, entryOf(widget.dict, 'Rect'));
  const page = widget === undefined ? undefined : pageOfWidget(file, widget);
  let drawn: Drawn = { appearance: undefined, shown: undefined, moved: false };
  let rotation = 0;
  if (onPage !== undefined && page !== undefined && onPage.width >= 1 && onPage.height >= 1) {
    const geometry = geometryOf(file, page);
    rotation = geometry.rotation;
    const rect = geometry.toShown(onPage);
    const input = { use, geometry, image, signerName: request.signerName, time: request.time, rect };
    const laid = request.what.role === 'number' ? undefined : layoutOf(request.what, input);
    if (laid !== undefined) {
      const appearance = putAppearance(increment, laid.layout, use, rotation);
      drawn = { appearance, shown: { page: page.index, rect }, moved: false };
    }
  }
  const widgetSplices = (dict: PdfDict): Splice[] => [
    setKey(dict, 'F', `${WIDGET_FLAGS}`),
    ...(drawn.appearance === undefined
      ? []
      : [setKey(dict, 'AP', `<< /N ${refSyntax(drawn.appearance)} >>`)]),
  ];
  const { object, ref } = field;
  assert(object !== undefined && ref !== undefined, 'a field that is no object was refused before');
  const merged = widget === undefined || widget.ref?.number === ref.number;
  const splices = [
    setKey(field.dict, 'V', refSyntax(signature)),
    ...(merged ? widgetSplices(field.dict) : []),
  ];
  increment.rewrite(object, field.dict, splices);
  if (!merged && widget?.ref !== undefined) {
    const kid = file.object(widget.ref.number, widget.ref.generation);
    assert(kid !== undefined, 'the widget was read before');
    increment.rewrite(kid, widget.dict, widgetSplices(widget.dict));
  }
  return drawn;
}

/** Makes a new field, merged with its one widget (12.7.5.5: a signature field has one at most). */
function makeField(
  file: PdfFile,
  increment: Increment,
  facts: SigningFacts,
  name: string,
  signature: PdfRef,
  request: SignatureRequest,
  use: FontUse,
  image: PdfImage | undefined,
  lock: string,
): Drawn {
  // Whoever certified a document foresaw its fields; a picture in a new one would be taken for a change of it.
  if (facts.certified && request.what.role !== 'invisible')
    throw new Failure('signing-certified-fields', facts.waiting.map((one) => one.name).join(' | '));
  const { page, geometry, rect, moved } = findPlace(file, facts, request.what, image);
  const input = { use, geometry, image, signerName: request.signerName, time: request.time, rect };
  const laid = layoutOf(request.what, input);
  // The appearance is scaled into its rectangle (12.5.5): on a very small page the text shrinks with it.
  const shown = laid === undefined ? undefined : fittedInside(laid.rect, geometry);
  const squeezed = laid !== undefined && !isOnPage(laid.rect, geometry);
  const field = increment.allocate();
  let appearance: PdfRef | undefined;
  let place = '[0 0 0 0]';
  let extra = '';
  if (laid !== undefined && shown !== undefined) {
    appearance = putAppearance(increment, laid.layout, use, geometry.rotation);
    const own = geometry.toPage(shown);
    place = `[${[own.x, own.y, own.x + own.width, own.y + own.height].map(numberSyntax).join(' ')}]`;
    extra = ` /AP << /N ${refSyntax(appearance)} >>`;
    if (geometry.rotation !== 0) extra += ` /MK << /R ${geometry.rotation} >>`;
  }
  increment.put(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${textSyntax(name)} /V ${refSyntax(signature)} ` +
      `/P ${refSyntax(page.ref)} /Rect ${place} /F ${WIDGET_FLAGS}${extra}${lock} >>`,
  );
  addAnnotation(file, increment, page, field);
  addField(file, increment, field);
  return {
    appearance,
    shown: shown === undefined ? undefined : { page: page.index, rect: shown },
    moved: moved || squeezed,
  };
}

function warningsOf(file: PdfFile, use: FontUse): Code[] {
  const warnings: Code[] = [];
  if (use.missing) warnings.push('signing-text-unshown');
  const form = file.acroForm();
  if (form !== undefined && entryOf(form.dict, 'XFA') !== undefined) warnings.push('signing-xfa-form');
  const perms = file.get(file.catalog.dict, 'Perms');
  if (isDict(perms) && (perms.entries.has('UR3') || perms.entries.has('UR'))) {
    warnings.push('signing-usage-rights');
  }
  if (file.rebuilt) warnings.push('pdf-table-rebuilt');
  if (file.version === '') warnings.push('pdf-header-missing');
  if (file.startWasWrong) warnings.push('pdf-start-corrected');
  if (file.pagesDamaged) warnings.push('pdf-pages-damaged');
  if (file.encryption?.restricted === true) warnings.push('pdf-changes-restricted');
  const { end } = file.revision;
  const after = file.source.read(end, Math.min(4096, file.source.size - end));
  if (after.some((byte) => ![0, 9, 10, 12, 13, 32].includes(byte))) warnings.push('signing-trailing-data');
  return warnings;
}

/** Digest of the source and the increment without the gap, reading the source in pieces. */
export function digestAround(
  source: ByteSource,
  increment: Uint8Array,
  gapStart: number,
  gapEnd: number,
  algorithm: DigestAlgorithm,
): Uint8Array {
  const hash = createHash(algorithm);
  eachPiece(source, 0, source.size, (piece) => hash.update(piece));
  hash.update(increment.subarray(0, gapStart - source.size));
  hash.update(increment.subarray(gapEnd - source.size));
  return hash.digest();
}

/**
 * Prepares one signature on `source`, whose bytes stay as they are. Throws Failures of the rooms pdf and signing:
 * a file that is damaged, certified as closed, a place outside the page, a field that is missing or signed.
 */
export function prepareSignature(
  source: ByteSource,
  request: SignatureRequest,
  resources: SigningResources,
): PreparedSignature {
  const blanks = blanksBefore(source, request, resources);
  if (blanks.length === 0) {
    return onWritable(source, request.password, (file) => prepareIn(file, request, resources));
  }
  const ready = appended(source, blanks);
  const prepared = onWritable(ready, request.password, (file) => prepareIn(file, request, resources));
  const increment = Buffer.concat([blanks, prepared.increment]);
  return { ...prepared, increment, sourceSize: source.size };
}

/** The update that makes text fields of the blanks. It is a help for the next step and never costs the signature. */
function blanksBefore(
  source: ByteSource,
  { blanks = [], password, what }: SignatureRequest,
  resources: SigningResources,
): Uint8Array {
  if (what.role !== 'leader' || blanks.length === 0) return new Uint8Array();
  try {
    return prepareNumberBlanks(source, blanks, resources, password);
  } catch (error) {
    if (isFailure(error)) return new Uint8Array();
    throw error;
  }
}

function prepareIn(file: PdfFile, request: SignatureRequest, resources: SigningResources): PreparedSignature {
  const { source } = file;
  const facts = readSigningFacts(file);
  const increment = new Increment(file);
  const form = file.acroForm()?.dict;
  increment.keepClear(file.catalog.dict, ...(form === undefined ? [] : [form, file.get(form, 'Fields')]));
  const signature = increment.allocate();
  const use = new FontUse(resources.font);
  const picture = 'image' in request.what ? request.what.image : undefined;
  const image = picture === undefined ? undefined : pictureOf(picture);
  const existing = chosenField(file, facts, request);
  const fieldName = existing?.name ?? freeFieldName(facts, request.what.role);
  const locked = existing === undefined ? lockedBySigning(facts, request.what.role) : [];
  const { reason } =
    existing === undefined ? request : meetSeedValues(file, existing, { ...request, reason: request.reason });
  const references = existing === undefined ? includeReference(file, locked) : lockReference(file, existing);
  const body = signatureBody(request, reason, references);
  increment.put(signature, ...body.parts);
  let drawn: Drawn;
  if (existing === undefined) {
    drawn = makeField(file, increment, facts, fieldName, signature, request, use, image, lockEntry(locked));
  } else {
    drawn = fillField(file, increment, existing, signature, request, use, image);
    addField(file, increment, undefined);
  }
  const changeId = createHash('sha256').update(`${source.size} ${fieldName} ${request.time.toISOString()}`);
  const finished = increment.finish(changeId.digest().subarray(0, 16));
  const bodyAt = finished.bodyOffset(signature);
  const gapStart = bodyAt + body.contentsAt;
  const gapEnd = gapStart + body.contentsLength;
  const total = source.size + finished.bytes.length;
  const byteRange: [number, number, number, number] = [0, gapStart, gapEnd, total - gapEnd];
  const written = `[${byteRange.join(' ')}]`;
  Buffer.from(finished.bytes.buffer, finished.bytes.byteOffset, finished.bytes.length).write(
    written,
    bodyAt + body.byteRangeAt - source.size,
    'latin1',
  );
  return {
    increment: finished.bytes,
    contentsGap: { offset: gapStart, length: gapEnd - gapStart },
    byteRange,
    digest: digestAround(source, finished.bytes, gapStart, gapEnd, request.digest),
    digestAlgorithm: request.digest,
    sourceSize: source.size,
    fieldName,
    shown: drawn.shown,
    signedBefore: facts.signed.map((field) => field.name),
    warnings: [
      ...(drawn.moved ? (['signing-place-moved'] as const) : []),
      ...(facts.certified && existing?.name !== request.fieldName ? (['signing-field-chosen'] as const) : []),
      ...(request.what.role !== 'invisible' && drawn.shown === undefined
        ? (['signing-field-hidden'] as const)
        : []),
      ...warningsOf(file, use),
    ],
  };
}

/** The increment with the CMS in its gap. Throws Failure `signing-gap-too-small`. */
export function embedContents(prepared: PreparedSignature, cms: Uint8Array): Uint8Array {
  if (cms.length * 2 > prepared.contentsGap.length - 2) {
    throw new Failure('signing-gap-too-small', `${cms.length} bytes`);
  }
  const increment = Buffer.from(prepared.increment);
  increment.write(
    Buffer.from(cms).toString('hex'),
    prepared.contentsGap.offset + 1 - prepared.sourceSize,
    'latin1',
  );
  return increment;
}
