// The right pane: verdict, page, and the side with the act. It reads one document and follows it.
import { useMemo } from 'react';
import type { DeskId } from '../../../preload/contract/ids';
import type { Attachment, IncomingDocument } from '../../../preload/contract/records';
import { withOrigin } from '../../acts/made-from';
import { useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { DocumentView } from '../../ledger';
import { Skeleton } from '../../ui/skeleton';
import { filesWithSheet } from '../marking/kept-sheet';
import { ConcernedReader } from './concerned';
import { IncomingSide } from './incoming';
import { OutgoingSide, outgoingFiles } from './outgoing';
import { Reader } from './reader';
import { VerdictBar } from './verdict-bar';

/** A document, or a calm sentence while none is chosen. */
export function DocumentPane({ id }: { readonly id: DeskId | null }) {
  const { t } = useWords();
  return (
    <main
      className="document"
      data-pane="document"
      data-testid={testIds.panes.document}
      aria-label={t('pane.document')}
    >
      <DeskMessage />
      {id === null ? (
        <p className="document-none">{t('document.none')}</p>
      ) : (
        <ShownDocument key={id} id={id} />
      )}
    </main>
  );
}

function ShownDocument({ id }: { readonly id: DeskId }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  const view = state.value;
  switch (view.kind) {
    case 'missing':
      return <p className="document-none">{t('document.missing')}</p>;
    case 'damaged':
      return (
        <p className="document-none">
          {sentence(view.code)} {t('common.code', { code: view.code })}
        </p>
      );
    case 'incoming':
      return (
        <>
          {view.document.docId === null ? null : (
            <VerdictBar
              document={id}
              files={view.document.attachments}
              deciding={view.document.state === 'to-accept'}
            />
          )}
          <div className="document-body">
            {view.document.attachments.length === 0 && view.document.concerns !== null ? (
              <ConcernedReader id={view.document.concerns} />
            ) : (
              <Reader
                documentId={id}
                files={filesWithSheet(view.document)}
                arrival={arrivalOf(view.document)}
              />
            )}
            <aside className="side" aria-label={t('pane.side')}>
              <IncomingSide view={view} />
            </aside>
          </div>
        </>
      );
    case 'outgoing':
      return (
        <>
          <VerdictBar document={id} files={outgoingFiles(view.document)} deciding={false} />
          <div className="document-body">
            <OutgoingReader view={view} />
            <aside className="side" aria-label={t('pane.side')}>
              <OutgoingSide view={view} />
            </aside>
          </div>
        </>
      );
  }
}

/** What a stamp of arrival says; null before the document is registered. */
function arrivalOf({ arrivalNumber, arrivalDate }: IncomingDocument) {
  return arrivalNumber === null || arrivalDate === null ? null : { number: arrivalNumber, date: arrivalDate };
}

/** A draft that nobody has signed can take its notes in; the file before stays in its history. */
function OutgoingReader({ view }: { readonly view: Extract<DocumentView, { readonly kind: 'outgoing' }> }) {
  const { ledger } = useDesk();
  const { document, may } = view;
  const { id } = document;
  const put = async (marked: Attachment, draft: Attachment): Promise<void> => {
    const now = withOrigin(draft, marked);
    if (draft.sha256 === document.main?.sha256) {
      await ledger.acts.attachFile({ id, main: now });
    } else {
      const annexes = document.annexes.map((one) => (one.sha256 === draft.sha256 ? now : one));
      await ledger.acts.attachFile({ id, annexes });
    }
  };
  return (
    <Reader
      documentId={id}
      files={outgoingFiles(document)}
      versions={document.lasting?.map(({ file }) => file) ?? []}
      {...(may.includes('attach-file') ? { onDraft: put } : {})}
    />
  );
}
