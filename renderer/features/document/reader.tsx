// The page of a document with the clerk's marks, and the choice among its files. Originals never change: marks lie in the ledger.
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import type { DeskId, Instant, Sha256 } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { instantText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { MarkDesk } from '../../pdf/marks/mark-desk';
import { openingAhead } from '../../pdf/opening-ahead';
import { usePlan } from '../../pdf/use-plan';
import type { CopyWithNotes } from '../../pdf/use-printing';
import { Viewer } from '../../pdf/viewer';
import type { ViewerProps } from '../../pdf/viewer-props';
import { ToolButton } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { CompareDialog, type ComparedFile } from '../compare/compare-dialog';
import { MadeFromNote } from '../intake/made-from-note';
import { PasswordForm, type Unlocked } from '../intake/password-form';
import { usePasswordOf } from '../intake/use-password-of';
import { exportedMarks, ownLayers } from '../marking/exported';
import { MarkedCopy, type MarkedCopyProps } from '../marking/marked-copy';
import { useImportedMarks } from '../marking/use-imported-marks';
import { StampPicturesDialog } from '../marks/stamp-pictures-dialog';
import { useMarkDesk } from '../marks/use-mark-desk';
import { useStampPictures } from '../marks/use-stamp-pictures';
import { OtherFile } from '../other-kinds/other-file';
import { FileChoice } from './file-choice';
import { isPdf, mainFile } from './governing';
import { saveBytes } from './save-bytes';

export interface ReaderProps {
  readonly documentId: DeskId;
  readonly files: readonly Attachment[];
  readonly placement?: ViewerProps['placement'];
  readonly written?: ViewerProps['written'];
  /** Other versions of the files, to be compared with. */
  readonly versions?: readonly ComparedFile[];
  /** false: a file that is being signed takes no marks. */
  readonly marking?: boolean;
  readonly fit?: ViewerProps['fit'];
  /** What a stamp of arrival says. */
  readonly arrival?: MarkDesk['arrival'];
  /** Puts a file with marks in the place of this draft that nobody has signed. */
  readonly onDraft?: (marked: Attachment, draft: Attachment) => Promise<void>;
  /** An encrypted file was opened; left out: its new verdict is kept with its document. */
  readonly onUnlocked?: (file: Attachment) => void;
}

/** Shows the chosen file; of one that is no PDF what can be shown of it, without marks. */
export function Reader(props: ReaderProps) {
  const { documentId, files, placement, written, marking = true, fit = 'width', versions = [] } = props;
  const { t } = useWords();
  const { api, fail, done } = useDesk();
  const [chosen, setChosen] = useState<Sha256 | null>(null);
  const planFor = usePlan(fit);
  const wanted = useRef<Sha256 | null>(null);
  const [comparing, setComparing] = useState(false);
  const passwordOf = usePasswordOf();
  const file = files.find((one) => one.sha256 === chosen) ?? mainFile(files);
  if (file === undefined) {
    return (
      <div className="viewer-none">
        <p className="viewer-problem">{t('reader.no-file')}</p>
      </div>
    );
  }
  const choose = (sha256: Sha256): void => {
    wanted.current = sha256;
    const show = (): void => {
      // Somebody may have chosen another one meanwhile.
      if (wanted.current === sha256) setChosen(sha256);
    };
    const next = files.find((one) => one.sha256 === sha256);
    if (next === undefined || !isPdf(next)) show();
    else openingAhead.begin(sha256, next.size, passwordOf, planFor(sha256)).then(show, show);
  };
  const save = (): void => {
    answerOf(api.files.saveCopy({ sha256: file.sha256, name: file.name })).then((answer) => {
      if (answer.saved) done(t('reader.saved'));
    }, fail);
  };
  const end = (
    <>
      <FileChoice key={file.sha256} files={files} shown={file.sha256} onChoose={choose} />
      <ToolButton label={t('reader.save')} onClick={save} testId={testIds.saveFile}>
        <Icon name="save" />
      </ToolButton>
    </>
  );
  if (!isPdf(file)) {
    return (
      <OtherFile
        key={file.sha256}
        file={file}
        end={end}
        onSave={save}
        onPdf={(made) => (
          <>
            <MadeFromNote file={made} />
            <MarkedViewer
              documentId={documentId}
              file={made}
              end={end}
              marking={false}
              fit="width"
              arrival={null}
              onUnlocked={undefined}
              onDraft={undefined}
            />
          </>
        )}
      />
    );
  }
  return (
    <>
      <MadeFromNote file={file} />
      <MarkedViewer
        key={file.sha256}
        documentId={documentId}
        file={file}
        end={end}
        marking={marking}
        fit={fit}
        arrival={props.arrival ?? null}
        onCompare={() => setComparing(true)}
        onUnlocked={props.onUnlocked}
        onDraft={props.onDraft}
        {...(placement === undefined || file !== mainFile(files) ? {} : { placement })}
        {...(written === undefined || file !== mainFile(files) ? {} : { written })}
      />
      {comparing ? (
        <CompareDialog files={comparable(file, files, versions)} onClose={() => setComparing(false)} />
      ) : null}
    </>
  );
}

/** The shown file first, then what else of the document can stand beside it: its other versions before its other files. */
function comparable(
  shown: Attachment,
  files: readonly Attachment[],
  versions: readonly ComparedFile[],
): ComparedFile[] {
  const seen = new Set<Sha256>([shown.sha256]);
  const before =
    shown.madeFrom?.originals.filter(({ contentType }) => contentType === 'application/pdf') ?? [];
  const others = [...before, ...versions, ...files.filter(isPdf)].filter(({ sha256 }) => {
    const first = !seen.has(sha256);
    seen.add(sha256);
    return first;
  });
  return [shown, ...others];
}

interface MarkedViewerProps {
  readonly documentId: DeskId;
  readonly file: Attachment;
  readonly end: ReactNode;
  readonly marking: boolean;
  readonly fit: NonNullable<ViewerProps['fit']>;
  readonly arrival: MarkDesk['arrival'];
  readonly onUnlocked: ReaderProps['onUnlocked'];
  readonly onDraft: ReaderProps['onDraft'];
  readonly onCompare?: () => void;
  readonly placement?: ViewerProps['placement'];
  readonly written?: ViewerProps['written'];
}

function MarkedViewer(props: MarkedViewerProps) {
  const { documentId, file, end, marking, fit, placement, written, arrival } = props;
  const { api, ledger, info, fail, done } = useDesk();
  const { t } = useWords();
  const report = useCallback(
    (error: unknown) => {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      void api.app.report({ where: 'viewer', message: message.slice(0, 4000) });
    },
    [api],
  );
  const passwordOf = usePasswordOf();
  /** A viewer of its own for each time the file was opened. */
  const [opened, setOpened] = useState(0);
  const unlocked = ({ verdict, at }: Unlocked): void => {
    setOpened((now) => now + 1);
    if (props.onUnlocked === undefined) {
      ledger.acts.checkAgain({ id: documentId, sha256: file.sha256 }).catch(fail);
    } else props.onUnlocked({ ...file, verdict, verifiedAt: at });
  };
  const [shown, setShown] = useState(false);
  const pictures = useStampPictures(shown);
  const [stamps, setStamps] = useState(false);
  const onStampPictures = (): void => setStamps(true);
  const marks = useMarkDesk({
    ...{ documentId, fileSha: file.sha256, may: marking, arrival, pictures, onStampPictures },
  });
  useImportedMarks(marks.store, documentId, file.sha256, opened, shown);
  const copyWithNotes = async (notes: readonly Annotation[]): Promise<CopyWithNotes> => {
    const wanted = exportedMarks(notes, ownLayers);
    const made = await answerOf(api.marking.forPrint({ sha256: file.sha256, marks: wanted }));
    return { ...made, done: () => void answerOf(api.marking.printed({ sha256: made.sha256 })).catch(report) };
  };
  const { onDraft } = props;
  const draft: MarkedCopyProps['onDraft'] =
    onDraft === undefined || file.verdict?.verdict !== 'unsigned'
      ? undefined
      : (marked) => onDraft(marked, file);
  return (
    <>
      <Viewer
        key={opened}
        file={file}
        passwordOf={passwordOf}
        locked={<PasswordForm key={file.sha256} file={file} onUnlocked={unlocked} />}
        marks={marks}
        onProblem={report}
        onShown={() => setShown(true)}
        onAddress={(address) => {
          answerOf(api.links.open({ address })).catch(fail);
        }}
        onSaveEnclosed={(enclosed) => {
          saveBytes(api, enclosed).then((saved) => {
            if (saved) done(t('reader.saved'));
          }, fail);
        }}
        {...(marking ? { copyWithNotes } : {})}
        printMark={() =>
          t('viewer.print-mark', { at: instantText(new Date().toISOString() as Instant), user: info.user })
        }
        toolbarEnd={
          <>
            {end}
            {marking ? <MarkedCopy file={file} store={marks.store} onDraft={draft} /> : null}
          </>
        }
        fit={fit}
        {...(props.onCompare === undefined ? {} : { onCompare: props.onCompare })}
        {...(written === undefined ? {} : { written })}
        {...(placement === undefined ? {} : { placement })}
      />
      {stamps ? <StampPicturesDialog pictures={pictures} onClose={() => setStamps(false)} /> : null}
    </>
  );
}
