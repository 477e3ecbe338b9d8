import { describe, expect, it } from 'vitest';
import type { MainAct, ViewerHandle } from '../app/slots';
import { firstView, type ViewAct } from '../app/view';
import { vi } from '../i18n/vi';
import type { CommandContext } from './command';
import { commands, runShortcut, shortcutFor } from './commands';
import { type Press, shortcutOf } from './shortcut';

function press(key: string, held: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, isComposing: false, ...held };
}

function contextWith(part: Partial<CommandContext> = {}) {
  const done: string[] = [];
  const note = (what: string) => () => {
    done.push(what);
  };
  const context: CommandContext = {
    view: firstView('clerk'),
    profile: 'clerk',
    viewer: undefined,
    mainAct: undefined,
    go: (act: ViewAct) => done.push(`go ${act.kind}`),
    travel: { back: 1, forward: 0, run: (direction) => done.push(`travel ${direction}`) },
    cyclePane: (direction) => done.push(`pane ${direction}`),
    focusSearch: note('search'),
    focusUp: note('up'),
    showHelp: note('help'),
    showDevices: note('devices'),
    showPictures: note('pictures'),
    showHand: note('hand'),
    showCalendar: note('calendar'),
    sync: note('sync'),
    ...part,
  };
  return { context, done };
}

const viewer: ViewerHandle = {
  zoomIn: () => undefined,
  zoomOut: () => undefined,
  fit: () => undefined,
  find: () => undefined,
  highlight: () => undefined,
  turn: () => undefined,
  present: () => undefined,
  print: () => undefined,
  side: () => undefined,
  marks: () => undefined,
  mark: () => undefined,
  undo: () => undefined,
  redo: () => undefined,
  note: () => undefined,
  compare: () => undefined,
};

describe('the list of commands', () => {
  it('has no two commands with the same keys or the same id', () => {
    const keys = commands.flatMap((command) => (command.shortcut === null ? [] : [command.shortcut]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
  });

  it('names only labels that have words', () => {
    for (const command of commands) expect(Object.hasOwn(vi, command.label)).toBe(true);
  });

  it('has no key for sending back or recalling', () => {
    expect(commands.filter((command) => /refuse|return|recall|discard/.test(command.id))).toEqual([]);
  });

  it('writes each shortcut as a key press would be read', () => {
    for (const command of commands) {
      if (command.shortcut === null) continue;
      const parts = command.shortcut.split('+');
      const key = parts.at(-1) ?? '';
      const read = shortcutOf(
        press(key === 'Esc' ? 'Escape' : key, {
          ctrlKey: parts.includes('Ctrl'),
          shiftKey: parts.includes('Shift'),
          altKey: parts.includes('Alt'),
        }),
      );
      expect(read).toBe(command.shortcut);
    }
  });
});

describe('a key press', () => {
  it('is no shortcut while Telex or Unikey composes', () => {
    expect(shortcutOf(press('Enter', { ctrlKey: true, isComposing: true }))).toBeUndefined();
    expect(shortcutOf(press('a', { keyCode: 229 }))).toBeUndefined();
    expect(shortcutOf(press('Process', { ctrlKey: true }))).toBeUndefined();
  });

  it('reads + and = alike, with or without Shift', () => {
    expect(shortcutOf(press('+', { ctrlKey: true, shiftKey: true }))).toBe('Ctrl+=');
    expect(shortcutOf(press('=', { ctrlKey: true }))).toBe('Ctrl+=');
  });

  it('is none for a modifier alone', () => {
    expect(shortcutOf(press('Control', { ctrlKey: true }))).toBeUndefined();
  });
});

describe('running a shortcut', () => {
  it('does the main act only while there is one without a reason against it', () => {
    let times = 0;
    const act: MainAct = {
      label: 'x',
      reason: null,
      run: () => {
        times += 1;
      },
    };
    expect(runShortcut('Ctrl+Enter', contextWith().context)).toBe(false);
    expect(runShortcut('Ctrl+Enter', contextWith({ mainAct: { ...act, reason: 'not yet' } }).context)).toBe(
      false,
    );
    expect(runShortcut('Ctrl+Enter', contextWith({ mainAct: act }).context)).toBe(true);
    expect(times).toBe(1);
    let explained = 0;
    const explain = (): void => {
      explained += 1;
    };
    const explaining = { ...act, reason: 'not yet', explain };
    expect(runShortcut('Ctrl+Enter', contextWith({ mainAct: explaining }).context)).toBe(true);
    expect([times, explained]).toEqual([1, 1]);
  });

  it('offers a leader a document to sign and no clerk folders', () => {
    const { context, done } = contextWith({ profile: 'leader' });
    for (const key of ['Ctrl+1', 'Ctrl+2', 'Ctrl+3', 'Ctrl+4']) expect(runShortcut(key, context)).toBe(false);
    expect(done).toEqual([]);
    expect(runShortcut('Ctrl+N', context)).toBe(true);
    expect(done).toEqual(['go draft']);
  });

  it('goes up by one level: out of a road, out of a search, else to the list', () => {
    const road = contextWith({
      view: { kind: 'road', document: crypto.randomUUID() as never, back: firstView('clerk') },
    });
    runShortcut('Esc', road.context);
    expect(road.done).toEqual(['go up']);
    const list = contextWith();
    runShortcut('Esc', list.context);
    expect(list.done).toEqual(['up']);
  });

  it('lets an edited screen save before it is left', () => {
    let saved = 0;
    const { context, done } = contextWith({
      view: { kind: 'draft', document: null, back: firstView('clerk') },
      leaving: {
        run: () => {
          saved += 1;
        },
      },
    });
    runShortcut('Esc', context);
    expect(saved).toBe(1);
    expect(done).toEqual([]);
  });

  it('needs a shown file for zoom and find', () => {
    expect(runShortcut('Ctrl+F', contextWith().context)).toBe(false);
    expect(runShortcut('Ctrl+F', contextWith({ viewer }).context)).toBe(true);
  });

  it('knows the keys beside an act', () => {
    expect(shortcutFor('issue')).toBe('Ctrl+N');
    expect(shortcutFor('nothing')).toBeUndefined();
  });
});
