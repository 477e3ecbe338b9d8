// Commands of reading that concern more than the shown page: another version beside it, the documents before and after.
import type { Command } from './command';

export const readingCommands: readonly Command[] = [
  {
    id: 'compare',
    label: 'command.compare',
    shortcut: 'Ctrl+Shift+K',
    enabled: (context) => context.viewer !== undefined,
    run: (context) => context.viewer?.compare(),
  },
  {
    id: 'back',
    label: 'command.back',
    shortcut: 'Alt+ArrowLeft',
    enabled: ({ travel }) => travel.back > 0,
    run: ({ travel }) => travel.run('back'),
  },
  {
    id: 'forward',
    label: 'command.forward',
    shortcut: 'Alt+ArrowRight',
    enabled: ({ travel }) => travel.forward > 0,
    run: ({ travel }) => travel.run('forward'),
  },
];
