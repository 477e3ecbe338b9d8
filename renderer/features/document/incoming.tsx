// The right side of an incoming document: the next act of law as the one filled button, then the facts and what happened.
import { useCallback, useEffect, useState } from 'react';
import { newDeskId } from '../../../preload/contract/ids';
import type { IncomingDocument } from '../../../preload/contract/records';
import { incomingEnd } from '../../acts/notices';
import { useAct, useDesk } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import type { DocumentView, IncomingAct } from '../../ledger';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { AskedNotes, NoticeActs } from '../changes/notice';
import { ExportButton } from '../hand/export-button';
import { sheetWords } from '../marking/kept-sheet';
import { SheetButton } from '../marking/sheet-dialog';
import { endedKey, stateKey } from '../queue/words';
import { AcceptForm } from './accept-form';
import { Facts, OtherFacts } from './facts';
import { isPdf } from './governing';
import { History } from './history';
import { ReasonDialog } from './reason-dialog';
import { AssignForm, FollowForm, PresentForm } from './route-forms';

export type IncomingView = Extract<DocumentView, { readonly kind: 'incoming' }>;

type Asking = 'refuse' | 'refuse-recall' | null;

/** Acts, facts, history. */
export function IncomingSide({ view }: { readonly view: IncomingView }) {
  const { document } = view;
  const { t } = useWords();
  const { ledger, done } = useDesk();
  const [asking, setAsking] = useState<Asking>(null);
  const close = useCallback(() => setAsking(null), []);
  const { id } = document;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document closes what was asked of the one before
  useEffect(() => setAsking(null), [id]);
  const arrival =
    document.arrivalNumber === null || document.arrivalDate === null
      ? ''
      : t('fact.arrival-words', { number: document.arrivalNumber, day: dayText(document.arrivalDate) });
  return (
    <>
      <IncomingActs view={view} onAsk={setAsking} />
      <Facts
        facts={document.facts}
        files={document.attachments}
        onPaper={document.docId === null}
        more={[
          {
            name: 'state',
            label: 'fact.state',
            words: t(endedKey(incomingEnd(document)) ?? stateKey(document.state)),
          },
          { name: 'arrival', label: 'fact.arrival', words: arrival },
          { name: 'presented-to', label: 'fact.presented-to', words: document.presentedTo },
          { name: 'opinion', label: 'fact.opinion', words: document.opinion },
          { name: 'assigned-to', label: 'fact.assigned-to', words: document.assignedTo },
          { name: 'sheet', label: 'sheet.fact', words: sheetWords(document, t) },
        ]}
      />
      <History entries={document.history} sending={view.sending} />
      <OtherFacts facts={document.facts} />
      {asking === 'refuse' ? (
        <ReasonDialog
          document={id}
          title="refuse.title"
          about="refuse.about"
          confirm="refuse.confirm"
          onConfirm={async (reason) => {
            await ledger.acts.refuse({ id, reason });
            done(t('done.refused'));
          }}
          onClose={close}
        />
      ) : null}
      {asking === 'refuse-recall' ? (
        <ReasonDialog
          document={id}
          title="refuse-recall.title"
          about="refuse-recall.about"
          confirm="refuse-recall.confirm"
          onConfirm={async (reason) => {
            await ledger.acts.refuseRecall({ id, reason });
            done(t('done.recall-refused'));
          }}
          onClose={close}
        />
      ) : null}
    </>
  );
}

interface IncomingActsProps {
  readonly view: IncomingView;
  readonly onAsk: (asking: Asking) => void;
}

