// The links of a page and the outline of a file as plain values: a page of this file, or an address that must be asked.
// It opens nothing.
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type LinkTarget =
  | { readonly kind: 'page'; readonly page: number }
  | { readonly kind: 'address'; readonly address: string };

export interface PageLink {
  readonly id: string;
  /** Left, lower, right, upper in points of the page as shown, origin at its lower left. */
  readonly box: readonly [number, number, number, number];
  readonly target: LinkTarget;
}

export interface OutlineEntry {
  readonly title: string;
  readonly target: LinkTarget | null;
  readonly children: readonly OutlineEntry[];
}

/** Only what a browser or a mail program opens; never a file, a script or a program. */
const openable = /^(https?|mailto):/i;

function addressTarget(address: unknown): LinkTarget | null {
  return typeof address === 'string' && openable.test(address) ? { kind: 'address', address } : null;
}

/** The page that a destination names, or null when it names none of this file. */
export async function pageOfDestination(
  pdf: PDFDocumentProxy,
  destination: unknown,
): Promise<LinkTarget | null> {
  const explicit = typeof destination === 'string' ? await pdf.getDestination(destination) : destination;
  if (!Array.isArray(explicit)) return null;
  const [first] = explicit as readonly unknown[];
  if (typeof first === 'number') return inFile(pdf, first + 1);
  if (!isReference(first)) return null;
  try {
    return inFile(pdf, (await pdf.getPageIndex(first)) + 1);
  } catch {
    // A destination whose page is not in this file leads nowhere.
    return null;
  }
}

function inFile(pdf: PDFDocumentProxy, page: number): LinkTarget | null {
  return Number.isInteger(page) && page >= 1 && page <= pdf.numPages ? { kind: 'page', page } : null;
}

function isReference(value: unknown): value is { readonly num: number; readonly gen: number } {
  return typeof value === 'object' && value !== null && 'num' in value && 'gen' in value;
}

/** The links of one page that lead somewhere. */
export async function linksOf(pdf: PDFDocumentProxy, page: PDFPageProxy): Promise<readonly PageLink[]> {
  const viewport = page.getViewport({ scale: 1 });
  const found: PageLink[] = [];
  for (const one of (await page.getAnnotations({ intent: 'display' })) as readonly RawLink[]) {
    if (one.subtype !== 'Link' || !Array.isArray(one.rect)) continue;
    const target = addressTarget(one.url) ?? (await pageOfDestination(pdf, one.dest));
    if (target === null) continue;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = viewport.convertToViewportRectangle([...one.rect]);
    found.push({
      id: String(one.id),
      box: [
        Math.min(x1, x2),
        viewport.height - Math.max(y1, y2),
        Math.max(x1, x2),
        viewport.height - Math.min(y1, y2),
      ],
      target,
    });
  }
  return found;
}

interface RawLink {
  readonly id: unknown;
  readonly subtype: string;
  readonly rect?: readonly number[];
  readonly url?: unknown;
  readonly dest?: unknown;
}

interface RawOutline {
  readonly title: string;
  readonly dest: unknown;
  readonly url: string | null;
  readonly items: readonly RawOutline[];
}

/** A hostile outline may be endless: so many entries and levels are shown. */
const limits = { entries: 5000, depth: 20 };

/** The outline of the file; empty when it has none. */
export async function outlineOf(pdf: PDFDocumentProxy): Promise<readonly OutlineEntry[]> {
  let left = limits.entries;
  const read = async (items: readonly RawOutline[], depth: number): Promise<OutlineEntry[]> => {
    const entries: OutlineEntry[] = [];
    for (const item of items) {
      if (left === 0 || depth > limits.depth) break;
      left -= 1;
      const target = addressTarget(item.url) ?? (await pageOfDestination(pdf, item.dest));
      entries.push({ title: item.title.trim(), target, children: await read(item.items ?? [], depth + 1) });
    }
    return entries;
  };
  const raw = (await pdf.getOutline()) as readonly RawOutline[] | null;
  return raw === null ? [] : read(raw, 1);
}
