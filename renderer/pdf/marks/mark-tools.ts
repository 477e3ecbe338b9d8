// What the clerk holds while marking: the tool, its colour and layer, what is selected, what is being written or dragged. It
// changes no mark.
import {
  type MarkColour,
  type MarkKind,
  type MarkLayer,
  markKinds,
} from '../../../preload/contract/annotation';
import type { Params, TextKey } from '../../i18n/text';
import type { MarkContent } from './content';
import type { PenPoint, StampFace } from './sketch';

export type MarkTool = 'select' | MarkKind;

/** Words of a mark that are being typed; `content` is the mark they belong to, as it was before the first letter. */
export interface Editing {
  readonly id: string;
  readonly content: MarkContent;
}

/** The pen of the keyboard: where it is, and what it has drawn since it was set down. */
export interface KeyPen {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly drawn: readonly PenPoint[] | null;
}

export interface ToolState {
  readonly tool: MarkTool;
  readonly colours: Readonly<Record<MarkKind, MarkColour>>;
  readonly layer: Exclude<MarkLayer, 'imported'>;
  readonly hidden: readonly MarkLayer[];
  readonly face: StampFace | null;
  readonly selected: readonly string[];
  /** The selected mark whose card is open. */
  readonly opened: string | null;
  /** The card was opened by a key, which then belongs to it. */
  readonly byKey: boolean;
  readonly editing: Editing | null;
  /** The mark that is to have the keys once it is there. */
  readonly reached: string | null;
  readonly pen: KeyPen | null;
  /** For a screen reader: where the keyboard's pen is, which words are selected. */
  readonly said: { readonly key: TextKey; readonly params: Params } | null;
  /** Shown instead of what is kept, while it is dragged or drawn. */
  readonly preview: ReadonlyMap<string, MarkContent>;
}

/** The name under which a mark is shown that is only being drawn. */
export const sketchId = 'sketch';

const colours: Readonly<Record<MarkKind, MarkColour>> = {
  highlight: 'yellow',
  underline: 'blue',
  strike: 'red',
  note: 'yellow',
  text: 'blue',
  ink: 'blue',
  arrow: 'red',
  line: 'red',
  rectangle: 'red',
  ellipse: 'red',
  stamp: 'blue',
};

/** Tools that stay in the hand after one mark. */
const staying: ReadonlySet<MarkTool> = new Set(['select', 'highlight', 'underline', 'strike', 'ink']);

const nothing: ReadonlyMap<string, MarkContent> = new Map();

export class MarkTools {
  readonly #listeners = new Set<() => void>();
  #state: ToolState;

  constructor(
    layer: ToolState['layer'],
    kept: Partial<Pick<ToolState, 'colours' | 'hidden' | 'layer'>> = {},
  ) {
    this.#state = {
      tool: 'select',
      colours,
      layer,
      hidden: [],
      face: null,
      selected: [],
      opened: null,
      byKey: false,
      editing: null,
      reached: null,
      pen: null,
      said: null,
      preview: nothing,
      ...kept,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly state = (): ToolState => this.#state;

  /** Takes a tool up, or puts it down when it is in the hand already. */
  take(tool: MarkTool, face: StampFace | null = null): void {
    const again = this.#state.tool === tool && face === this.#state.face;
    this.#set({
      tool: again ? 'select' : tool,
      face,
      pen: null,
      selected: [],
      opened: null,
      preview: nothing,
    });
  }

  /** A mark was made: most tools are put down. */
  used(): void {
    if (!staying.has(this.#state.tool)) this.#set({ tool: 'select', face: null, pen: null });
  }

  chooseColour(kinds: readonly MarkKind[], colour: MarkColour): void {
    const chosen = Object.fromEntries(kinds.map((kind) => [kind, colour]));
    this.#set({ colours: { ...this.#state.colours, ...chosen } });
  }

  chooseLayer(layer: ToolState['layer']): void {
    this.#set({ layer, hidden: this.#state.hidden.filter((one) => one !== layer) });
  }

  /** What is made must be seen: the layers it lies on are shown again. */
  showLayers(layers: readonly MarkLayer[]): void {
    const { hidden } = this.#state;
    if (hidden.some((one) => layers.includes(one)))
      this.#set({ hidden: hidden.filter((one) => !layers.includes(one)) });
  }

  toggleLayer(layer: MarkLayer): void {
    const { hidden } = this.#state;
    const next = hidden.includes(layer) ? hidden.filter((one) => one !== layer) : [...hidden, layer];
    this.#set({ hidden: next, selected: [], opened: null });
  }

  select(selected: readonly string[], opened: string | null = null, byKey = false): void {
    this.#set({ selected, opened, byKey });
  }

  edit(editing: Editing | null): void {
    if (editing !== null) this.showLayers([editing.content.layer]);
    this.#set({ editing, ...(editing === null ? {} : { selected: [editing.id], opened: null }) });
  }

  /** The keys go to a mark; its page may still be on its way. */
  reach(reached: string | null): void {
    if (reached !== this.#state.reached) this.#set({ reached });
  }

  movePen(pen: KeyPen | null): void {
    this.#set({ pen });
  }

  say(key: TextKey, params: Params = {}): void {
    this.#set({ said: { key, params } });
  }

  show(preview: ReadonlyMap<string, MarkContent> | null): void {
    if (preview === null && this.#state.preview.size === 0) return;
    this.#set({ preview: preview ?? nothing });
  }

  #set(part: Partial<ToolState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of [...this.#listeners]) listener();
  }
}

/** In the order of the tool line. */
export const toolOrder: readonly MarkTool[] = [
  'select',
  ...markKinds.filter((kind) => kind !== 'note'),
  'note',
];
