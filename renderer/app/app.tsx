// The desk as a whole: top line, three panes or one screen, foot. It knows where the clerk is and runs the commands.
import { type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { DeskId } from '../../preload/contract/ids';
import type { CommandContext } from '../commands/command';
import { runShortcut } from '../commands/commands';
import { shortcutOf, typesInto } from '../commands/shortcut';
import { BatchScreen } from '../features/batch/batch-screen';
import { CalendarDialog } from '../features/calendar/calendar-dialog';
import { CopyScreen } from '../features/copies/copy-screen';
import { DevicesDialog } from '../features/devices/devices-dialog';
import { DocumentPane } from '../features/document/document-pane';
import { HandPlace } from '../features/hand/hand-place';
import { DraftScreen } from '../features/issue/draft-screen';
import { PicturesDialog } from '../features/pictures/pictures-dialog';
import { Folders } from '../features/queue/folders';
import { FolderList, SearchList } from '../features/queue/list';
import { QuitPlace } from '../features/quitting/quit-dialog';
import { FirstStart } from '../features/registers/first-start';
import { RegisterScreen } from '../features/registers/register-screen';
import { RoadScreen } from '../features/sign/road';
import { StampScreen } from '../features/stamps/stamp-screen';
import { Foot } from '../features/status/foot';
import { CheckScreen } from '../features/verify/check-screen';
import type { Folder } from '../ledger';
import { useDesk } from './desk';
import { HelpDialog } from './help-dialog';
import { NavigationContext } from './navigation';
import { cyclePane, focusShown, focusUp } from './panes';
import { SlotContext } from './slots';
import { testIds } from './test-ids';
import { TopLine } from './top-line';
import { type Travel, useTrail } from './use-trail';
import { isFull, type View, type ViewAct } from './view';

/** Keys that a field keeps for itself even with Ctrl: none of ours but those that need no typing. */
function belongsToField(shortcut: string, target: EventTarget | null): boolean {
  const bare = !shortcut.includes('Ctrl+') && !/^(Shift\+)?F\d/.test(shortcut);
  if (target instanceof HTMLElement && target.closest('[data-own-keys]') !== null) return true;
  // A field takes back what was typed in it.
  if (/^Ctrl\+[YZ]$/.test(shortcut) && typesInto(target)) return true;
  return bare && shortcut !== 'Esc' && typesInto(target);
}

function chosenFolder(view: View): Folder | 'check' | null {
  switch (view.kind) {
    case 'folder':
      return view.folder;
    case 'register':
      return `register-${view.which}`;
    case 'check':
      return 'check';
    case 'search':
      return null;
    case 'draft':
    case 'copy':
    case 'stamp':
    case 'road':
    case 'batch':
      return chosenFolder(view.back);
  }
}

/** The window's content once the ledger is open. */
export function App() {
  const { ledger, info, fail, settleMessage } = useDesk();
  const slots = useContext(SlotContext);
  const root = useRef<HTMLDivElement>(null);
  const { view, go, travel, said } = useTrail(info.profile, () => {
    if (root.current !== null) focusShown(root.current);
  });
  const [help, setHelp] = useState(false);
  const [devices, setDevices] = useState(false);
  const [pictures, setPictures] = useState(false);
  const [hand, setHand] = useState(false);
  const [calendar, setCalendar] = useState(false);
  const search = useRef<HTMLInputElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another place lets go of what was said at the last one
  useEffect(() => settleMessage(), [view, settleMessage]);

  const context = useRef<CommandContext | null>(null);
  context.current = {
    view,
    profile: info.profile,
    viewer: slots.get('viewer'),
    mainAct: slots.get('mainAct'),
    go,
    travel,
    cyclePane: (direction) => {
      if (root.current !== null) cyclePane(root.current, direction);
    },
    focusSearch: () => search.current?.select(),
    focusUp: () => {
      if (root.current !== null) focusUp(root.current);
    },
    showHelp: () => setHelp(true),
    showDevices: () => setDevices(true),
    showPictures: () => setPictures(true),
    showHand: () => setHand(true),
    showCalendar: () => setCalendar(true),
    sync: () => {
      ledger.syncNow().catch(fail);
    },
  };

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const shortcut = shortcutOf(event);
      const now = context.current;
      if (shortcut === undefined || now === null || event.defaultPrevented) return;
      // A modal dialog has its own keys.
      if (document.querySelector('dialog[open]') !== null || belongsToField(shortcut, event.target)) return;
      const fresh = {
        ...now,
        viewer: slots.get('viewer'),
        mainAct: slots.get('mainAct'),
        leaving: slots.get('leaving'),
        fileActs: slots.get('fileActs'),
      };
      if (runShortcut(shortcut, fresh)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [slots]);

  const navigation = useMemo(
    () => ({
      go,
      open: (folder: Parameters<typeof firstOpen>[0], document: DeskId) => go(firstOpen(folder, document)),
    }),
    [go],
  );

  return (
    <NavigationContext.Provider value={navigation}>
      <div ref={root} className="desk" data-testid={testIds.app} data-view={view.kind}>
        <Screen view={view} go={go} search={search} travel={travel} onHelp={() => setHelp(true)} />
        <p className="visually-hidden" role="status">
          {said}
        </p>
        <Foot onDevices={() => setDevices(true)} />
      </div>
      {info.needsNumbers && info.profile === 'clerk' ? <FirstStart /> : null}
      <HandPlace shown={hand} onShow={setHand} open={!isFull(view)} />
      {calendar ? <CalendarDialog onClose={() => setCalendar(false)} /> : null}
      {devices ? (
        <DevicesDialog
          onClose={() => setDevices(false)}
          onPictures={() => {
            setDevices(false);
            setPictures(true);
          }}
        />
      ) : null}
      {pictures ? <PicturesDialog onClose={() => setPictures(false)} /> : null}
      <QuitPlace />
      {help ? <HelpDialog onClose={() => setHelp(false)} /> : null}
    </NavigationContext.Provider>
  );
}

function firstOpen(folder: Extract<ViewAct, { readonly kind: 'open' }>['folder'], document: DeskId): ViewAct {
  return { kind: 'open', folder, document };
}

interface ScreenProps {
  readonly view: View;
  readonly go: (act: ViewAct) => void;
  readonly search: React.RefObject<HTMLInputElement | null>;
  readonly travel: Travel;
  readonly onHelp: () => void;
}

function Screen({ view, go, search, travel, onHelp }: ScreenProps) {
  const choose = useCallback((document: DeskId | null) => go({ kind: 'select', document }), [go]);
  if (view.kind === 'draft') return <DraftScreen key={view.document ?? 'new'} id={view.document} />;
  if (view.kind === 'copy') return <CopyScreen key={view.of ?? 'new'} of={view.of} />;
  if (view.kind === 'batch') return <BatchScreen />;
  if (view.kind === 'stamp') return <StampScreen key={view.document} id={view.document} />;
  if (view.kind === 'road') return <RoadScreen key={view.document} id={view.document} />;
  return (
    <>
      <TopLine
        search={search}
        text={view.kind === 'search' ? view.text : ''}
        go={go}
        travel={travel}
        onHelp={onHelp}
      />
      <div className="panes">
        <Folders chosen={chosenFolder(view)} onChoose={(folder) => go({ kind: 'folder', folder })} />
        <Inside view={view} onChoose={choose} />
      </div>
    </>
  );
}

interface InsideProps {
  readonly view: View;
  readonly onChoose: (document: DeskId | null) => void;
}

function enterDocument(): void {
  document
    .querySelector<HTMLElement>(
      '[data-pane="document"] .viewer-scroll, [data-pane="document"] .button-filled',
    )
    ?.focus();
}

function Inside({ view, onChoose }: InsideProps): ReactNode {
  switch (view.kind) {
    case 'folder':
      return (
        <>
          <FolderList
            key={view.folder}
            folder={view.folder}
            chosen={view.document}
            onChoose={onChoose}
            onEnter={enterDocument}
          />
          <DocumentPane id={view.document} />
        </>
      );
    case 'search':
      return (
        <>
          <SearchList text={view.text} chosen={view.document} onChoose={onChoose} onEnter={enterDocument} />
          <DocumentPane id={view.document} />
        </>
      );
    case 'register':
      return <RegisterScreen key={view.which} which={view.which} />;
    case 'check':
      return <CheckScreen />;
    case 'draft':
    case 'copy':
    case 'stamp':
    case 'road':
    case 'batch':
      return null;
  }
}
