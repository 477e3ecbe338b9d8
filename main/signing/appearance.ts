// Writes a layout as an appearance stream (ISO 32000-2, 12.5.5): one flat form with its own resources, upright on pages
// that are shown turned. It decides nothing about what is shown.
import { deflateSync } from 'node:zlib';
import { type Increment, numberSyntax, type PdfRef, refSyntax } from '../pdf';
import type { FontUse } from './font';
import type { Layout } from './layout';
import type { PdfImage } from './png';

const matrices: Readonly<Record<number, (width: number, height: number) => readonly number[]>> = {
  0: () => [1, 0, 0, 1, 0, 0],
  90: (_, height) => [0, 1, -1, 0, height, 0],
  180: (width, height) => [-1, 0, 0, -1, width, height],
  270: (width) => [0, -1, 1, 0, 0, width],
};

/** The matrix that shows a form upright on a page turned by `rotation` degrees. */
export function matrixOf(rotation: number, width: number, height: number): readonly number[] {
  return matrices[rotation]?.(width, height) ?? [1, 0, 0, 1, 0, 0];
}

/** Writes a picture, with its mask where it has one, and returns its reference. */
export function putImage(increment: Increment, image: PdfImage): PdfRef {
  const shape = `/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} /BitsPerComponent 8 /Filter /FlateDecode`;
  let mask = '';
  if (image.mask !== undefined) {
    const maskRef = increment.allocate();
    increment.putStream(maskRef, `${shape} /ColorSpace /DeviceGray`, image.mask);
    mask = ` /SMask ${refSyntax(maskRef)}`;
  }
  const ref = increment.allocate();
  const space = image.components === 1 ? '/DeviceGray' : '/DeviceRGB';
  increment.putStream(ref, `${shape} /ColorSpace ${space}${mask}`, image.color);
  return ref;
}

/** What an appearance may share with others, and what it is marked as. */
export interface AppearanceOptions {
  /** The font that was written for all of them. */
  readonly font?: PdfRef;
  /** Marked as the text of a form's field (12.7.4.3). */
  readonly field?: boolean;
}

/** Writes the appearance for a page shown with `rotation` degrees and returns its reference. */
export function putAppearance(
  increment: Increment,
  layout: Layout,
  use: FontUse,
  rotation: number,
  { font, field = false }: AppearanceOptions = {},
): PdfRef {
  const n = numberSyntax;
  const content: string[] = [];
  const resources: string[] = [];
  if (layout.picture !== undefined) {
    const { rect, image } = layout.picture;
    resources.push(`/XObject << /Im1 ${refSyntax(putImage(increment, image))} >>`);
    content.push(`q ${n(rect.width)} 0 0 ${n(rect.height)} ${n(rect.x)} ${n(rect.y)} cm /Im1 Do Q`);
  }
  if (field) content.push('/Tx BMC q');
  if (layout.lines.length > 0) {
    content.push('BT 0 g');
    for (const line of layout.lines) {
      content.push(`/F1 ${n(line.size)} Tf 1 0 0 1 ${n(line.x)} ${n(line.y)} Tm ${use.show(line.text)} Tj`);
    }
    content.push('ET');
    resources.push(`/Font << /F1 ${refSyntax(font ?? use.put(increment))} >>`);
  }
  if (field) content.push('Q EMC');
  const ref = increment.allocate();
  const matrix = matrixOf(rotation, layout.width, layout.height);
  increment.putStream(
    ref,
    `/Type /XObject /Subtype /Form /BBox [0 0 ${n(layout.width)} ${n(layout.height)}] ` +
      `/Matrix [${matrix.map(n).join(' ')}] /Resources << ${resources.join(' ')} >> /Filter /FlateDecode`,
    deflateSync(Buffer.from(content.join('\n'), 'latin1')),
  );
  return ref;
}
