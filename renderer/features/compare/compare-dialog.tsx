// The whole window for two versions of a file: which ones, and the way out. It stores nothing and changes neither file.
import { useCallback, useEffect, useId, useRef, useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { usePdf } from '../../pdf/use-pdf';
import { Button } from '../../ui/button';
import { Skeleton } from '../../ui/skeleton';
import { isPdf } from '../document/governing';
import { ChooseFile, DropPlace } from '../intake/choose-file';
import { useIntake } from '../intake/use-intake';
import { usePasswordOf } from '../intake/use-password-of';
import type { Side } from './differences';
import { OpenComparison } from './open-comparison';
import './compare.css';

export type ComparedFile = Pick<Attachment, 'sha256' | 'size' | 'name'>;

export interface CompareDialogProps {
  /** What the document has; the shown one first. */
  readonly files: readonly ComparedFile[];
  readonly onClose: () => void;
}

const nothing = (): null => null;

/** The shown file stands right as the later version, the one before it in the list, or one from the machine, left. */
export function CompareDialog({ files, onClose }: CompareDialogProps) {
  const { t } = useWords();
  const titleId = useId();
  const frame = useRef<HTMLDialogElement>(null);
  const { share, bring, dialog } = useIntake();
  /** The name of a chosen file that is no PDF. */
  const [refused, setRefused] = useState<string | null>(null);
  const [brought, setBrought] = useState<readonly ComparedFile[]>([]);
  const known = [...files, ...brought.filter((one) => files.every(({ sha256 }) => sha256 !== one.sha256))];
  const [chosen, setChosen] = useState<Readonly<Record<Side, Sha256 | null>>>({
    left: files[1]?.sha256 ?? null,
    right: files[0]?.sha256 ?? null,
  });
  const fileOf = (side: Side): ComparedFile | undefined =>
    known.find(({ sha256 }) => sha256 === chosen[side]);
  const [left, right] = [fileOf('left'), fileOf('right')];

  useEffect(() => {
    const element = frame.current;
    const opener = document.activeElement;
    if (element !== null && !element.open) element.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  const take = (side: Side) => (given: readonly File[]) =>
    bring(given.slice(0, 1), ([file]) => {
      const fits = file !== undefined && isPdf(file);
      setRefused(fits ? null : (file?.name ?? null));
      if (!fits) return;
      setBrought((now) => [...now, file]);
      setChosen((now) => ({ ...now, [side]: file.sha256 }));
    });

  return (
    <dialog
      ref={frame}
      className="compare"
      aria-labelledby={titleId}
      data-testid={testIds.compare.root}
      onCancel={(event) => {
        event.preventDefault();
        // A question over this window has its own Esc.
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <header className="compare-head">
        <h2 id={titleId}>{t('compare.title')}</h2>
        {(['left', 'right'] as const).map((side) => (
          <label key={side} className="compare-choice">
            <span>{t(`compare.${side}`)}</span>
            <select
              className="input"
              data-testid={testIds.compare.choice(side)}
              value={chosen[side] ?? ''}
              onChange={(event) => setChosen((now) => ({ ...now, [side]: event.target.value as Sha256 }))}
            >
              {chosen[side] === null ? <option value="">{t('compare.none-yet')}</option> : null}
              {known.map(({ sha256, name }) => (
                <option key={sha256} value={sha256}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        ))}
        <ChooseFile
          label="compare.choose"
          share={share}
          onFiles={take('left')}
          testId={testIds.compare.file}
        />
        <Button shortcut="Esc" onClick={onClose} testId={testIds.compare.close}>
          {t('common.close')}
        </Button>
      </header>
      <DeskMessage />
      {dialog}
      {refused === null ? null : (
        <p className="compare-refused" role="alert" data-testid={testIds.compare.refused}>
          {t('compare.not-pdf', { name: refused })}
        </p>
      )}
      {left === undefined || right === undefined ? (
        <DropPlace
          title="compare.choose-title"
          about="compare.choose-about"
          label="compare.choose"
          share={share}
          onFiles={take('left')}
          testId={testIds.compare.drop}
        />
      ) : left.sha256 === right.sha256 ? (
        <p
          className="compare-words"
          role="status"
          data-testid={testIds.compare.standing}
          data-kind="one-file"
        >
          {t('compare.one-file')}
        </p>
      ) : (
        <Both key={`${left.sha256} ${right.sha256}`} left={left} right={right} />
      )}
    </dialog>
  );
}

/** Opens both; what cannot be opened is said in words. */
function Both({ left, right }: { readonly left: ComparedFile; readonly right: ComparedFile }) {
  const { api } = useDesk();
  const { t } = useWords();
  const passwordOf = usePasswordOf();
  const report = useCallback(
    (error: unknown) => {
      const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      void api.app.report({ where: 'viewer', message: message.slice(0, 4000) });
    },
    [api],
  );
  const one = usePdf(left.sha256, left.size, report, passwordOf, nothing);
  const other = usePdf(right.sha256, right.size, report, passwordOf, nothing);
  const failed =
    one.kind === 'failed'
      ? ([one, left] as const)
      : other.kind === 'failed'
        ? ([other, right] as const)
        : null;
  if (failed !== null) {
    const [{ problem }, { name }] = failed;
    return (
      <p className="compare-words" role="status" data-testid={testIds.compare.standing} data-kind="failed">
        {t('compare.not-opened', { name })} {t(problem)}
      </p>
    );
  }
  if (one.kind !== 'open' || other.kind !== 'open') return <Skeleton lines={9} />;
  return (
    <OpenComparison
      left={{ ...one, name: left.name }}
      right={{ ...other, name: right.name }}
      onProblem={report}
    />
  );
}
