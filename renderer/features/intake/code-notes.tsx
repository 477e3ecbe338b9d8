// Sentences of codes, each a line of its own. It decides nothing.
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';

export function CodeNotes({ codes }: { readonly codes: readonly string[] }) {
  const { sentence } = useWords();
  return (
    <>
      {codes.map((code) => (
        <p key={code} className="step-note" data-code={code} data-testid={testIds.intake.note}>
          {sentence(code)}
        </p>
      ))}
    </>
  );
}
