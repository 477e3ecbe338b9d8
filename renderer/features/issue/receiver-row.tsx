// One chosen receiver: its name and code, what the directory says of the code, favourite or not. It changes no other row.
import { normaliseAgencyCode } from '../../../preload/contract/agency-code';
import type { CheckedCode } from '../../../preload/contract/directory';
import type { Organ } from '../../../preload/contract/records';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import { Icon } from '../../ui/icon';
import { organText } from '../document/facts';

/** The sentence of a code that asks for the clerk's eyes; none for one that is known. */
const warnings: Readonly<Record<CheckedCode['standing'], TextKey | null>> = {
  known: null,
  'no-directory': null,
  'old-code': 'receivers.standing-old-code',
  merged: 'receivers.standing-merged',
  removed: 'receivers.standing-removed',
  technical: 'receivers.standing-technical',
  unknown: 'receivers.standing-unknown',
  odd: 'receivers.odd-code',
};

/** The living agency to write to instead, where the directory names one. */
export function insteadOf(checked: CheckedCode | undefined): Organ | null {
  if (checked === undefined) return null;
  return checked.standing === 'old-code' ? checked.organ : checked.successor;
}

export interface ReceiverRowProps {
  readonly organ: Organ;
  readonly checked: CheckedCode | undefined;
  readonly favourite: boolean;
  readonly onRemove: () => void;
  readonly onReplace: (organ: Organ) => void;
  readonly onFavour: (on: boolean) => void;
}

export function ReceiverRow(props: ReceiverRowProps) {
  const { organ, checked, favourite } = props;
  const { t } = useWords();
  const warning = checked === undefined ? null : warnings[checked.standing];
  const instead = insteadOf(checked);
  return (
    <li
      className={warning === null ? undefined : 'receiver-warned'}
      data-testid={testIds.draft.receiver}
      data-code={organ.code}
      data-standing={checked?.standing ?? ''}
    >
      <span>
        {organ.name} · {organ.code}
        {warning === null ? null : (
          <span className="receiver-warning">
            <Icon name="warning" size={12} /> {t(warning)}{' '}
            {instead === null ? null : (
              <button
                type="button"
                className="link"
                data-testid={testIds.directory.replace}
                onClick={() => props.onReplace({ ...instead, name: instead.name || organ.name })}
              >
                {t('receivers.use-instead', { agency: organText(instead) })}
              </button>
            )}
          </span>
        )}
      </span>
      <span className="receiver-tools">
        <button
          type="button"
          className="tool"
          aria-pressed={favourite}
          aria-label={t('receivers.favourite', { name: organ.name })}
          title={t('receivers.favourite', { name: organ.name })}
          data-testid={testIds.directory.favourite}
          onClick={() => props.onFavour(!favourite)}
        >
          {t(favourite ? 'receivers.favourite-mark' : 'receivers.favourite-none')}
        </button>
        <button
          type="button"
          className="tool"
          aria-label={t('receivers.remove', { name: organ.name })}
          onClick={props.onRemove}
        >
          <Icon name="cross" size={12} />
        </button>
      </span>
    </li>
  );
}

/** A code as the directory answers it. */
export function checkedOf(map: ReadonlyMap<string, CheckedCode>, organ: Organ): CheckedCode | undefined {
  return map.get(normaliseAgencyCode(organ.code));
}
