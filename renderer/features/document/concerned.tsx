// The page of the document that a recall without a file is about, so that the clerk sees what is to be taken back.
import { useMemo } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import { useDesk, useLive } from '../../app/desk';
import { useWords } from '../../i18n/text';
import { Skeleton } from '../../ui/skeleton';
import { Reader } from './reader';

/** Its files under a line that says whose they are; the plain "no file" while it is not here. */
export function ConcernedReader({ id }: { readonly id: DeskId }) {
  const { ledger } = useDesk();
  const { t } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  const files =
    state.kind === 'read' && state.value.kind === 'incoming' ? state.value.document.attachments : [];
  return (
    <div className="concerned">
      {files.length === 0 ? null : <p className="concerned-note">{t('reader.concerned')}</p>}
      <Reader documentId={id} files={files} marking={false} />
    </div>
  );
}
