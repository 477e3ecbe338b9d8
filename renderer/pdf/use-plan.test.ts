import { describe, expect, it } from 'vitest';
import { pixelsPerPoint } from '../ui/theme';
import { layersAsSaved } from './layers';
import { zoomFor } from './layout';
import { planOf } from './use-plan';
import { firstReading } from './use-reading';

const pane = { width: 900, height: 700 };
const upright = { width: 595, height: 842 };
const look = { colours: null, layers: layersAsSaved };

describe('what a file begins with', () => {
  it('is its first page as wide as the pane, where nothing is known of it', () => {
    const plan = planOf(firstReading(undefined, 'width'), pane, upright, look);
    const zoom = zoomFor('width', pane, upright, 'one', pixelsPerPoint);
    expect(plan).toEqual({ page: 1, scale: zoom * pixelsPerPoint, withoutNotes: false, ...look });
  });

  it('is the page at which it was left, as large as it was, a turned one by its turned sides', () => {
    const left = firstReading({ page: 7, turn: 90, zoom: 'page' }, 'width');
    const lying = { width: upright.height, height: upright.width };
    const plan = planOf(left, pane, upright, look);
    const zoom = zoomFor('page', pane, lying, 'one', pixelsPerPoint);
    expect([plan?.page, plan?.scale]).toEqual([7, zoom * pixelsPerPoint]);
  });

  it('is not known while a column stands beside the pages, or before there is room for them', () => {
    const reading = firstReading(undefined, 'width');
    expect(planOf({ ...reading, side: 'pages' }, pane, upright, look)).toBeNull();
    expect(planOf(reading, { width: 0, height: 0 }, upright, look)).toBeNull();
  });
});
