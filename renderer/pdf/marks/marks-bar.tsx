// The line of marking under the tool line: tools, colour, layer, what is shown, back and forth. It is there only while it is wanted.
import { type ReactNode, useSyncExternalStore } from 'react';
import { markLayers } from '../../../preload/contract/annotation';
import { testIds } from '../../app/test-ids';
import { shortcutFor } from '../../commands/commands';
import { useWords } from '../../i18n/text';
import { ToolButton } from '../../ui/button';
import { Icon, type IconName } from '../../ui/icon';
import { Menu } from '../../ui/menu';
import { ColourChoice, LayerChoice } from './choices';
import { type MarkTool, toolOrder } from './mark-tools';
import { type Marking, redo, undo } from './marking';

const signs: Readonly<Record<MarkTool, IconName>> = {
  select: 'mark-select',
  highlight: 'mark-highlight',
  underline: 'mark-underline',
  strike: 'mark-strike',
  note: 'note',
  text: 'mark-text',
  ink: 'mark-ink',
  arrow: 'mark-arrow',
  line: 'mark-line',
  rectangle: 'mark-rectangle',
  ellipse: 'mark-ellipse',
  stamp: 'mark-stamp',
};

export interface MarksBarProps {
  readonly marking: Marking;
  readonly onTool: (tool: MarkTool) => void;
  /** The button for stamps, with its list. */
  readonly stamps: ReactNode;
}

export function MarksBar({ marking, onTool, stamps }: MarksBarProps) {
  const { t } = useWords();
  const { store, tools } = marking;
  const state = useSyncExternalStore(tools.subscribe, tools.state);
  const marks = useSyncExternalStore(store.subscribe, store.shown);
  const single = state.selected.length === 1 ? marks.find(({ id }) => id === state.selected[0]) : undefined;
  const kind = single?.kind ?? (state.tool === 'select' ? null : state.tool);
  return (
    <div className="marks-bar" role="toolbar" aria-label={t('marks.tools')} data-testid={testIds.marks.bar}>
      {toolOrder.map((tool) =>
        tool === 'stamp' ? (
          <span key={tool}>{stamps}</span>
        ) : (
          <ToolButton
            key={tool}
            label={tool === 'select' ? t('marks.select') : t(`viewer.kind-${tool}`)}
            pressed={state.tool === tool}
            shortcut={shortcutFor(tool === 'highlight' ? 'highlight' : `mark-${tool}`)}
            testId={testIds.marks.tool(tool)}
            onClick={() => onTool(tool)}
          >
            <Icon name={signs[tool]} />
          </ToolButton>
        ),
      )}
      <span className="toolbar-line" />
      <Menu
        label={t('marks.shown')}
        testId={testIds.marks.shown}
        acts={markLayers.map((layer) => ({
          id: layer,
          label: t(`marks.layer-${layer}`),
          checked: !state.hidden.includes(layer),
          run: () => tools.toggleLayer(layer),
          testId: testIds.marks.shownLayer(layer),
        }))}
      >
        <Icon name="mark-shown" />
      </Menu>
      <ToolButton
        label={t('marks.undo')}
        shortcut={shortcutFor('mark-undo')}
        disabled={!store.mayUndo}
        testId={testIds.marks.undo}
        onClick={() => undo(marking)}
      >
        <Icon name="mark-undo" />
      </ToolButton>
      <ToolButton
        label={t('marks.redo')}
        shortcut={shortcutFor('mark-redo')}
        disabled={!store.mayRedo}
        testId={testIds.marks.redo}
        onClick={() => redo(marking)}
      >
        <Icon name="mark-redo" />
      </ToolButton>
      <span className="marks-choices">
        {kind === null || kind === 'note' ? null : (
          <ColourChoice marking={marking} now={single?.colour ?? state.colours[kind]} />
        )}
        <LayerChoice
          marking={marking}
          now={single === undefined || single.layer === 'imported' ? state.layer : single.layer}
        />
      </span>
    </div>
  );
}

/** What a screen reader is told while marks are made and read; there whether the line of marking is or not. */
export function MarkingSaid({ tools }: Pick<Marking, 'tools'>) {
  const { t } = useWords();
  const { said } = useSyncExternalStore(tools.subscribe, tools.state);
  return (
    <span className="visually-hidden" role="status" data-testid={testIds.marks.said}>
      {said === null ? '' : t(said.key, said.params)}
    </span>
  );
}
