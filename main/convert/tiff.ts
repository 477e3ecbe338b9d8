// Reads the pages of a TIFF 6.0 file, one after another. Tiles, planes apart and BigTIFF are refused. It decodes no sample.
import type { ByteSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { checkSize, damaged, dpiOf, limits, orientationOf, type Picture, unsupported } from './picture';
import { type Directory, densityOf, openDirectories, take } from './tiff-directory';
import { pdfStrips, type RawStrip, type TiffLayout } from './tiff-strips';

const coloursOf: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3 };

/** The colour map (tag 320): all reds, all greens, all blues, of 16 bits; as RGB of 8. */
function paletteOf(directory: Directory, bits: number): Uint8Array | undefined {
  const map = directory.numbers(320);
  if (map.length === 0) return undefined;
  const count = 2 ** bits;
  if (map.length < count * 3) throw damaged('palette');
  return Uint8Array.from({ length: count * 3 }, (_, at) => {
    const value = map[(at % 3) * count + Math.floor(at / 3)] ?? 0;
    return value >> 8;
  });
}

function layoutOf(directory: Directory, little: boolean): TiffLayout {
  const one = (tag: number, absent: number): number => directory.numbers(tag)[0] ?? absent;
  const width = one(256, 0);
  const height = one(257, 0);
  checkSize(width, height);
  if (directory.has(322) || directory.has(324)) throw unsupported('tiles');
  const samples = one(277, 1);
  if (one(284, 1) !== 1 && samples > 1) throw unsupported('planes apart');
  const depths = directory.numbers(258);
  const bits = ([1, 2, 4, 8, 16] as const).find((known) => known === (depths[0] ?? 1));
  if (bits === undefined || depths.some((depth) => depth !== bits))
    throw unsupported(`bits ${depths.join()}`);
  if (directory.numbers(339).some((format) => format !== 1))
    throw unsupported('samples that are no whole numbers');
  const photometric = one(262, -1);
  const colours = coloursOf[photometric];
  if (colours === undefined) throw unsupported(`photometric ${photometric}`);
  if (samples !== colours && samples !== colours + 1) throw unsupported(`${samples} samples`);
  const meaning = one(338, 0);
  const extra = samples === colours ? 0 : meaning === 1 ? 1 : meaning === 2 ? 2 : 3;
  const fax = one(259, 1) === 3 ? one(292, 0) : one(259, 1) === 4 ? one(293, 0) : 0;
  return {
    width,
    height,
    bits,
    samples,
    extra,
    compression: one(259, 1),
    photometric,
    fillOrder: one(266, 1),
    predictor: one(317, 1),
    faxOptions: fax,
    little,
    palette: photometric === 3 ? paletteOf(directory, bits) : undefined,
    jpegTables: directory.bytes(347),
  };
}

function rawStrips(source: ByteSource, directory: Directory, height: number): RawStrip[] {
  const offsets = directory.numbers(273);
  const lengths = directory.numbers(279);
  const stated = directory.numbers(278)[0] ?? height;
  const rowsEach = Math.min(stated < 1 ? height : stated, height);
  if (offsets.length !== Math.ceil(height / rowsEach) || lengths.length !== offsets.length) {
    throw damaged('strips');
  }
  const total = lengths.reduce((sum, length) => sum + length, 0);
  // Strips that share bytes would make a small file huge.
  if (total > source.size) throw damaged('strips larger than the file');
  return offsets.map((offset, index) => ({
    rows: Math.min(rowsEach, height - index * rowsEach),
    data: take(source, offset, lengths[index] ?? 0),
  }));
}

function pictureOf(source: ByteSource, directory: Directory, little: boolean): Picture {
  const layout = layoutOf(directory, little);
  return {
    width: layout.width,
    height: layout.height,
    orientation: orientationOf(directory.numbers(274)[0]),
    dpi: dpiOf(...densityOf(directory)),
    colour: layout.photometric > 1,
    strips: pdfStrips(layout, rawStrips(source, directory, layout.height)),
  };
}

/** The pages of a TIFF, read as they are asked for. Throws Failure `convert-image-damaged`, `-kind`, `-too-large`. */
export function* readTiff(source: ByteSource): Generator<Picture> {
  const file = openDirectories(source);
  if (file === undefined) throw unsupported('no TIFF 6.0');
  const seen = new Set<number>();
  let pages = 0;
  for (let offset = file.first; offset !== 0; ) {
    if (seen.has(offset)) throw damaged('directories in a circle');
    seen.add(offset);
    const directory = file.directory(offset);
    const reduced = ((directory.numbers(254)[0] ?? 0) & 1) !== 0;
    if (!reduced) {
      pages += 1;
      if (pages > limits.pages) throw new Failure('convert-image-too-large', 'pages');
      yield pictureOf(source, directory, file.little);
    }
    offset = directory.next;
  }
  if (pages === 0) throw damaged('no page');
}
