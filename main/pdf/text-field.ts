// Text fields of the form (ISO 32000-2, 12.7.5.3): one written empty before anybody signs, and its value and appearance set
// later, with every other byte of it as it was. It draws nothing: appearances come as references.
import { Failure } from '../../preload/contract/failure';
import { setKey } from './edit';
import type { PdfFile } from './file';
import type { PdfField } from './form';
import { type Increment, refSyntax } from './increment';
import { numberSyntax, textSyntax } from './text';
import type { PdfRef } from './values';

/** A text field merged with its one widget. */
export interface TextFieldShape {
  /** Without a full stop (12.7.4.2). */
  readonly name: string;
  /** What a person, and a reader without eyes, is told it is for. */
  readonly title: string;
  readonly page: PdfRef;
  /** Left, bottom, right, top in the page's own coordinates. */
  readonly rect: readonly [number, number, number, number];
  /** Degrees by which the page is shown turned. */
  readonly rotation: number;
  /** Points. */
  readonly size: number;
  /** What the empty field shows. */
  readonly appearance: PdfRef;
}

/** Shown and printed. */
const widgetFlags = 4;
/** No viewer offers it for typing: it is filled with its number, not by hand. */
const readOnly = 1;

/** Writes the empty field and returns its reference; page and form must still list it. */
export function putTextField(increment: Increment, shape: TextFieldShape): PdfRef {
  const field = increment.allocate();
  const rect = shape.rect.map(numberSyntax).join(' ');
  const turn = shape.rotation === 0 ? '' : ` /MK << /R ${shape.rotation} >>`;
  increment.put(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Tx /T ${textSyntax(shape.name)} /TU ${textSyntax(shape.title)} ` +
      `/Ff ${readOnly} /F ${widgetFlags} /P ${refSyntax(shape.page)} /Rect [${rect}] /Q 1 ` +
      `/DA (/Helv ${numberSyntax(shape.size)} Tf 0 g) /AP << /N ${refSyntax(shape.appearance)} >>${turn} >>`,
  );
  return field;
}

/**
 * Sets value and appearance of a field that is one object with its widget. Throws Failure `pdf-form-damaged` for a field of
 * another shape.
 */
export function fillTextField(
  file: PdfFile,
  increment: Increment,
  field: PdfField,
  value: string,
  appearance: PdfRef,
): void {
  const { object, ref, dict, widgets } = field;
  const own = object !== undefined && ref !== undefined && widgets.length === 1;
  if (!own || widgets[0]?.ref?.number !== ref.number || file.resolve(ref) === null) {
    throw new Failure('pdf-form-damaged', `field ${field.name} is not one with its widget`);
  }
  increment.rewrite(object, dict, [
    setKey(dict, 'V', textSyntax(value)),
    setKey(dict, 'AP', `<< /N ${refSyntax(appearance)} >>`),
  ]);
}
