// Commands of reading that concern more than the shown page: another version beside it.
import type { Command } from './command';

export const readingCommands: readonly Command[] = [
  {
    id: 'compare',
    label: 'command.compare',
    shortcut: 'Ctrl+Shift+K',
    enabled: (context) => context.viewer !== undefined,
    run: (context) => context.viewer?.compare(),
  },
];
