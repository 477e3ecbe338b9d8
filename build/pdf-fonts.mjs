// What stands in for a font that a PDF names and does not bring. pdf.js looks for one of the machine's, and takes fonts of other
// widths where it finds none of the right ones, so that letters lie over each other; here the fonts that fit by their widths come
// first, then those that are shipped. It changes lists of names in the worker's source, and fails where it does not find them.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { replaced } from './replaced.mjs';

const styles = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];
/** Shipped for the two families that pdf.js has no file of; Liberation Sans comes with it. */
const shipped = ['Tinos', 'Cousine'];

/** Names of fonts whose letters are not as wide as those of the family they would stand in for. */
const misfits = [
  ...['FreeSerif', 'Linux Libertine O', 'Libertinus Serif', 'PT Astra Serif', 'DejaVu Serif'],
  ...['Bitstream Vera Serif', 'Ubuntu', 'A030', 'FreeSans', 'DejaVu Sans', 'Albany', 'Bitstream Vera Sans'],
  ...['Arial Unicode MS', 'Microsoft Sans Serif', 'Apple Symbols', 'Cantarell'],
  ...['Linux Libertine Mono O', 'Libertinus Mono'],
];

/**
 * A letter that no font of the machine has is drawn as the empty box of the font that was tried first; that of a serif font may be
 * nothing at all, so that words of the Far East would leave no mark on the page. A monospaced font has a box in every style.
 */
function withVisibleBoxes(source) {
  const monospace = 'if (this.isMonospace) {\n      this.fallbackName = "monospace";';
  const farEast = '/^(Japan1|GB1|CNS1|Korea1|KR)$/.test(properties.cidSystemInfo?.ordering)';
  return replaced(source, monospace, monospace.replace('this.isMonospace', `this.isMonospace || ${farEast}`));
}

/** The worker's source with its lists of stand-ins mended. */
export function withShippedFonts(given) {
  const source = withVisibleBoxes(given);
  const begin = source.indexOf('const substitutionMap = new Map([');
  const end = source.indexOf('const fontAliases = ', begin);
  if (begin < 0 || end < 0) throw new Error('pdf.js changed: it has no list of fonts');
  let list = source.slice(begin, end);
  for (const name of misfits) list = replaced(list, `, "${name}"`, '');
  const families = [
    ['Tinos', '"TeX Gyre Termes"],', 'Times'],
    ['Cousine', '"FreeMono"],', 'Courier'],
  ];
  for (const [family, last, name] of families) {
    list = replaced(list, last, `${last}\n  path: "${family}_400Regular.ttf",`);
    const [italic, both] = name === 'Times' ? ['Italic', 'BoldItalic'] : ['Oblique', 'BoldOblique'];
    for (const [style, file] of [
      ['Bold', '700Bold'],
      [italic, '400Regular_Italic'],
      [both, '700Bold_Italic'],
    ]) {
      list = replaced(
        list,
        `"${name}-${style}", {`,
        `"${name}-${style}", {\n  path: "${family}_${file}.ttf",`,
      );
    }
  }
  return source.slice(0, begin) + list + source.slice(end);
}

/** Puts the shipped fonts where pdf.js asks for fonts by name. */
export function copyShippedFonts(folder) {
  for (const family of shipped) {
    for (const style of styles) {
      const file = `${family}_${style}.ttf`;
      cpSync(join('resources/fonts', file), join(folder, file));
    }
  }
}
