// Where `sign` puts a signature when no place was named: by the text of the pages, as the window does, and which blanks of number
// and date become fields with the leader's. What cannot be read in time leaves the place to the role's own rule.
import { isFailure } from '../../preload/contract/failure';
import { openFileSource } from '../runtime/file-source';
import { leaderPlace, numberBlanks, sealPlace } from '../services/places';
import { linesOf } from '../services/text-segments';
import { leaderPlaceOn, onWritable, pngSize, type RoleRequest, type SigningOrder } from '../signing';
import type { PageText } from './page-text';

/** What is found for one file: added to its order. `guessed`: the page shows no signature block. */
export interface FoundOrder {
  readonly order: Pick<SigningOrder, 'what' | 'blanks'>;
  readonly guessed: boolean;
}

export type Placing = (path: string) => Promise<FoundOrder>;

function aspectOf(image: Uint8Array | undefined): number | undefined {
  if (image === undefined) return undefined;
  const { width, height } = pngSize(image);
  return width / height;
}

/** The earlier signature that shows is where the seal goes: no text is needed then. */
function showsLeader(path: string, password: string | undefined): boolean {
  const source = openFileSource(path);
  try {
    return onWritable(source, password, leaderPlaceOn) !== undefined;
  } catch (error) {
    // Signing refuses it with the reason.
    if (isFailure(error)) return true;
    throw error;
  } finally {
    source.close();
  }
}

/** Undefined for roles whose place does not depend on the text, and where a place was named. */
export function textPlacing(
  what: RoleRequest,
  password: string | undefined,
  text: PageText,
): Placing | undefined {
  if ((what.role !== 'leader' && what.role !== 'seal') || what.place !== undefined) return undefined;
  const asItIs = { order: { what }, guessed: false };
  return async (path) => {
    if (what.role === 'seal' && showsLeader(path, password)) return asItIs;
    try {
      const { pieces, sizes, numberBlanks: made } = await text.facts(path, password);
      if (sizes.length === 0) return { ...asItIs, guessed: true };
      const lines = linesOf(pieces);
      const leader = leaderPlace(lines, sizes, what.role === 'leader' ? aspectOf(what.image) : undefined);
      const found =
        what.role === 'leader' ? leader : sealPlace(leader, sizes, what.widthMm, aspectOf(what.image));
      const { page, ...rect } = found.placement;
      const blanks = what.role === 'leader' && made.length === 0 ? numberBlanks(lines) : [];
      return {
        order: { what: { ...what, place: { page: page - 1, rect } }, blanks },
        guessed: !found.found,
      };
    } catch (error) {
      if (isFailure(error)) return { ...asItIs, guessed: true };
      throw error;
    }
  };
}
