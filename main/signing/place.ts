// Finds where a signature goes when its place was not given: by role, from earlier signatures and the page. Draws nothing.
import { Failure } from '../../preload/contract/failure';
import type { PdfFile, PdfPage } from '../pdf';
import { leaderPlace, type SigningFacts } from './fields';
import {
  checkRect,
  fittedInside,
  geometryOf,
  isOnPage,
  type PageGeometry,
  POINTS_PER_MM,
  type Rect,
} from './geometry';
import { LEADER_BOX, SEAL_WIDTH_MM } from './layout';
import type { PdfImage } from './png';
import type { RoleRequest } from './request';

export interface FoundPlace {
  readonly page: PdfPage;
  readonly geometry: PageGeometry;
  /** On the page as shown; undefined where the role's own layout decides (text in the corner, number, invisible). */
  readonly rect: Rect | undefined;
  /** True where the place that was asked for does not fit on the page and another was taken. */
  readonly moved: boolean;
}

/** The seal beside a signature (NĐ 30, phụ lục I, II.8.a): over the left third of it, at the same height. */
export function sealRect(signature: Rect, width: number, height: number): Rect {
  return {
    x: signature.x + signature.width / 3 - width,
    y: signature.y + signature.height / 2 - height / 2,
    width,
    height,
  };
}

function leaderRect(geometry: PageGeometry): Rect {
  // Ô số 7c stands in the right half of the page; its height depends on the text and is only a first proposal.
  const { width, height } = LEADER_BOX;
  return { x: geometry.width * 0.72 - width / 2, y: geometry.height * 0.22, width, height };
}

function given(file: PdfFile, page: PdfPage, wanted: Rect): FoundPlace {
  const geometry = geometryOf(file, page);
  checkRect(wanted);
  if (isOnPage(wanted, geometry)) return { page, geometry, rect: wanted, moved: false };
  return { page, geometry, rect: fittedInside(wanted, geometry), moved: true };
}

function sealPlace(
  file: PdfFile,
  facts: SigningFacts,
  what: Extract<RoleRequest, { role: 'seal' }>,
  image: PdfImage | undefined,
): FoundPlace {
  const signature = leaderPlace(file, facts);
  const page = file.page(what.place?.page ?? signature?.page ?? -1);
  const geometry = geometryOf(file, page);
  const width = (what.widthMm ?? SEAL_WIDTH_MM) * POINTS_PER_MM;
  const height = image === undefined ? width / 2 : (width * image.height) / image.width;
  const beside =
    signature !== undefined && signature.page === page.index ? signature.rect : leaderRect(geometry);
  const rect = fittedInside(sealRect(beside, width, height), geometry);
  // Of the real size only where the page is large enough for it.
  return { page, geometry, rect, moved: rect.width < width };
}

/**
 * The page and the place of a signature. Throws Failure `pdf-page-missing`, `signing-place-outside`,
 * `signing-place-missing`.
 */
export function findPlace(
  file: PdfFile,
  facts: SigningFacts,
  what: RoleRequest,
  image: PdfImage | undefined,
): FoundPlace {
  const place = 'place' in what ? what.place : undefined;
  if (place?.rect !== undefined) return given(file, file.page(place.page), place.rect);
  switch (what.role) {
    case 'seal':
      return sealPlace(file, facts, what, image);
    case 'leader': {
      const page = file.page(place?.page ?? -1);
      const geometry = geometryOf(file, page);
      return { page, geometry, rect: fittedInside(leaderRect(geometry), geometry), moved: false };
    }
    case 'number': {
      if (what.texts.length === 0) throw new Failure('signing-place-missing', 'no text');
      const page = file.page(what.page);
      return { page, geometry: geometryOf(file, page), rect: undefined, moved: false };
    }
    default: {
      const page = file.page(place?.page ?? 0);
      return { page, geometry: geometryOf(file, page), rect: undefined, moved: false };
    }
  }
}
