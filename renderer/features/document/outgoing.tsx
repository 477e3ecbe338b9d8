// The right side of an outgoing document: which step is next, who has it, what came back from each receiver.
import { useState } from 'react';
import { dayOf, newDeskId } from '../../../preload/contract/ids';
import type { Delivery, OutgoingDocument } from '../../../preload/contract/records';
import { statusName } from '../../../preload/contract/status-codes';
import { endOf } from '../../acts/sent-changes';
import { useAct, useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { dayText, instantText, shortDayText, timeText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';
import type { DocumentView } from '../../ledger';
import { Button } from '../../ui/button';
import { Chip, type Tone } from '../../ui/chip';
import { SilenceNote } from '../calendar/silence-note';
import { SentActs } from '../changes/sent-acts';
import { ExportButton } from '../hand/export-button';
import { endedKey, stateKey } from '../queue/words';
import { Facts, OtherFacts, organText } from './facts';
import { History } from './history';
import { MainButton } from './route-forms';

export type OutgoingView = Extract<DocumentView, { readonly kind: 'outgoing' }>;

/** All files of an outgoing document, the main one first. */
export function outgoingFiles(document: OutgoingDocument): OutgoingDocument['annexes'] {
  return document.main === null ? document.annexes : [document.main, ...document.annexes];
}

/** Acts, deliveries, facts, history. */
export function OutgoingSide({ view }: { readonly view: OutgoingView }) {
  const { document, may } = view;
  const { t } = useWords();
  const given = document.numberGiven;
  return (
    <>
      <section className="acts">
        <NextStep document={document} />
        {may.includes('take-up-again') ? <TakeUpAgain document={document} /> : null}
        {may.includes('discard') ? <Discard document={document} /> : null}
        <SentActs key={document.id} view={view} />
        {document.packageSha === null && document.seal === null ? null : <ExportButton id={document.id} />}
      </section>
      <Deliveries deliveries={document.deliveries} />
      <SilenceNote silence={view.silence} />
      <Facts
        facts={document.facts}
        files={outgoingFiles(document)}
        more={[
          {
            name: 'state',
            label: 'fact.state',
            words: t(endedKey(endOf(document)) ?? stateKey(document.state)),
          },
          {
            name: 'given',
            label: 'fact.given',
            words:
              given === null ? '' : t('fact.given-words', { number: given.number, day: dayText(given.date) }),
          },
          {
            name: 'sent-at',
            label: 'fact.sent-at',
            words: document.sentAt === null ? '' : instantText(document.sentAt),
          },
        ]}
      />
      <History entries={document.history} sending={view.sending} />
      <OtherFacts facts={document.facts} />
    </>
  );
}

const nextLabels: Partial<Record<OutgoingDocument['state'], TextKey>> = {
  'to-sign': 'next.to-sign',
  'to-number': 'next.to-number',
  'to-seal': 'next.to-seal',
  'to-send': 'next.to-send',
};

function NextStep({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { go } = useNavigation();
  const { info } = useDesk();
  const label = nextLabels[document.state];
  if (document.state === 'draft') {
    return (
      <>
        <h2>{t(stateKey(document.state))}</h2>
        <MainButton
          key="draft"
          label="act.open-draft"
          reason={undefined}
          testId={testIds.act.openDraft}
          run={async () => go({ kind: 'draft', document: document.id })}
        />
      </>
    );
  }
  if (info.profile === 'leader' && document.leaderSignature !== null) {
    return <SignedForClerk document={document} />;
  }
  return (
    <>
      <h2>{t(stateKey(document.state))}</h2>
      {label === undefined ? null : (
        <MainButton
          key={document.state}
          label={label}
          reason={undefined}
          testId={testIds.act.openRoad}
          run={async () => go({ kind: 'road', document: document.id })}
        />
      )}
    </>
  );
}

/** A leader's work ends with the signature: the file goes to the clerk. */
function SignedForClerk({ document }: { readonly document: OutgoingDocument }) {
  const { t } = useWords();
  const { api, done } = useDesk();
  const { main } = document;
  return (
    <>
      <h2>{t('folder.leader-signed')}</h2>
      {main === null ? null : (
        <MainButton
          key="save"
          label="act.save-signed"
          reason={undefined}
          testId={testIds.act.saveSigned}
          run={async () => {
            const { saved } = await answerOf(api.files.saveCopy({ sha256: main.sha256, name: main.name }));
            if (saved) done(t('reader.saved'));
          }}
        />
      )}
    </>
  );
}

function TakeUpAgain({ document }: { readonly document: OutgoingDocument }) {
  const { ledger } = useDesk();
  const { go } = useNavigation();
  const [draft] = useState(newDeskId);
  return (
    <MainButton
      label="act.take-up-again"
      reason={undefined}
      testId={testIds.act.takeUpAgain}
      run={async () => {
        await ledger.acts.takeUpAgain({ id: document.id, draft });
        go({ kind: 'draft', document: draft });
      }}
    />
  );
}

function Discard({ document }: { readonly document: OutgoingDocument }) {
  const { ledger, done } = useDesk();
  const { t } = useWords();
  const act = useAct();
  const discard = (): void =>
    void act.run(async () => {
      await ledger.acts.discard({ id: document.id });
      done(t('done.discarded'));
    });
  return (
    <Button wide busy={act.busy} onClick={discard} testId={testIds.act.discard}>
      {t('act.discard')}
    </Button>
  );
}

const deliveryTones: Readonly<Record<string, Tone>> = {
  waiting: 'warning',
  sent: 'neutral',
  '01': 'neutral',
  '02': 'bad',
  '16': 'bad',
};

function deliveryKey(state: string): TextKey | null {
  if (state === 'waiting') return 'delivery.waiting';
  return state === 'sent' ? 'delivery.sent' : null;
}

function Deliveries({ deliveries }: { readonly deliveries: readonly Delivery[] }) {
  const { t } = useWords();
  const { statusWords } = useDesk().info.hub.ways;
  if (deliveries.length === 0) return null;
  return (
    <section className="deliveries">
      <h2>{t('delivery.title')}</h2>
      <ul>
        {deliveries.map((one) => {
          const key = deliveryKey(one.state);
          return (
            <li
              key={one.organ.code}
              data-testid={testIds.delivery}
              data-code={one.organ.code}
              data-state={one.state}
            >
              <span>
                {organText(one.organ)}
                {one.removed === true ? <span className="quiet"> · {t('delivery.removed')}</span> : null}
              </span>
              <span className="delivery-state">
                <Chip tone={deliveryTones[one.state] ?? 'good'}>
                  {key === null ? statusName(one.state, statusWords) : t(key)}
                </Chip>
                {one.at === null ? null : (
                  <span className="quiet number">
                    {shortDayText(dayOf(new Date(one.at)))} {timeText(one.at)}
                  </span>
                )}
              </span>
              {one.detail === '' || one.detail === statusName(one.state, statusWords) ? null : (
                <span className="quiet">{one.detail}</span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
