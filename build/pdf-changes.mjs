// What is changed in pdf.js for the bundles of the desk and its worker. Each change is a module of its own; this one reads the sources.
import { readFileSync } from 'node:fs';
import { withClosing } from './pdf-closing.mjs';
import { withoutFrames } from './pdf-drawing.mjs';
import { withShippedFonts } from './pdf-fonts.mjs';
import { withLayersOfText } from './pdf-text-layers.mjs';

const changed = {
  'pdf.mjs': withoutFrames,
  'pdf.worker.mjs': (source) => withClosing(withLayersOfText(withShippedFonts(source))),
};

/** For both bundles. */
export const changedPdfjs = {
  name: 'changed-pdfjs',
  setup(build) {
    build.onLoad({ filter: /legacy[\\/]build[\\/]pdf(\.worker)?\.mjs$/ }, ({ path }) => ({
      contents: changed[path.split(/[\\/]/).at(-1)](readFileSync(path, 'utf8')),
      loader: 'js',
    }));
  },
};
