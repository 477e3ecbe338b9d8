// Places where a shown component hands its acts to the commands: the viewer, the main act, the way up. Last mounted wins.

import { createContext, useContext, useEffect, useRef } from 'react';
import type { MarkTool } from '../pdf/marks/mark-tools';

/** What the reading view can be told. */
export interface ViewerHandle {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  find(): void;
  highlight(): void;
  turn(): void;
  present(): void;
  print(): void;
  side(): void;
  /** The line of marking opens or closes. */
  marks(): void;
  mark(tool: MarkTool): void;
  undo(): void;
  redo(): void;
  /** The keys go to the note after or before. */
  note(by: 1 | -1): void;
  /** The shown file beside another version. */
  compare(): void;
}

/** The one filled button of the shown pane. */
export interface MainAct {
  readonly label: string;
  /** Why it cannot be done now, or null. */
  readonly reason: string | null;
  run(): void;
  /** Says the reason where the act is: no press stays without an answer. */
  explain?(): void;
}

/** What can be done with the file that is read. */
export interface FileActs {
  /** Asks how a copy with notes is to be saved. */
  saveMarked(): void;
}

/** What must be done before the shown screen may be left: an edited draft is saved first. */
export interface Leaving {
  run(): void;
}

export interface Slots {
  viewer: ViewerHandle;
  mainAct: MainAct;
  leaving: Leaving;
  fileActs: FileActs;
}

/** Holds the current fillings; read when a key is pressed, never rendered. */
export class SlotBoard {
  readonly #fillings: { [N in keyof Slots]: Slots[N][] } = {
    viewer: [],
    mainAct: [],
    leaving: [],
    fileActs: [],
  };

  /** The filling that was put in last, or undefined. */
  get<N extends keyof Slots>(name: N): Slots[N] | undefined {
    return this.#fillings[name].at(-1);
  }

  /** Puts a filling in; returns how to take it out. */
  fill<N extends keyof Slots>(name: N, filling: Slots[N]): () => void {
    const list: Slots[N][] = this.#fillings[name];
    list.push(filling);
    return () => {
      const index = list.indexOf(filling);
      if (index >= 0) list.splice(index, 1);
    };
  }
}

export const SlotContext = createContext(new SlotBoard());

/** Fills a slot while the component is mounted; null leaves it empty. Always calls the newest filling. */
export function useSlot<N extends keyof Slots>(name: N, filling: Slots[N] | null): void {
  const board = useContext(SlotContext);
  const newest = useRef(filling);
  newest.current = filling;
  const filled = filling !== null;
  useEffect(() => {
    if (!filled) return;
    const live = new Proxy({} as Slots[N], {
      get: (_target, property) => {
        const now = newest.current;
        return now === null ? undefined : Reflect.get(now, property);
      },
    });
    return board.fill(name, live);
  }, [board, name, filled]);
}
