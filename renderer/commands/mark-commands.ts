// The commands of marking: a tool by its key, back and forth. A letter alone would type where something types, so each has Alt.
import type { MarkTool } from '../pdf/marks/mark-tools';
import type { Command, CommandContext } from './command';

const hasViewer = (context: CommandContext): boolean => context.viewer !== undefined;

function toolCommand(tool: Exclude<MarkTool, 'highlight' | 'stamp'>, key: string): Command {
  return {
    id: `mark-${tool}`,
    label: `command.mark-${tool}`,
    shortcut: `Alt+${key}`,
    enabled: hasViewer,
    run: (context) => context.viewer?.mark(tool),
  };
}

export const markCommands: readonly Command[] = [
  {
    id: 'marks',
    label: 'command.marks',
    shortcut: 'Alt+G',
    enabled: hasViewer,
    run: (context) => context.viewer?.marks(),
  },
  {
    id: 'save-marked',
    label: 'command.save-marked',
    shortcut: 'Ctrl+Shift+S',
    enabled: (context) => context.fileActs !== undefined,
    run: (context) => context.fileActs?.saveMarked(),
  },
  {
    id: 'note-next',
    label: 'command.note-next',
    shortcut: 'F8',
    enabled: hasViewer,
    run: (context) => context.viewer?.note(1),
  },
  {
    id: 'note-previous',
    label: 'command.note-previous',
    shortcut: 'Shift+F8',
    enabled: hasViewer,
    run: (context) => context.viewer?.note(-1),
  },
  toolCommand('select', 'V'),
  toolCommand('underline', 'U'),
  toolCommand('strike', 'S'),
  toolCommand('ink', 'I'),
  toolCommand('text', 'T'),
  toolCommand('arrow', 'A'),
  toolCommand('line', 'L'),
  toolCommand('rectangle', 'R'),
  toolCommand('ellipse', 'E'),
  toolCommand('note', 'N'),
  {
    id: 'mark-undo',
    label: 'command.mark-undo',
    shortcut: 'Ctrl+Z',
    enabled: hasViewer,
    run: (context) => context.viewer?.undo(),
  },
  {
    id: 'mark-redo',
    label: 'command.mark-redo',
    shortcut: 'Ctrl+Y',
    enabled: hasViewer,
    run: (context) => context.viewer?.redo(),
  },
];
