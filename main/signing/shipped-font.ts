// The fonts that come with the application, each read once. It looks nowhere else.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../preload/contract/failure';
import { parseTrueType, type TrueTypeFont } from './truetype';

const known = new Map<string, TrueTypeFont>();

/** A font two folders above the bundle as above this file. */
function shipped(name: string): TrueTypeFont {
  const read = known.get(name);
  if (read !== undefined) return read;
  const path = fileURLToPath(new URL(`../../resources/fonts/${name}`, import.meta.url));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Failure('signing-font-unusable', path, { cause: error });
  }
  const font = parseTrueType(bytes);
  known.set(name, font);
  return font;
}

/** Tinos. Throws Failure `signing-font-unusable`. */
export function shippedFont(): TrueTypeFont {
  return shipped('Tinos_400Regular.ttf');
}

/** Tinos in bold, for stamps. Throws Failure `signing-font-unusable`. */
export function shippedBold(): TrueTypeFont {
  return shipped('Tinos_700Bold.ttf');
}
