// Whose signatures a copy with marks touches: whether that is to be asked, and how it is said. Pure; it asks nobody.
import type { TouchedSignature } from '../../../preload/contract/marking';
import type { Attachment } from '../../../preload/contract/records';
import type { Words } from '../../i18n/text';

/** Whether a copy of a file may touch a signature: only one that is known to have none needs no question. */
export function mayBeSigned({ verdict }: Pick<Attachment, 'verdict'>): boolean {
  if (verdict === null || verdict.verdict === 'unreadable') return true;
  return verdict.signatures.length > 0;
}

/** One sentence for signatures that fail, one for those that show a change; none where no signature is touched. */
export function touchedSentences(touched: readonly TouchedSignature[], t: Words['t']): string[] {
  return (['broken', 'changed'] as const).flatMap((how) => {
    const names = touched
      .filter((one) => one.how === how)
      .map(({ signer }) => (signer === '' ? t('marking.signer-unnamed') : signer));
    return names.length === 0 ? [] : [t(`marking.signed-${how}`, { names: names.join(', ') })];
  });
}

/** What is said once a copy lies where the clerk wanted it. */
export function savedWords(written: number, touched: readonly TouchedSignature[], t: Words['t']): string {
  return [t('marking.saved', { count: written }), ...touchedSentences(touched, t)].join(' ');
}
