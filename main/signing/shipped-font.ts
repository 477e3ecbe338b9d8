// The font that comes with the application, read once. It looks nowhere else.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Failure } from '../../preload/contract/failure';
import { parseTrueType, type TrueTypeFont } from './truetype';

let font: TrueTypeFont | undefined;

/** Tinos, two folders above the bundle as above this file. Throws Failure `signing-font-unusable`. */
export function shippedFont(): TrueTypeFont {
  if (font !== undefined) return font;
  const path = fileURLToPath(new URL('../../resources/fonts/Tinos_400Regular.ttf', import.meta.url));
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Failure('signing-font-unusable', path, { cause: error });
  }
  font = parseTrueType(bytes);
  return font;
}
