// The thin tool line over the page: zoom, page, marks, find, file. It keeps no state of the document.
import type { ReactNode } from 'react';
import { testIds } from '../app/test-ids';
import { shortcutFor } from '../commands/commands';
import { useWords, type Words } from '../i18n/text';
import { ToolButton } from '../ui/button';
import { Icon } from '../ui/icon';
import { Menu, type MenuAct } from '../ui/menu';
import type { MarkTool } from './marks/mark-tools';
import { PageInput } from './page-input';
import type { Reading } from './use-reading';

export interface ToolbarProps {
  readonly zoom: number;
  readonly page: number;
  readonly pages: number;
  readonly tool: MarkTool;
  /** null: this file takes no marks here. */
  readonly onTool: ((tool: MarkTool) => void) | null;
  /** The line of marking is open. */
  readonly marksOpen: boolean;
  readonly onMarks: () => void;
  readonly finding: boolean;
  readonly reading: Reading;
  /** Pages are shown in other colours than their own. */
  readonly colours: boolean;
  readonly onChange: (part: Partial<Reading>) => void;
  /** null: something is being placed on the page as it lies in the file. */
  readonly onTurn: ((by: 1 | -1) => void) | null;
  readonly onColours: () => void;
  readonly onPresent: () => void;
  /** null: not from here. */
  readonly onCompare: (() => void) | null;
  readonly onPrint: (() => void) | null;
  readonly onPage: (page: number) => void;
  readonly onFind: () => void;
  readonly end: ReactNode;
}

/** Steps of the zoom buttons. */
export const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4] as const;

/** The next step above (`+1`) or below (`-1`) a zoom. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  const steps = direction === 1 ? zoomSteps : [...zoomSteps].reverse();
  return steps.find((step) => (direction === 1 ? step > zoom + 0.005 : step < zoom - 0.005)) ?? zoom;
}

/** The line of tools; `end` stands at its right end. */
export function Toolbar(props: ToolbarProps) {
  const { t } = useWords();
  const { onTool, onChange, reading } = props;
  return (
    <div className="toolbar" role="toolbar" aria-label={t('viewer.tools')}>
      <ToolButton
        label={t('viewer.side')}
        pressed={reading.side !== null}
        shortcut={shortcutFor('side')}
        testId={testIds.viewer.sideTool}
        onClick={() => onChange({ side: reading.side === null ? 'pages' : null })}
      >
        <Icon name="side" />
      </ToolButton>
      <span className="toolbar-line" />
      <ToolButton
        label={t('viewer.zoom-out')}
        shortcut="Ctrl+-"
        onClick={() => onChange({ zoom: nextZoom(props.zoom, -1) })}
      >
        <Icon name="minus" size={14} />
      </ToolButton>
      <span className="toolbar-zoom number">{Math.round(props.zoom * 100)} %</span>
      <ToolButton
        label={t('viewer.zoom-in')}
        shortcut="Ctrl+="
        onClick={() => onChange({ zoom: nextZoom(props.zoom, 1) })}
      >
        <Icon name="plus" size={14} />
      </ToolButton>
      <ToolButton label={t('viewer.fit')} shortcut="Ctrl+0" onClick={() => onChange({ zoom: 'width' })}>
        <Icon name="fit" size={15} />
      </ToolButton>
      <span className="toolbar-line" />
      <PageInput page={props.page} pages={props.pages} onPage={props.onPage} />
      <span className="toolbar-line" />
      {onTool === null ? null : (
        <>
          <ToolButton
            label={t('viewer.highlight')}
            pressed={props.tool === 'highlight'}
            testId={testIds.viewer.highlightTool}
            onClick={() => onTool('highlight')}
          >
            <Icon name="mark-highlight" />
          </ToolButton>
          <ToolButton
            label={t('viewer.note')}
            pressed={props.tool === 'note'}
            testId={testIds.viewer.noteTool}
            onClick={() => onTool('note')}
          >
            <Icon name="note" />
          </ToolButton>
          <ToolButton
            label={t('marks.open')}
            pressed={props.marksOpen}
            shortcut={shortcutFor('marks')}
            testId={testIds.marks.open}
            onClick={props.onMarks}
          >
            <Icon name="mark-ink" />
          </ToolButton>
        </>
      )}
      <ToolButton
        label={t('viewer.find')}
        pressed={props.finding}
        shortcut="Ctrl+F"
        testId={testIds.viewer.findTool}
        onClick={props.onFind}
      >
        {t('viewer.find')}
      </ToolButton>
      <Menu label={t('viewer.more')} acts={moreActs(props, t)} testId={testIds.viewer.more}>
        <Icon name="more" />
      </Menu>
      <span className="toolbar-end">{props.end}</span>
    </div>
  );
}

/** What is needed less often, behind one button. */
function moreActs(props: ToolbarProps, t: Words['t']): MenuAct[] {
  const { reading, onChange, onTurn, onPrint, onCompare } = props;
  return [
    {
      id: 'page',
      label: t('viewer.fit-page'),
      checked: reading.zoom === 'page',
      run: () => onChange({ zoom: 'page' }),
      testId: testIds.viewer.fitPage,
    },
    {
      id: 'two',
      label: t('viewer.two-pages'),
      checked: reading.spread === 'two',
      run: () => onChange({ spread: reading.spread === 'two' ? 'one' : 'two' }),
      testId: testIds.viewer.twoPages,
    },
    ...(onTurn === null
      ? []
      : [
          {
            id: 'turn',
            label: t('viewer.turn'),
            shortcut: shortcutFor('turn'),
            run: () => onTurn(1),
            testId: testIds.viewer.turn,
          },
          { id: 'turn-back', label: t('viewer.turn-back'), run: () => onTurn(-1) },
        ]),
    {
      id: 'colours',
      label: t('viewer.colours'),
      checked: props.colours,
      run: props.onColours,
      testId: testIds.viewer.colours,
    },
    { id: 'present', label: t('viewer.present'), shortcut: shortcutFor('present'), run: props.onPresent },
    ...(onCompare === null
      ? []
      : [
          {
            id: 'compare',
            label: t('compare.open'),
            shortcut: shortcutFor('compare'),
            run: onCompare,
            testId: testIds.compare.open,
          },
        ]),
    ...(onPrint === null
      ? []
      : [{ id: 'print', label: t('viewer.print'), shortcut: shortcutFor('print'), run: onPrint }]),
  ];
}
