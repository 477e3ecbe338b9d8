// A document of the ledger for a screen that works on it, or in words why it is not there. It changes nothing.
import { type ReactNode, useMemo } from 'react';
import type { DeskId } from '../../preload/contract/ids';
import { useDesk, useLive } from '../app/desk';
import { useWords } from '../i18n/text';
import type { DocumentView } from '../ledger';
import { Skeleton } from '../ui/skeleton';

export interface StoredDocumentProps {
  readonly id: DeskId;
  /** null: the screen is not for such a document. */
  readonly show: (view: DocumentView) => ReactNode | null;
}

/** Follows the document: what another act changes is shown too. */
export function StoredDocument({ id, show }: StoredDocumentProps) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  return show(state.value) ?? <p className="document-none">{t('document.missing')}</p>;
}
