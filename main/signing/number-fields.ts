// Puts number and date on a document the leader has signed: one empty, read-only signature field of the agency for each,
// whose appearance carries the text. Strict validators take new signature fields after an approval signature for
// permitted (ISO 32000-2, 12.8.2.2); the agency's own signature, made next, covers them. It signs nothing.
import { createHash } from 'node:crypto';
import type { ByteSource } from '../../preload/contract/byte-source';
import { assert, Failure } from '../../preload/contract/failure';
import { addAnnotation, addField, Increment, numberSyntax, openPdf, refSyntax, textSyntax } from '../pdf';
import { putAppearance } from './appearance';
import { appended } from './appended';
import { readSigningFacts } from './fields';
import { FontUse } from './font';
import { geometryOf } from './geometry';
import { layoutOf } from './layout';
import type { SigningResources } from './prepare';
import type { PlacedText } from './request';

/** Names of the two fields; a document that has one of them already has its number. */
export const numberFieldNames = { number: 'VanThu.So', date: 'VanThu.Ngay' } as const;

export interface NumberTexts {
  /** Page from 0. */
  readonly page: number;
  readonly number: readonly PlacedText[];
  readonly date: readonly PlacedText[];
}

const widgetFlags = 132;
const readOnly = 1;

function oneField(
  source: ByteSource,
  name: string,
  pageIndex: number,
  texts: readonly PlacedText[],
  resources: SigningResources,
  password: string | undefined,
): Uint8Array {
  const file = openPdf(source, password === undefined ? {} : { password });
  if (readSigningFacts(file).names.has(name)) throw new Failure('signing-number-present', name);
  const increment = new Increment(file);
  const use = new FontUse(resources.font);
  const page = file.page(pageIndex);
  const geometry = geometryOf(file, page);
  const input = { use, geometry, image: undefined, signerName: '', time: new Date(0), rect: undefined };
  const laid = layoutOf({ role: 'number', page: pageIndex, texts }, input);
  assert(laid !== undefined, 'text is visible');
  const appearance = putAppearance(increment, laid.layout, use, geometry.rotation);
  const own = geometry.toPage(laid.rect);
  const rect = [own.x, own.y, own.x + own.width, own.y + own.height].map(numberSyntax).join(' ');
  const turn = geometry.rotation === 0 ? '' : ` /MK << /R ${geometry.rotation} >>`;
  const field = increment.allocate();
  increment.put(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T ${textSyntax(name)} /Ff ${readOnly} ` +
      `/P ${refSyntax(page.ref)} /Rect [${rect}] /F ${widgetFlags} /AP << /N ${refSyntax(appearance)} >>${turn} >>`,
  );
  addAnnotation(file, increment, page, field);
  addField(file, increment, field);
  const shown = texts.map((one) => one.text).join(' ');
  const changeId = createHash('sha256').update(`${source.size} ${name} ${shown}`).digest().subarray(0, 16);
  return increment.finish(changeId).bytes;
}

/**
 * The bytes to append, one increment a field. Throws Failure `signing-number-present` when the document carries its
 * number already, `signing-certified-closed`, and those of reading.
 */
export function prepareNumberFields(
  source: ByteSource,
  texts: NumberTexts,
  resources: SigningResources,
  password?: string,
): Uint8Array {
  let bytes: Uint8Array = new Uint8Array(0);
  for (const kind of ['number', 'date'] as const) {
    if (texts[kind].length === 0) continue;
    const name = numberFieldNames[kind];
    bytes = Buffer.concat([
      bytes,
      oneField(appended(source, bytes), name, texts.page, texts[kind], resources, password),
    ]);
  }
  assert(bytes.length > 0, 'there is something to write');
  return bytes;
}
