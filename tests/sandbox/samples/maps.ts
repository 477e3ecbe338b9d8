// A large PDF: coloured relief maps as raw pictures, ten sheets. The land is invented.
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  PDFName,
  popGraphicsState,
  pushGraphicsState,
} from '@cantoo/pdf-lib';
import { seeded } from './random';

const sheets = 10;

/** Colours from the river up to the ridge. */
const tints: readonly (readonly [number, number, number])[] = [
  [112, 168, 204],
  [150, 196, 142],
  [198, 214, 146],
  [226, 204, 140],
  [200, 158, 110],
  [160, 118, 90],
  [236, 232, 226],
];

function relief(width: number, height: number, seed: string): Uint8Array {
  const random = seeded(seed);
  const waves = Array.from({ length: 14 }, (_, index) => {
    const turn = random() * Math.PI * 2;
    const pitch = (0.6 + index * 0.55) * 0.004;
    return {
      x: Math.cos(turn) * pitch,
      y: Math.sin(turn) * pitch,
      phase: random() * 6.3,
      high: 1 / (1 + index * 0.5),
    };
  });
  const land = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let value = 0;
      for (const wave of waves) value += Math.sin(x * wave.x + y * wave.y + wave.phase) * wave.high;
      land[y * width + x] = value;
    }
  }
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const index = y * width + x;
      const value = land[index] ?? 0;
      const slope = value - (land[Math.max(0, index - width - 1)] ?? 0);
      const level = Math.max(0, Math.min(tints.length - 1.001, (value + 2.4) * 1.4));
      const [from, to] = [tints[Math.floor(level)], tints[Math.ceil(level)]];
      const contour = Math.abs((value * 9) % 1) < 0.045 ? 0.72 : 1;
      const grain = 0.985 + random() * 0.03;
      for (let part = 0; part < 3; part += 1) {
        const mixed = (from?.[part] ?? 0) + ((to?.[part] ?? 0) - (from?.[part] ?? 0)) * (level % 1);
        pixels[index * 3 + part] = Math.max(0, Math.min(255, mixed * contour * grain + slope * 900));
      }
    }
  }
  return pixels;
}

/** A PDF of about so many megabytes. */
export async function mapsFile(megabytes: number, made: Date): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle('Bản đồ số địa hình');
  document.setCreationDate(made);
  document.setModificationDate(made);
  document.setProducer('Văn Thư sandbox');
  const side = Math.round(Math.sqrt((megabytes * 1_000_000) / sheets / 3));
  for (let sheet = 0; sheet < sheets; sheet += 1) {
    const page = document.addPage([595.28, 595.28]);
    const shape = {
      Type: 'XObject',
      Subtype: 'Image',
      Width: side,
      Height: side,
      ColorSpace: 'DeviceRGB',
      BitsPerComponent: 8,
    };
    const image = document.context.register(
      document.context.stream(relief(side, side, `sheet ${sheet}`), shape),
    );
    const name = PDFName.of('Map');
    page.node.setXObject(name, image);
    page.pushOperators(
      pushGraphicsState(),
      concatTransformationMatrix(539, 0, 0, 539, 28, 28),
      drawObject(name),
      popGraphicsState(),
    );
  }
  return document.save({ useObjectStreams: false });
}
