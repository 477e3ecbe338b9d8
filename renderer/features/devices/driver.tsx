// One driver with its devices and certificates, each with its state in words. It decides nothing.
import type { DeviceToken, DriverCard } from '../../../preload/contract/devices';
import { dayOf } from '../../../preload/contract/ids';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { Chip } from '../../ui/chip';
import { pinWords } from './pin-words';

export interface DriverProps {
  readonly card: DriverCard;
  readonly busy: boolean;
  readonly onTest: () => void;
  readonly onForget: () => void;
}

export function Driver({ card, busy, onTest, onForget }: DriverProps) {
  const { t, sentence } = useWords();
  const name = card.brand === '' ? t('devices.own') : card.brand;
  const about = [card.description, card.version].filter((part) => part !== '').join(' ');
  return (
    <li
      className="attention-row"
      data-testid={testIds.devices.driver}
      data-file={card.file}
      data-code={card.code ?? ''}
    >
      <p>
        <strong>{name}</strong> · {card.file}
        {about === '' ? '' : ` · ${about}`}{' '}
        <Chip tone={card.code === null ? 'good' : 'bad'}>
          {t(card.code === null ? 'devices.loaded' : 'devices.not-loaded')}
        </Chip>
      </p>
      {card.code === null ? null : (
        <p>
          {sentence(card.code)} <span className="quiet">{t('common.code', { code: card.code })}</span>
        </p>
      )}
      {card.code === null && card.tokens.length === 0 ? (
        <p className="quiet">{t('devices.no-token')}</p>
      ) : null}
      {card.tokens.map((token, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two devices may have the same label; their order is the driver's
        <Token key={index} token={token} />
      ))}
      <div className="acts-line">
        <Button busy={busy} testId={testIds.devices.test} onClick={onTest}>
          {t('devices.test', { file: card.file })}
        </Button>
        {card.chosen ? (
          <Button look="quiet" testId={testIds.devices.forget} onClick={onForget}>
            {t('devices.forget')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Token({ token }: { readonly token: DeviceToken }) {
  const { t, sentence } = useWords();
  const about = [token.label, token.maker, token.model].filter((part) => part !== '').join(' · ');
  const pin = pinWords(token.pinState);
  return (
    <div data-testid={testIds.devices.token} data-pin={token.pinState}>
      <p>
        <strong>{t('devices.device')}</strong> {about} <Chip tone={pin.tone}>{t(pin.key)}</Chip>
        {token.pinPad ? ` ${t('devices.pin-pad')}` : ''}
      </p>
      {token.code === null ? null : <p>{sentence(token.code)}</p>}
      <ul className="device-certificates">
        {token.certificates.map((one) => (
          <li
            key={`${one.holder} ${one.issuer} ${one.validTo} ${one.keyType}`}
            data-testid={testIds.devices.certificate}
            data-reason={one.reason ?? ''}
          >
            {one.holder} · {one.issuer} · {one.keyType} ·{' '}
            {t('devices.valid-to', { day: dayText(dayOf(new Date(one.validTo))) })}{' '}
            <Chip tone={one.reason === null ? 'good' : 'warning'}>
              {t(one.reason === null ? 'devices.usable' : 'devices.unusable')}
            </Chip>
            {one.reason === null ? null : <p className="quiet">{sentence(one.reason)}</p>}
          </li>
        ))}
      </ul>
    </div>
  );
}
