// One holder with the picture that is kept, at its real size, or with a way to add one. It keeps nothing itself.
import { useEffect, useState } from 'react';
import { type PictureCard, pictureWidths } from '../../../preload/contract/pictures';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/field';
import { FileButton } from '../../ui/file-button';

export interface OnePictureProps {
  readonly holder: string;
  readonly picture: PictureCard | null;
  /** undefined: the holder's device is not there, so nothing can be added or replaced. */
  readonly onChoose: ((file: File) => void) | undefined;
  readonly onResize: (widthMm: number) => void;
  readonly onRemove: () => void;
}

export function OnePicture({ holder, picture, onChoose, onResize, onRemove }: OnePictureProps) {
  const { t } = useWords();
  return (
    <li
      className="attention-row"
      data-testid={testIds.pictures.one}
      data-holder={holder}
      data-kind={picture?.kind ?? ''}
    >
      <p>
        <strong>{holder}</strong> ·{' '}
        {picture === null ? t('pictures.no-picture') : t(`pictures.${picture.kind}`)}
      </p>
      {picture === null ? null : <Shown picture={picture} />}
      {picture === null ? null : <Size key={picture.widthMm} picture={picture} onResize={onResize} />}
      <div className="acts-line">
        {onChoose === undefined ? null : (
          <FileButton
            label={t(picture === null ? 'pictures.add' : 'pictures.replace', { holder })}
            accept="image/png,.png"
            testId={testIds.pictures.file}
            onFiles={([file]) => {
              if (file !== undefined) onChoose(file);
            }}
          />
        )}
        {picture === null ? null : (
          <Button look="quiet" testId={testIds.pictures.remove} onClick={onRemove}>
            {t('pictures.remove', { holder })}
          </Button>
        )}
      </div>
    </li>
  );
}

/** The picture as wide as it is on paper. */
function Shown({ picture }: { readonly picture: PictureCard }) {
  const { t } = useWords();
  const { holder, kind, width, height, widthMm, png } = picture;
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [png]);
  return (
    <>
      <p className="quiet">{t('pictures.facts', { width, height, mm: millimetreText(widthMm) })}</p>
      {picture.colourFits ? null : <p className="field-error">{t(`pictures.colour-${kind}`)}</p>}
      {address === null ? null : (
        <img
          className="picture-paper"
          data-testid={testIds.pictures.image}
          src={address}
          alt={t(`pictures.alt-${kind}`, { holder })}
          style={{ width: `${widthMm}mm` }}
        />
      )}
    </>
  );
}

/** As a Vietnamese reads it. */
export function millimetreText(value: number): string {
  return String(value).replace('.', ',');
}

function Size({
  picture,
  onResize,
}: {
  readonly picture: PictureCard;
  readonly onResize: (mm: number) => void;
}) {
  const { t, sentence } = useWords();
  const [typed, setTyped] = useState(millimetreText(picture.widthMm));
  const value = Number(typed.trim().replace(',', '.'));
  const fine = typed.trim() !== '' && value >= pictureWidths.least && value <= pictureWidths.most;
  return (
    <div className="pair">
      <TextField
        label={t('pictures.width')}
        value={typed}
        onChange={setTyped}
        maxLength={5}
        error={fine ? undefined : sentence('picture-size')}
        testId={testIds.pictures.width}
      />
      <Button
        reason={fine ? undefined : sentence('picture-size')}
        testId={testIds.pictures.resize}
        onClick={() => onResize(value)}
      >
        {t('pictures.resize')}
      </Button>
    </div>
  );
}
