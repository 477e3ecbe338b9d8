// The facts that QĐ 28/2018 Art. 10.2 makes every screen show, for either direction. It changes none of them.
import type { Attachment, DocumentFacts, Organ } from '../../../preload/contract/records';
import { testIds } from '../../app/test-ids';
import { dayText, numberAndSymbol, sizeText } from '../../i18n/formats';
import { type TextKey, useWords } from '../../i18n/text';
import { urgencyName } from '../queue/words';

export interface FactsProps {
  readonly facts: DocumentFacts;
  readonly files: readonly Attachment[];
  /** Lines of this direction: số đến, state of law and the like. Empty ones are left out. */
  readonly more: readonly FactLine[];
  /** It came on paper alone; else paper means a copy beside the electronic one. */
  readonly onPaper?: boolean;
}

export interface FactLine {
  readonly name: string;
  readonly label: TextKey;
  readonly words: string;
}

/** Name and code of an agency. */
export function organText(organ: Organ): string {
  return [organ.name, organ.code].filter((part) => part !== '').join(' · ');
}

/** A list of names and values; a value that is not known has no line. */
export function Facts({ facts, files, more, onPaper = false }: FactsProps) {
  const { t } = useWords();
  const signer = [facts.signer.name, facts.signer.position].filter(Boolean).join(', ');
  const issued = [facts.issuedOn === null ? '' : dayText(facts.issuedOn), t(urgencyName(facts.urgency))];
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const lines: FactLine[] = [
    { name: 'type', label: 'fact.type', words: facts.typeName },
    { name: 'number', label: 'fact.number', words: numberAndSymbol(facts.number, facts.notation) },
    {
      name: 'signer',
      label: 'fact.signer',
      words: [facts.signer.competence, signer].filter(Boolean).join(' '),
    },
    { name: 'sender', label: 'fact.sender', words: organText(facts.sender) },
    { name: 'date', label: 'fact.date', words: issued.filter(Boolean).join(' · ') },
    { name: 'due', label: 'fact.due', words: facts.dueOn === null ? '' : dayText(facts.dueOn) },
    ...more,
    {
      name: 'files',
      label: 'fact.files',
      words: files.length === 0 ? '' : t('fact.files-words', { count: files.length, size: sizeText(total) }),
    },
    {
      name: 'paper',
      label: 'fact.paper',
      words: onPaper ? t('fact.paper-only') : facts.paper ? t('fact.paper-words') : '',
    },
  ];
  return <FactLines lines={lines} />;
}

/** The longer facts, below what has happened: subject in full, receivers, what it answers, its identifier. */
export function OtherFacts({ facts }: { readonly facts: DocumentFacts }) {
  const { t } = useWords();
  const answers = facts.responseFor.map((one) => one.code).filter(Boolean);
  return (
    <section>
      <h2>{t('fact.other')}</h2>
      <FactLines
        lines={[
          { name: 'subject', label: 'fact.subject', words: facts.subject },
          { name: 'receivers', label: 'fact.receivers', words: facts.receivers.map(organText).join('; ') },
          { name: 'answers', label: 'fact.answers', words: answers.join('; ') },
          { name: 'document-id', label: 'fact.document-id', words: facts.documentId },
        ]}
      />
    </section>
  );
}

function FactLines({ lines }: { readonly lines: readonly FactLine[] }) {
  const { t } = useWords();
  return (
    <dl className="facts">
      {lines
        .filter((line) => line.words !== '')
        .map((line) => (
          <div key={line.name} className="fact">
            <dt>{t(line.label)}</dt>
            <dd data-testid={testIds.fact(line.name)}>{line.words}</dd>
          </div>
        ))}
    </dl>
  );
}
