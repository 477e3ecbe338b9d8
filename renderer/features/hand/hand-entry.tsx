// One file by hand: what it is, what of it is here already, what to look at first, what is only kept. It takes nothing in.
import { type HandFinding, type HandReport, weightOf } from '../../../preload/contract/hand';
import type { DeskId } from '../../../preload/contract/ids';
import { statusName } from '../../../preload/contract/status-codes';
import { testIds } from '../../app/test-ids';
import { titleOf } from '../../db/identity';
import { countText, dayText, sizeText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { CheckField } from '../../ui/field';
import { organText } from '../document/facts';
import { type HandEntry, mayBring } from './use-hand';

export interface HandEntryProps {
  readonly entry: HandEntry;
  readonly onWant: (wanted: boolean) => void;
  readonly onOpen: (id: DeskId) => void;
}

export function HandEntryView({ entry, onWant, onOpen }: HandEntryProps) {
  const { t, sentence } = useWords();
  const { state } = entry;
  const report = 'report' in state ? state.report : null;
  const known = state.kind === 'read' || state.kind === 'bringing' ? state.known : null;
  return (
    <li
      className="attention-row"
      data-testid={testIds.hand.entry}
      data-kind={report?.kind ?? state.kind}
      data-known={known === null ? '' : known.same ? 'same' : (known.by ?? '')}
      data-brought={state.kind === 'brought'}
    >
      <h3 className="hand-name">{entry.name}</h3>
      {state.kind === 'waiting' || state.kind === 'reading' ? <p role="status">{t('hand.reading')}</p> : null}
      {state.kind === 'failed' ? <p>{sentence(state.told.code)}</p> : null}
      {report === null ? null : <Understood report={report} />}
      {known?.same === true ? <p>{t('hand.known-same')}</p> : null}
      {known === null || known.document === null ? null : (
        <Known by={known.by} id={known.document} onOpen={onOpen} />
      )}
      {report === null || !('findings' in report) ? null : <Findings findings={report.findings} />}
      {state.kind === 'read' && state.fault !== null ? (
        <p role="alert">{sentence(state.fault.code)}</p>
      ) : null}
      {mayBring(state) ? (
        <CheckField
          label={t('hand.want')}
          checked={entry.wanted}
          onChange={onWant}
          testId={testIds.hand.wanted}
        />
      ) : null}
      {state.kind === 'brought' && state.report.kind !== 'secret' ? (
        <Brought id={state.id} onOpen={onOpen} />
      ) : null}
    </li>
  );
}

function Known(props: { by: 'identity' | 'number' | null; id: DeskId; onOpen: (id: DeskId) => void }) {
  const { t } = useWords();
  return (
    <p>
      <Chip tone="warning">{t('hand.known')}</Chip>{' '}
      {t(props.by === 'identity' ? 'hand.known-identity' : 'hand.known-number')}{' '}
      <button type="button" className="link" onClick={() => props.onOpen(props.id)}>
        {t('incoming.show-other')}
      </button>
    </p>
  );
}

function Brought({ id, onOpen }: { id: DeskId | null; onOpen: (id: DeskId) => void }) {
  const { t } = useWords();
  return (
    <p role="status">
      <Chip tone="good">{t('hand.brought')}</Chip>{' '}
      {id === null ? null : (
        <Button look="quiet" onClick={() => onOpen(id)}>
          {t('hand.open')}
        </Button>
      )}
    </p>
  );
}

function Understood({ report }: { readonly report: HandReport }) {
  const { t, sentence } = useWords();
  switch (report.kind) {
    case 'secret':
      return <p role="alert">{t('hand.secret')}</p>;
    case 'unreadable':
      return <p role="alert">{sentence(report.code)}</p>;
    case 'status': {
      const { status } = report;
      return (
        <p>
          {t('hand.is-status', {
            name: statusName(status.code),
            code: status.responseFor.code || status.responseFor.documentId,
            from: organText(status.from),
          })}
        </p>
      );
    }
    case 'document': {
      const { facts, files } = report;
      return (
        <>
          <p>
            <strong>
              {[facts.typeName, titleOf(facts)].filter(Boolean).join(' ')}
              {facts.issuedOn === null ? '' : ` (${dayText(facts.issuedOn)})`}
            </strong>{' '}
            {facts.business.type === '0' ? null : (
              <Chip tone="warning">{t(`business.${facts.business.type}`)}</Chip>
            )}
          </p>
          <p>{facts.subject}</p>
          <p className="quiet">{t('hand.from', { from: organText(facts.sender) })}</p>
          <p className="quiet">
            {t('hand.files', { count: countText(files.length) })}{' '}
            {files
              .slice(0, 20)
              .map((file) => `${file.name} (${sizeText(file.size)})`)
              .join('; ')}
          </p>
        </>
      );
    }
  }
}

/** Grave ones first; what is only kept is folded away. */
function Findings({ findings }: { readonly findings: readonly HandFinding[] }) {
  const { t } = useWords();
  const of = (weight: ReturnType<typeof weightOf>) =>
    findings.filter((finding) => weightOf(finding.code) === weight);
  const [stop, look, kept] = [of('stop'), of('look'), of('kept')];
  if (findings.length === 0) return <p>{t('hand.all-understood')}</p>;
  return (
    <>
      {stop.length + look.length === 0 ? null : (
        <ul className="hand-findings">
          {[...stop, ...look].map((finding) => (
            <FindingLine key={`${finding.code} ${finding.detail}`} finding={finding} />
          ))}
        </ul>
      )}
      {kept.length === 0 ? null : (
        <details>
          <summary>{t('hand.kept', { count: countText(kept.length) })}</summary>
          <ul className="hand-findings">
            {kept.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, whose lines may be equal
              <FindingLine key={index} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function FindingLine({ finding }: { readonly finding: HandFinding }) {
  const { t } = useWords();
  const grave = weightOf(finding.code) === 'stop';
  return (
    <li data-testid={testIds.hand.finding} data-code={finding.code}>
      {grave ? <Chip tone="bad">{t('hand.look-first')}</Chip> : null}{' '}
      {t(`hand.finding-${finding.code}`, { detail: finding.detail })}
    </li>
  );
}
