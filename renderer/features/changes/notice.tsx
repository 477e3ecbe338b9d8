// A recall, update or replacement that came in: what is asked, of which document, what agreeing would change, and the two
// answers. Nothing happens by looking at it.
import { useMemo } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { IncomingDocument } from '../../../preload/contract/records';
import { type ChangedFact, changedFacts, isRegistered, takesOff } from '../../acts/notices';
import { useAct, useDesk, useLive } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { organText } from '../document/facts';
import { MainButton } from '../document/route-forms';
import { urgencyName } from '../queue/words';

const names: Record<ChangedFact['name'], TextKey> = {
  typeName: 'fact.type',
  subject: 'fact.subject',
  content: 'changed.content',
  place: 'draft.place',
  urgency: 'draft.urgency',
  dueOn: 'fact.due',
  signer: 'fact.signer',
  toPlaces: 'changed.to-places',
  receivers: 'fact.receivers',
};

/** The document that is asked about, while it is here. */
function useTarget(id: DeskId | null): IncomingDocument | null {
  const { ledger } = useDesk();
  const live = useMemo(
    () => (id === null ? { subscribe: () => () => undefined } : ledger.document(id)),
    [ledger, id],
  );
  const state = useLive(live);
  return id !== null && state.kind === 'read' && state.value.kind === 'incoming'
    ? state.value.document
    : null;
}

export interface NoticeActsProps {
  readonly document: IncomingDocument;
  readonly onRefuse: () => void;
}

/** The task of the clerk: agree or refuse, with all that is needed to decide. */
export function NoticeActs({ document, onRefuse }: NoticeActsProps) {
  const { t } = useWords();
  const { ledger, info, done } = useDesk();
  const act = useAct();
  const target = useTarget(document.concerns);
  const { business } = document.facts;
  const isOver = target !== null && (target.state === 'recalled' || target.state === 'refused');
  const registered = isRegistered(document);
  const off = takesOff(document.facts, info.agency.code);
  const cannot = business.type === '2' && target === null && !registered;
  const agree = async (): Promise<void> => {
    await ledger.acts.agreeRecall({ id: document.id });
    done(t('done.recall-agreed'));
  };
  const label: TextKey =
    target === null && business.type === '1'
      ? 'notice.agree-absent'
      : off
        ? 'notice.agree-taken-off'
        : business.type === '1'
          ? 'notice.agree-recall'
          : 'notice.agree-change';
  const reason = cannot ? t('notice.target-missing') : undefined;
  return (
    <>
      <h2>{t('notice.title')}</h2>
      <p className="quiet">{t('notice.about', { sender: organText(document.facts.sender) })}</p>
      {business.decidedBy === undefined ? null : (
        <p className="quiet">{t('notice.decided-by', { who: business.decidedBy })}</p>
      )}
      {target === null && !registered ? <p>{t('notice.target-missing')}</p> : null}
      {isOver ? <p>{t('notice.target-over')}</p> : null}
      {off ? <p>{t('notice.takes-off')}</p> : null}
      {business.type !== '1' && !info.hub.ways.answersChanges ? (
        <p className="quiet">{t('notice.not-told')}</p>
      ) : null}
      {target === null || isOver || off ? null : <Changes target={target} notice={document} />}
      {/* What is registered too has that as its one filled button. */}
      {registered ? (
        <Button
          wide
          busy={act.busy}
          reason={reason}
          onClick={() => void act.run(agree)}
          testId={testIds.act.agreeRecall}
        >
          {t(label)}
        </Button>
      ) : (
        <MainButton label={label} reason={reason} testId={testIds.act.agreeRecall} run={agree} />
      )}
      <Button wide onClick={onRefuse} testId={testIds.act.refuseRecall}>
        {t('notice.refuse')}
      </Button>
    </>
  );
}

function Changes({
  target,
  notice,
}: {
  readonly target: IncomingDocument;
  readonly notice: IncomingDocument;
}) {
  const { t } = useWords();
  if (notice.facts.business.type !== '2') return null;
  const changes = changedFacts(target.facts, notice.facts);
  const words = (name: ChangedFact['name'], value: string): string => {
    if (value === '') return t('notice.empty');
    if (name === 'urgency') return t(urgencyName(Number(value)));
    return name === 'dueOn' ? dayText(value as Parameters<typeof dayText>[0]) : value;
  };
  if (changes.length === 0) return <p className="quiet">{t('notice.no-changes')}</p>;
  return (
    <section className="changed-facts" data-testid={testIds.changes.changedFacts}>
      <h3>{t('notice.changes')}</h3>
      <dl className="facts">
        {changes.map(({ name, before, after }) => (
          <div key={name} className="fact" data-name={name}>
            <dt>{t(names[name])}</dt>
            <dd>
              <span className="quiet">{t('notice.before')}: </span>
              <del>{words(name, before)}</del>
              <span className="quiet">{t('notice.after')}: </span>
              <ins>{words(name, after)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** At the document itself: that its sender asked for it, with the way to the request; and what to do when it came too late. */
export function AskedNotes({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const { open } = useNavigation();
  const act = useAct();
  const before = document.history.some((entry) => entry.what === 'recalled-before');
  const late = before && document.state === 'to-accept';
  const { unknownType } = document.facts.business;
  return (
    <>
      {unknownType === undefined ? null : (
        <p className="side-note message message-warning">{t('business.unknown', { code: unknownType })}</p>
      )}
      {(document.asked ?? []).map(({ notice, type }) => (
        <p key={notice} className="side-note message message-warning" data-testid={testIds.changes.asked}>
          <span>
            {t(`asked.${type}`)}{' '}
            <button type="button" className="link" onClick={() => open('in-to-accept', notice)}>
              {t('asked.show')}
            </button>
          </span>
        </p>
      ))}
      {late ? (
        <>
          <p>{t('asked.agreed-before')}</p>
          <Button
            wide
            busy={act.busy}
            testId={testIds.act.setAside}
            onClick={() =>
              void act.run(async () => {
                await ledger.acts.setAside({ id: document.id });
                done(t('done.set-aside'));
              })
            }
          >
            {t('act.set-aside')}
          </Button>
        </>
      ) : null}
    </>
  );
}
