// The choice among a document's files, in the tool line of the one that is shown. It opens nothing itself.
import { useState } from 'react';
import type { Sha256 } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';

export interface FileChoiceProps {
  readonly files: readonly Attachment[];
  readonly shown: Sha256;
  readonly onChoose: (sha256: Sha256) => void;
}

/** Tells at once what was chosen, also while the file before is still shown. Made anew for each shown file. */
export function FileChoice({ files, shown, onChoose }: FileChoiceProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>(shown);
  return (
    <select
      className="file-choice"
      aria-label={t('reader.file')}
      data-testid={testIds.fileChoice}
      data-shown={shown}
      value={chosen}
      onChange={(event) => {
        const next = files.find(({ sha256 }) => sha256 === event.target.value);
        if (next === undefined) return;
        setChosen(next.sha256);
        onChoose(next.sha256);
      }}
    >
      {files.map((one) => (
        <option key={one.sha256} value={one.sha256}>
          {one.name}
        </option>
      ))}
    </select>
  );
}
