// Where files come into a screen: a button, or a place to drop them on. What becomes of them is the caller's.
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { FileButton } from '../../ui/file-button';

export interface ChooseFileProps {
  readonly label: TextKey;
  /** The share done of what is being brought in; null: nothing is. */
  readonly share: number | null;
  readonly onFiles: (files: readonly File[]) => void;
  readonly filled?: boolean;
  readonly multiple?: boolean;
  readonly disabled?: boolean;
  readonly testId: string;
}

/** The progress stands in the place of the button. */
export function ChooseFile(props: ChooseFileProps) {
  const { label, share, onFiles, filled = false, multiple = false, disabled = false, testId } = props;
  const { t } = useWords();
  if (share !== null) return <UploadProgress share={share} />;
  return (
    <FileButton
      label={t(label)}
      look={filled ? 'filled' : 'plain'}
      multiple={multiple}
      disabled={disabled}
      testId={testId}
      onFiles={onFiles}
    />
  );
}

export function UploadProgress({ share }: { readonly share: number | null }) {
  const { t } = useWords();
  if (share === null) return null;
  return (
    <progress max={1} value={share} aria-label={t('draft.uploading')} data-testid={testIds.intake.upload} />
  );
}

export interface DropPlaceProps {
  readonly title: TextKey;
  readonly about: TextKey;
  /** The button's words. */
  readonly label: TextKey;
  readonly share: number | null;
  readonly multiple?: boolean;
  /** The only heading of its screen. */
  readonly alone?: boolean;
  readonly testId: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Takes what is dropped as the button takes what is chosen. */
export function DropPlace(props: DropPlaceProps) {
  const { title, about, label, share, multiple = false, alone = false, testId, onFiles } = props;
  const { t } = useWords();
  const Heading = alone ? 'h1' : 'h2';
  return (
    <section
      className="drop"
      aria-label={t(label)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (share === null && files.length > 0) onFiles(files);
      }}
    >
      <Heading>{t(title)}</Heading>
      <p className="quiet">{t(about)}</p>
      <ChooseFile label={label} share={share} onFiles={onFiles} filled multiple={multiple} testId={testId} />
    </section>
  );
}
