import { describe, expect, it } from 'vitest';
import { type NoteFacts, unseenNotes } from './unseen-notes';

const slip: NoteFacts = {
  ...{ subtype: 'Text', rect: [10, 20, 32, 42], hasAppearance: false, annotationFlags: 28 },
  color: Uint8ClampedArray.of(255, 209, 0),
};

describe('notes without a picture of their own', () => {
  it('are slips, carets and enclosed files, where they lie and in their colour', () => {
    const rect = [10, 20, 32, 42];
    expect(unseenNotes([slip], 'screen')).toEqual([{ kind: 'slip', rect, colour: 'rgb(255 209 0)' }]);
    const others = ['Caret', 'FileAttachment'].map((subtype) => ({ subtype, rect, color: null }));
    expect(unseenNotes(others, 'screen').map(({ kind, colour }) => [kind, colour], 'screen')).toEqual([
      ['caret', null],
      ['enclosed', null],
    ]);
  });

  it('are not those whose file brings a picture, nor what pdf.js draws by itself', () => {
    expect(unseenNotes([{ ...slip, hasAppearance: true }], 'screen')).toEqual([]);
    const drawn = ['Highlight', 'Square', 'Link', 'Widget', 'Popup', 'Ink', 'FreeText'];
    expect(
      unseenNotes(
        drawn.map((subtype) => ({ ...slip, subtype })),
        'screen',
      ),
    ).toEqual([]);
  });

  it('are not those that are hidden, nor answers in a thread', () => {
    expect(unseenNotes([{ ...slip, annotationFlags: 2 }], 'screen')).toEqual([]);
    expect(unseenNotes([{ ...slip, annotationFlags: 32 }], 'screen')).toEqual([]);
    expect(unseenNotes([{ ...slip, inReplyTo: '12R' }], 'screen')).toEqual([]);
  });

  it('are on paper where they are meant for it, also those that no screen shows', () => {
    const onPaper = [28, 24, 4, 36, 6].filter(
      (annotationFlags) => unseenNotes([{ ...slip, annotationFlags }], 'paper').length === 1,
    );
    expect(onPaper).toEqual([28, 4, 36]);
    expect(unseenNotes([{ ...slip, annotationFlags: undefined }], 'paper')).toEqual([]);
  });

  it('need a place', () => {
    expect(unseenNotes([{ ...slip, rect: [0, 0, Number.NaN, 1] }], 'screen')).toEqual([]);
    expect(unseenNotes([{ ...slip, rect: undefined }], 'screen')).toEqual([]);
  });
});
