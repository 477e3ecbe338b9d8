// A command is data: what it is called, which keys it has, when it may run, what it does. It draws nothing.
import type { FileActs, Leaving, MainAct, ViewerHandle } from '../app/slots';
import type { View, ViewAct } from '../app/view';
import type { TextKey } from '../i18n/text';

/** What commands may reach. */
export interface CommandContext {
  readonly view: View;
  readonly profile: 'clerk' | 'leader';
  readonly viewer: ViewerHandle | undefined;
  readonly mainAct: MainAct | undefined;
  readonly fileActs?: FileActs | undefined;
  /** Stands in for going up where something must be saved first. */
  readonly leaving?: Leaving | undefined;
  readonly go: (act: ViewAct) => void;
  /** Back and forth between documents: how many steps there are, and one of them. */
  readonly travel: {
    readonly back: number;
    readonly forward: number;
    readonly run: (direction: 'back' | 'forward') => void;
  };
  readonly cyclePane: (direction: 1 | -1) => void;
  readonly focusSearch: () => void;
  readonly focusUp: () => void;
  readonly showHelp: () => void;
  readonly showDevices: () => void;
  readonly showPictures: () => void;
  readonly showHand: () => void;
  readonly showCalendar: () => void;
  readonly sync: () => void;
}

export interface Command {
  readonly id: string;
  readonly label: TextKey;
  /** As written beside the act, e.g. `Ctrl+Enter`; null: no keys. */
  readonly shortcut: string | null;
  readonly enabled: (context: CommandContext) => boolean;
  readonly run: (context: CommandContext) => void;
}
