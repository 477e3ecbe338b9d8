// The report on a file's signatures: one table a signature with what TT 15/2025 Art. 6 wants shown. It checks nothing.
import { dayOf, type Instant } from '../../../preload/contract/ids';
import { clerkSentence, type FileVerdict, type SignatureVerdict } from '../../../preload/contract/verdict';
import { testIds } from '../../app/test-ids';
import { dayText, instantText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';
import { Chip, type Tone } from '../../ui/chip';
import { stateOf } from '../document/verdict-words';

interface Line {
  readonly name: TextKey;
  readonly words: string;
  readonly tone: Tone | null;
}

type Say = (key: TextKey, params?: Record<string, string | number>) => string;

const tones = {
  intact: 'good',
  broken: 'bad',
  trusted: 'good',
  untrusted: 'bad',
  unknown: 'warning',
  good: 'good',
  revoked: 'bad',
} as const;

function timeWords(one: SignatureVerdict, t: Say): string {
  const parsed = one.time.value === null ? Number.NaN : Date.parse(one.time.value);
  if (Number.isNaN(parsed)) return t('report.time-none');
  const when = instantText(new Date(parsed).toISOString() as Instant);
  return t(one.time.source === 'timestamp' ? 'report.time-stamp' : 'report.time-claimed', { time: when });
}

function periodWords({ certificate }: SignatureVerdict, t: Say): string {
  if (certificate === undefined) return '—';
  const day = (text: string): string => dayText(dayOf(new Date(text)));
  return t('report.period-words', { from: day(certificate.validFrom), to: day(certificate.validTo) });
}

/** Whether the signature was worth something when it was made, in one word. */
function validity(one: SignatureVerdict): { readonly key: TextKey; readonly tone: Tone } {
  if (one.integrity === 'broken' || one.revocation === 'revoked' || !one.permitted) {
    return { key: 'report.validity-no', tone: 'bad' };
  }
  if (one.chain === 'trusted' && one.revocation === 'good')
    return { key: 'report.validity-yes', tone: 'good' };
  return { key: 'report.validity-unknown', tone: 'warning' };
}

/** What TT 15/2025 Art. 6 wants shown, then what was done to the file after this signature. */
export function linesOf(one: SignatureVerdict, t: Say): Line[] {
  const valid = validity(one);
  return [
    { name: 'report.result', words: t(valid.key), tone: valid.tone },
    { name: 'report.signer', words: one.signer || '—', tone: null },
    { name: 'report.organization', words: one.certificate?.organization || '—', tone: null },
    { name: 'report.issuer', words: one.issuer || '—', tone: null },
    { name: 'report.manager', words: one.certificate?.manager || '—', tone: null },
    { name: 'report.period', words: periodWords(one, t), tone: null },
    { name: 'report.path', words: t(`chain.${one.chain}`), tone: tones[one.chain] },
    { name: 'report.time', words: timeWords(one, t), tone: null },
    { name: 'report.integrity', words: t(`integrity.${one.integrity}`), tone: tones[one.integrity] },
    { name: 'report.revocation', words: t(`revocation.${one.revocation}`), tone: tones[one.revocation] },
    {
      name: 'report.changes',
      words: t(`changes.${one.changes}`),
      tone: one.permitted ? null : 'bad',
    },
    {
      name: 'report.coverage',
      words: t(`coverage.${one.coverage}`),
      tone: one.coverage === 'partial' ? 'bad' : null,
    },
    { name: 'report.level', words: one.level === 'none' ? '—' : one.level, tone: null },
  ];
}

export interface ReportProps {
  readonly name: string;
  readonly verdict: FileVerdict;
  readonly at: Instant | null;
  /** The clerk may still accept or refuse the document. */
  readonly deciding?: boolean;
}

/** The file's own sentence first, then each signature. */
export function Report({ name, verdict, at, deciding = false }: ReportProps) {
  const { t, language, sentence } = useWords();
  const clerk = clerkSentence(verdict);
  return (
    <div className="report" data-testid={testIds.check.result} data-verdict={verdict.verdict}>
      <p className={`report-file message message-${clerk.tone}`}>
        <span>
          <strong>{name}</strong>
          <br />
          {deciding ? clerk[language] : stateOf(clerk, language)}
        </span>
      </p>
      {at === null ? null : <p className="quiet">{t('report.checked-at', { time: instantText(at) })}</p>}
      {verdict.codes.map((code) => (
        <p key={code} className="quiet">
          {clerk[language].includes(sentence(code)) ? '' : sentence(code)} {t('common.code', { code })}
        </p>
      ))}
      {verdict.signatures.map((one, index) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: a verdict never changes, and fields may bear one name
          key={`${one.field}|${index}`}
          className="report-signature"
          data-testid={testIds.check.signature}
        >
          <h2>
            {t(one.kind === 'timestamp' ? 'report.timestamp-title' : 'report.signature-title', {
              index: index + 1,
              signer: one.signer,
            })}
          </h2>
          <dl className="facts">
            {linesOf(one, t).map((line) => (
              <div key={line.name} className="fact">
                <dt>{t(line.name)}</dt>
                <dd>{line.tone === null ? line.words : <Chip tone={line.tone}>{line.words}</Chip>}</dd>
              </div>
            ))}
          </dl>
          {one.codes.map((code) => (
            <p key={code} className="quiet">
              {sentence(code)} {t('common.code', { code })}
            </p>
          ))}
        </section>
      ))}
    </div>
  );
}
