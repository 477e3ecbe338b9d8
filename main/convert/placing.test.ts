// Where pictures stand on A4, by numbers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placePicture } from './placing';

const upright = { orientation: 1, colour: true } as const;
const millimetres = (points: number): number => Math.round((points / 72) * 25.4);

describe('the place of a picture on its page', () => {
  it('is the whole sheet for a scan of A4 at 200 or 300 dpi', () => {
    for (const [width, height, dpi] of [
      [1654, 2339, 200],
      [2480, 3508, 300],
    ] as const) {
      const placed = placePicture({ ...upright, width, height, dpi: [dpi, dpi] });
      expect([millimetres(placed.width), millimetres(placed.height)]).toEqual([210, 297]);
      expect(placed.warnings).toEqual([]);
      expect(placed.dpi).toBe(dpi);
    }
  });

  it('fills the sheet with a photo of 12 million pixels, lying where the photo lies', () => {
    const placed = placePicture({ ...upright, width: 4032, height: 3024, dpi: [72, 72] });
    expect([millimetres(placed.page[0]), millimetres(placed.page[1])]).toEqual([297, 210]);
    expect(millimetres(placed.height)).toBe(210);
    expect(placed.dpi).toBeGreaterThan(300);
    expect(placed.warnings).toEqual([]);
    const turned = placePicture({ colour: true, orientation: 6, width: 4032, height: 3024, dpi: [72, 72] });
    expect(millimetres(turned.page[0])).toBe(210);
  });

  it('keeps the real size of a small thing that was scanned well, and tells of a large one made smaller', () => {
    const card = placePicture({ ...upright, width: 1012, height: 638, dpi: [300, 300] });
    expect([millimetres(card.width), millimetres(card.height)]).toEqual([86, 54]);
    expect(card.warnings).toEqual([]);
    const plan = placePicture({ ...upright, width: 3508, height: 4961, dpi: [300, 300] });
    expect(plan.warnings).toEqual(['convert-image-scaled']);
  });

  it('makes a scan of 150 dpi smaller and says so, and tells of a scan without colour', () => {
    const placed = placePicture({
      orientation: 1,
      colour: false,
      width: 1240,
      height: 1754,
      dpi: [150, 150],
    });
    expect(placed.dpi).toBe(200);
    expect(millimetres(placed.width)).toBe(157);
    expect(placed.warnings).toEqual(['convert-image-small', 'convert-image-grey']);
  });

  it('never goes below 200 dpi or over the edge of the sheet, for any picture', () => {
    const side = fc.integer({ min: 1, max: 20_000 });
    const density = fc.option(
      fc.tuple(fc.integer({ min: 20, max: 4800 }), fc.integer({ min: 20, max: 4800 })),
      {
        nil: undefined,
      },
    );
    fc.assert(
      fc.property(side, side, density, fc.constantFrom(1, 3, 6, 8), (width, height, dpi, orientation) => {
        const placed = placePicture({ width, height, dpi, orientation: orientation as 1, colour: true });
        const [across, down] = orientation >= 5 ? [height, width] : [width, height];
        expect(across / (placed.width / 72)).toBeGreaterThan(199.99);
        expect(down / (placed.height / 72)).toBeGreaterThan(199.99);
        expect(placed.x).toBeGreaterThan(-0.01);
        expect(placed.y).toBeGreaterThan(-0.01);
        expect(placed.x + placed.width).toBeLessThan(placed.page[0] + 0.01);
        expect(placed.y + placed.height).toBeLessThan(placed.page[1] + 0.01);
      }),
    );
  });
});