function IncomingActs({ view, onAsk }: IncomingActsProps) {
  const { document, may } = view;
  const { t, sentence } = useWords();
  const can = (act: IncomingAct): boolean => may.includes(act);
  return (
    <section className="acts">
      <Notes document={document} />
      <AskedNotes document={document} />
      {document.state === 'to-accept' &&
      !can('set-aside') &&
      (document.facts.business.type === '0' || can('register-and-accept')) ? (
        <AcceptForm key={document.id} document={document} may={may} />
      ) : null}
      {can('agree-recall') ? (
        <NoticeActs key={document.id} document={document} onRefuse={() => onAsk('refuse-recall')} />
      ) : null}
      {can('present') ? <PresentForm key={document.id} document={document} /> : null}
      {can('assign') ? <AssignForm key={document.id} document={document} /> : null}
      {can('finish') ? (
        <FollowForm key={document.id} document={document} canProgress={can('progress')} />
      ) : null}
      {document.state === 'unreadable' ? <p>{sentence(document.problem ?? 'internal')}</p> : null}
      {document.state === 'secret' ? (
        <>
          <p>{t('incoming.secret')}</p>
          <p>{t('incoming.secret-package', { docId: document.docId ?? '' })}</p>
        </>
      ) : null}
      {can('refuse') ? (
        <Button
          wide
          look={can('register-and-accept') ? 'plain' : 'danger'}
          onClick={() => onAsk('refuse')}
          testId={testIds.act.refuse}
        >
          {t('act.refuse')}
        </Button>
      ) : null}
      {can('answer') ? <AnswerButton document={document} /> : null}
      <SheetButton document={document} />
      <ArrivalStampButton document={document} />
      <CopyButton document={document} />
      {document.state === 'secret' ? null : <ExportButton id={document.id} />}
    </section>
  );
}

function Notes({ document }: { readonly document: IncomingDocument }) {
  const { t, sentence } = useWords();
  const { open } = useNavigation();
  const { duplicateOf, concerns, problem } = document;
  return (
    <>
      {problem === 'edxml-file-missing' ? (
        <p className="side-note message message-warning">{sentence(problem)}</p>
      ) : null}
      {duplicateOf === null ? null : (
        <p className="side-note message message-warning">
          <span>
            {t(document.facts.business.type === '1' ? 'notice.twice' : 'incoming.duplicate')}{' '}
            <button type="button" className="link" onClick={() => open('in-to-accept', duplicateOf)}>
              {t('incoming.show-other')}
            </button>
          </span>
        </p>
      )}
      {document.facts.business.type === '0' ? null : (
        <p className="side-note message message-warning">
          <span>
            <Chip tone="warning">{t(`business.${document.facts.business.type}`)}</Chip>{' '}
            {document.facts.business.reason}{' '}
            {concerns === null ? (
              t('incoming.concerns-nothing')
            ) : (
              <button type="button" className="link" onClick={() => open('in-progress', concerns)}>
                {t('incoming.show-concerned')}
              </button>
            )}
          </span>
        </p>
      )}
    </>
  );
}

/** The ĐẾN stamp on a copy; the original stays as it came. */
function ArrivalStampButton({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { go } = useNavigation();
  if (document.arrivalNumber === null || !document.attachments.some(isPdf)) return null;
  return (
    <Button
      wide
      look="quiet"
      onClick={() => go({ kind: 'stamp', document: document.id })}
      testId={testIds.act.arrivalStamp}
    >
      {t('act.arrival-stamp')}
    </Button>
  );
}

/** A copy of a document that is here: sao y, sao lục, trích sao. */
function CopyButton({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { go } = useNavigation();
  if (!document.attachments.some(isPdf) || document.state === 'refused') return null;
  return (
    <Button
      wide
      look="quiet"
      onClick={() => go({ kind: 'copy', of: document.id })}
      testId={testIds.act.copyOf}
    >
      {t('act.copy-of')}
    </Button>
  );
}

function AnswerButton({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { ledger } = useDesk();
  const { go } = useNavigation();
  const act = useAct();
  const [draft] = useState(newDeskId);
  const answer = (): void => {
    void act.run(async () => {
      await ledger.acts.answer({ id: document.id, draft });
      go({ kind: 'draft', document: draft });
    });
  };
  return (
    <Button wide busy={act.busy} onClick={answer} testId={testIds.act.answer}>
      {t('act.answer')}
    </Button>
  );
}
