// All commands of the desk, one object each; keys, the shortcut sheet and tool tips read this one list.
// Acts that cannot be taken back (trả lại, thu hồi) have no entry here: they have no single key.
import { isFull } from '../app/view';
import type { Command, CommandContext } from './command';
import { markCommands } from './mark-commands';
import { readingCommands } from './reading-commands';

const always = (): boolean => true;
const isClerk = (context: CommandContext): boolean => context.profile === 'clerk';
const hasViewer = (context: CommandContext): boolean => context.viewer !== undefined;
const onDesk = (context: CommandContext): boolean => !isFull(context.view);

export const commands: readonly Command[] = [
  {
    id: 'main-act',
    label: 'command.main-act',
    shortcut: 'Ctrl+Enter',
    enabled: ({ mainAct }) =>
      mainAct !== undefined && (mainAct.reason === null || mainAct.explain !== undefined),
    run: ({ mainAct }) => (mainAct?.reason === null ? mainAct.run() : mainAct?.explain?.()),
  },
  {
    id: 'issue',
    label: 'command.issue',
    shortcut: 'Ctrl+N',
    enabled: onDesk,
    run: (context) => context.go({ kind: 'draft', document: null }),
  },
  {
    id: 'copy',
    label: 'command.copy',
    shortcut: 'Ctrl+Shift+Y',
    enabled: (context) => onDesk(context) && isClerk(context),
    run: (context) => context.go({ kind: 'copy', of: null }),
  },
  {
    id: 'batch',
    label: 'command.batch',
    shortcut: 'Ctrl+B',
    enabled: (context) => context.view.kind === 'folder' || context.view.kind === 'search',
    run: (context) => context.go({ kind: 'batch' }),
  },
  {
    id: 'search',
    label: 'command.search',
    shortcut: 'Ctrl+E',
    enabled: onDesk,
    run: (context) => context.focusSearch(),
  },
  {
    id: 'find',
    label: 'command.find',
    shortcut: 'Ctrl+F',
    enabled: hasViewer,
    run: (context) => context.viewer?.find(),
  },
  {
    id: 'highlight',
    label: 'command.highlight',
    shortcut: 'Ctrl+Shift+H',
    enabled: hasViewer,
    run: (context) => context.viewer?.highlight(),
  },
  ...markCommands,
  ...readingCommands,
  {
    id: 'zoom-in',
    label: 'command.zoom-in',
    shortcut: 'Ctrl+=',
    enabled: hasViewer,
    run: (context) => context.viewer?.zoomIn(),
  },
  {
    id: 'zoom-out',
    label: 'command.zoom-out',
    shortcut: 'Ctrl+-',
    enabled: hasViewer,
    run: (context) => context.viewer?.zoomOut(),
  },
  {
    id: 'zoom-fit',
    label: 'command.zoom-fit',
    shortcut: 'Ctrl+0',
    enabled: hasViewer,
    run: (context) => context.viewer?.fit(),
  },
  {
    id: 'turn',
    label: 'command.turn',
    shortcut: 'Ctrl+Shift+R',
    enabled: hasViewer,
    run: (context) => context.viewer?.turn(),
  },
  {
    id: 'side',
    label: 'command.side',
    shortcut: 'F4',
    enabled: hasViewer,
    run: (context) => context.viewer?.side(),
  },
  {
    id: 'present',
    label: 'command.present',
    shortcut: 'F11',
    enabled: hasViewer,
    run: (context) => context.viewer?.present(),
  },
  {
    id: 'print',
    label: 'command.print',
    shortcut: 'Ctrl+P',
    enabled: hasViewer,
    run: (context) => context.viewer?.print(),
  },
  {
    id: 'next-pane',
    label: 'command.next-pane',
    shortcut: 'F6',
    enabled: always,
    run: (context) => context.cyclePane(1),
  },
  {
    id: 'previous-pane',
    label: 'command.previous-pane',
    shortcut: 'Shift+F6',
    enabled: always,
    run: (context) => context.cyclePane(-1),
  },
  {
    id: 'go-today',
    label: 'command.go-today',
    shortcut: 'Ctrl+1',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.go({ kind: 'folder', folder: 'today' }),
  },
  {
    id: 'go-to-accept',
    label: 'command.go-to-accept',
    shortcut: 'Ctrl+2',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.go({ kind: 'folder', folder: 'in-to-accept' }),
  },
  {
    id: 'go-to-number',
    label: 'command.go-to-number',
    shortcut: 'Ctrl+3',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.go({ kind: 'folder', folder: 'out-to-number' }),
  },
  {
    id: 'go-register',
    label: 'command.go-register',
    shortcut: 'Ctrl+4',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.go({ kind: 'folder', folder: 'register-incoming' }),
  },
  {
    id: 'devices',
    label: 'command.devices',
    shortcut: 'Ctrl+5',
    enabled: always,
    run: (context) => context.showDevices(),
  },
  {
    id: 'pictures',
    label: 'command.pictures',
    shortcut: 'Ctrl+7',
    enabled: always,
    run: (context) => context.showPictures(),
  },
  {
    id: 'hand',
    label: 'command.hand',
    shortcut: 'Ctrl+I',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.showHand(),
  },
  {
    id: 'calendar',
    label: 'command.calendar',
    shortcut: 'Ctrl+6',
    enabled: (context) => isClerk(context) && onDesk(context),
    run: (context) => context.showCalendar(),
  },
  { id: 'sync', label: 'command.sync', shortcut: 'F5', enabled: always, run: (context) => context.sync() },
  {
    id: 'help',
    label: 'command.help',
    shortcut: 'Ctrl+/',
    enabled: always,
    run: (context) => context.showHelp(),
  },
  {
    id: 'up',
    label: 'command.up',
    shortcut: 'Esc',
    enabled: always,
    run: (context) => {
      if (context.leaving !== undefined) context.leaving.run();
      else if (onDesk(context) && context.view.kind !== 'search') context.focusUp();
      else context.go({ kind: 'up' });
    },
  },
];

/** The keys of a command, to be shown beside its act. */
export function shortcutFor(id: string): string | undefined {
  return commands.find((command) => command.id === id)?.shortcut ?? undefined;
}

/** Runs the command of a shortcut; true when there was one that may run now. */
export function runShortcut(shortcut: string, context: CommandContext): boolean {
  const command = commands.find((one) => one.shortcut === shortcut);
  if (command === undefined || !command.enabled(context)) return false;
  command.run(context);
  return true;
}
