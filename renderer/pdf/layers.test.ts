import { describe, expect, it } from 'vitest';
import { chosen, type LayerSource, layerConfig, layerEntries, layerOptions, layersAsSaved } from './layers';

/** A configuration as pdf.js gives it, each layer with whether it is seen. */
function source(order: unknown, groups: Readonly<Record<string, boolean>>): LayerSource {
  return {
    getOrder: () => order,
    getGroup: (id) => {
      const visible = groups[id];
      return visible === undefined ? null : { name: ` Lớp ${id} `, visible };
    },
  };
}

describe('the layers of a file', () => {
  it('are none where the file has none', () => {
    expect(layerEntries(source(null, {}))).toEqual([]);
  });

  it('stand under the headings of their author, with what is seen', () => {
    const order = ['1R', { name: 'Tầng', order: ['2R', { name: null, order: ['3R'] }] }];
    expect(layerEntries(source(order, { '1R': true, '2R': false, '3R': true }))).toEqual([
      { kind: 'layer', id: '1R', name: 'Lớp 1R', shown: true },
      {
        ...{ kind: 'heading', name: 'Tầng' },
        children: [
          { kind: 'layer', id: '2R', name: 'Lớp 2R', shown: false },
          { kind: 'heading', name: '', children: [{ kind: 'layer', id: '3R', name: 'Lớp 3R', shown: true }] },
        ],
      },
    ]);
  });

  it('leave out what the file names but does not have, and headings over nothing', () => {
    const order = ['9R', { name: 'Trống', order: ['8R'] }, 7, null];
    expect(layerEntries(source(order, {}))).toEqual([]);
  });

  it('are asked for anew only when somebody chose', () => {
    const never = new Proxy({}, { get: () => expect.unreachable('the file was asked') });
    expect(layerOptions(never as never, layersAsSaved)).toEqual({});
  });
});

describe('choosing layers', () => {
  it('keeps the last choice for each layer, in the order of choosing', () => {
    const choices = chosen(chosen(chosen(layersAsSaved, 'a', false), 'b', true), 'a', true);
    expect(choices).toEqual([
      ['b', true],
      ['a', true],
    ]);
  });

  it('is laid over what the file says for the screen and for paper', async () => {
    const calls: unknown[] = [];
    const pdf = {
      getOptionalContentConfig: async (how: unknown) => ({
        setVisibility: (id: string, shown: boolean) => calls.push([how, id, shown]),
      }),
    };
    await layerConfig(pdf as never, [['a', false]], 'print');
    await layerConfig(
      pdf as never,
      [
        ['b', true],
        ['a', false],
      ],
      'display',
    );
    expect(calls).toEqual([
      [{ intent: 'print' }, 'a', false],
      [{ intent: 'display' }, 'b', true],
      [{ intent: 'display' }, 'a', false],
    ]);
  });
});
