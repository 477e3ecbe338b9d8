// The layers of a PDF (optional content groups, ISO 32000-1, 8.11): their tree as it is shown, and what somebody chose over what
// the file says. It draws nothing, and never changes the file.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { LayerSeen } from './text-content';

type LayerConfig = Awaited<ReturnType<PDFDocumentProxy['getOptionalContentConfig']>>;

/** What was chosen, in the order it was chosen: showing one layer of a set of which one is seen hides the others. */
export type LayerChoices = readonly (readonly [id: string, shown: boolean])[];

/** The layers as the file's author left them. */
export const layersAsSaved: LayerChoices = [];

export type LayerEntry =
  | { readonly kind: 'layer'; readonly id: string; readonly name: string; readonly shown: boolean }
  /** A heading of the author's; '' for what the author gave no place in the tree. */
  | { readonly kind: 'heading'; readonly name: string; readonly children: readonly LayerEntry[] };

/** One choice more; an earlier one of the same layer no longer matters. */
export function chosen(choices: LayerChoices, id: string, shown: boolean): LayerChoices {
  return [...choices.filter(([one]) => one !== id), [id, shown]];
}

/** What the file says for `intent`, with the choices over it. */
export async function layerConfig(
  pdf: PDFDocumentProxy,
  choices: LayerChoices,
  intent: 'display' | 'print',
): Promise<LayerConfig> {
  const config = await pdf.getOptionalContentConfig({ intent });
  for (const [id, shown] of choices) config.setVisibility(id, shown);
  return config;
}

/** What a drawing is to be given: nothing while the layers are as saved. */
export function layerOptions(
  pdf: PDFDocumentProxy,
  choices: LayerChoices,
  intent: 'display' | 'print' = 'display',
): { readonly optionalContentConfigPromise?: Promise<LayerConfig> } {
  return choices.length === 0 ? {} : { optionalContentConfigPromise: layerConfig(pdf, choices, intent) };
}

/** Which layers' words are read; null where all are seen, or the file has none. */
export async function layersRead(pdf: PDFDocumentProxy, choices: LayerChoices): Promise<LayerSeen | null> {
  const config = await layerConfig(pdf, choices, 'display');
  const all = [...(config as Iterable<readonly [string, { readonly visible: boolean }]>)];
  return all.every(([, { visible }]) => visible) ? null : (layer) => config.isVisible(layer);
}

/** The part of pdf.js' configuration that the tree is made of. */
export interface LayerSource {
  getOrder(): unknown;
  getGroup(id: string): { readonly name: string | null; readonly visible: boolean } | null;
}

function entryOf(source: LayerSource, one: unknown): LayerEntry[] {
  if (typeof one === 'string') {
    const group = source.getGroup(one);
    return group === null
      ? []
      : [{ kind: 'layer', id: one, name: group.name?.trim() ?? '', shown: group.visible }];
  }
  if (typeof one !== 'object' || one === null) return [];
  const { name, order } = one as { readonly name?: unknown; readonly order?: unknown };
  const children = Array.isArray(order) ? order.flatMap((child: unknown) => entryOf(source, child)) : [];
  return children.length === 0
    ? []
    : [{ kind: 'heading', name: typeof name === 'string' ? name.trim() : '', children }];
}

/** The tree of layers; empty where a file has none. */
export function layerEntries(source: LayerSource): readonly LayerEntry[] {
  const order = source.getOrder();
  return Array.isArray(order) ? order.flatMap((one: unknown) => entryOf(source, one)) : [];
}
