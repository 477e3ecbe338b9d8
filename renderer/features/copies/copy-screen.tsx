// Lập bản sao điện tử: which form, from what source, which PDF; the number and the agency's signature follow on the road.
// The rule of NĐ 30/2020, Art. 25 is the contract's; this screen says what it answers before anything is saved.
import { useEffect, useMemo, useRef, useState } from 'react';
import {
  type CopyForm,
  type CopySource,
  copyForm,
  copyNotation,
  copyRefusal,
  copySource,
  usualSource,
} from '../../../preload/contract/copies';
import { typeAbbreviations } from '../../../preload/contract/document-types';
import { type DeskId, newDeskId, type Sha256 } from '../../../preload/contract/ids';
import type { Attachment, IncomingDocument } from '../../../preload/contract/records';
import { useAct, useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { answerOf } from '../../app/failures';
import { useNavigation } from '../../app/navigation';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Button } from '../../ui/button';
import { ChoiceField, TextField } from '../../ui/field';
import { FileButton } from '../../ui/file-button';
import { Skeleton } from '../../ui/skeleton';
import { isPdf, mainFile } from '../document/governing';
import { Reader } from '../document/reader';
import { useUpload } from '../issue/use-upload';

/** Of an incoming document, or of a PDF that the clerk chooses. */
export function CopyScreen({ of }: { readonly of: DeskId | null }) {
  return of === null ? <CopyEditor source={null} /> : <CopyOfIncoming id={of} />;
}

function CopyOfIncoming({ id }: { readonly id: DeskId }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  if (state.value.kind !== 'incoming') return <p className="document-none">{t('document.missing')}</p>;
  return <CopyEditor source={state.value.document} />;
}

function pdfOf(document: IncomingDocument | null): Attachment | null {
  const main = document === null ? undefined : mainFile(document.attachments);
  return main !== undefined && isPdf(main) ? main : null;
}

const isSigned = (file: Attachment | null): boolean => (file?.verdict?.signatures.length ?? 0) > 0;

/** What main read in the chosen file. */
interface FileRead {
  readonly sha256: Sha256;
  readonly pages: number;
  readonly secret: boolean;
}

function CopyEditor({ source: document }: { readonly source: IncomingDocument | null }) {
  const { t, sentence } = useWords();
  const { api, ledger, info, fail } = useDesk();
  const { go } = useNavigation();
  const act = useAct();
  const { share, bring } = useUpload();
  const [id] = useState(newDeskId);
  const [file, setFile] = useState(() => pdfOf(document));
  const [form, setForm] = useState<CopyForm>('SAO Y');
  const [source, setSource] = useState<CopySource>(() =>
    isSigned(pdfOf(document)) ? 'electronic' : 'paper-original',
  );
  const [typeName, setTypeName] = useState(document?.facts.typeName || 'Công văn');
  const [subject, setSubject] = useState(document?.facts.subject ?? '');
  const [read, setRead] = useState<FileRead | null>(null);
  const types = Object.keys(typeAbbreviations);

  const newestForm = useRef(form);
  useEffect(() => {
    newestForm.current = form;
  });
  const sha256 = file?.sha256;
  useEffect(() => {
    if (sha256 === undefined) return;
    let gone = false;
    answerOf(api.files.read({ sha256 })).then((answer) => {
      if (!gone) setRead({ sha256, pages: answer.pages, secret: answer.secret });
    }, fail);
    return () => {
      gone = true;
    };
  }, [api, sha256, fail]);
  const known = read?.sha256 === sha256 ? read : null;

  const refusal = copyRefusal(form, source, isSigned(file));
  const reason =
    share !== null || (file !== null && known === null)
      ? t('draft.uploading')
      : file === null
        ? t('copy.lacks-file')
        : known?.secret === true
          ? t('draft.secret')
          : refusal !== null
            ? sentence(refusal)
            : subject.trim() === ''
              ? t('draft.lacks-subject')
              : undefined;

  const save = (): void =>
    void act.run(async () => {
      if (file === null || known === null) return;
      const notation = copyNotation(form, info.notation);
      const facts = { typeName, subject: subject.trim(), notation, pages: known.pages };
      await ledger.acts.createCopy({ id, copy: { form, source }, file, facts });
      go({ kind: 'road', document: id });
    });
  useSlot('mainAct', { label: t('copy.save'), reason: reason ?? null, run: save });

  const title = document === null ? '' : numberAndSymbol(document.facts.number, document.facts.notation);
  const choose = (files: readonly File[]): void =>
    bring(files.slice(0, 1), ([first]) => {
      if (first === undefined) return;
      setFile(first);
      // A file may take a while: what was chosen meanwhile stays, but for what a signed file before it had settled.
      const chosen = newestForm.current;
      setSource((now) => {
        if (isSigned(first)) return 'electronic';
        return now === 'electronic' && chosen !== 'TRÍCH SAO' ? usualSource(chosen) : now;
      });
    });
  return (
    <div className="full" data-testid={testIds.copy.root}>
      <header className="full-head">
        <h1 className="full-title">{t('copy.title')}</h1>
        <span className="full-about">{[title, subject].filter((one) => one !== '').join(' · ')}</span>
        <Button shortcut="Esc" onClick={() => go({ kind: 'up' })} testId={testIds.copy.cancel}>
          {t('common.close')}
        </Button>
      </header>
      <DeskMessage />
      <div className="full-body">
        <main className="full-page" data-pane="document" aria-label={t('pane.document')}>
          {file === null ? (
            <section className="drop">
              <h2>{t('copy.choose-title')}</h2>
              <p className="quiet">{t('copy.choose-about')}</p>
              <ChooseFile share={share} onFiles={choose} filled />
            </section>
          ) : (
            <Reader documentId={id} files={[file]} marking={false} fit="page" />
          )}
        </main>
        <aside className="full-side" data-pane="side" aria-label={t('copy.title')}>
          {file === null ? null : <ChooseFile share={share} onFiles={choose} filled={false} />}
          <div className="form">
            <ChoiceField
              label={t('copy.form')}
              value={form}
              choices={copyForm.options.map((one) => ({ value: one, label: t(`copy.form-${one}`) }))}
              onChange={(value) => {
                const chosen = copyForm.parse(value);
                setForm(chosen);
                if (!isSigned(file)) setSource(usualSource(chosen));
              }}
              testId={testIds.copy.form}
            />
            <ChoiceField
              label={t('copy.source')}
              value={source}
              choices={copySource.options.map((one) => ({ value: one, label: t(`copy.source-${one}`) }))}
              onChange={(value) => setSource(copySource.parse(value))}
              testId={testIds.copy.source}
            />
            <ChoiceField
              label={t('draft.type')}
              value={typeName}
              choices={(types.includes(typeName) ? types : [typeName, ...types]).map((name) => ({
                value: name,
                label: name,
              }))}
              onChange={setTypeName}
            />
            <TextField
              label={t('draft.subject')}
              value={subject}
              onChange={setSubject}
              lines={3}
              required
              testId={testIds.copy.subject}
            />
          </div>
          <p className="quiet">{t('copy.will-show', { form, agency: info.agency.name })}</p>
          <p className="quiet">{t('copy.law')}</p>
          <div className="full-acts">
            <Button
              wide
              look="filled"
              shortcut="Ctrl+Enter"
              busy={act.busy}
              reason={reason}
              onClick={save}
              testId={testIds.copy.save}
            >
              {t('copy.save')}
            </Button>
            {reason === undefined ? null : (
              <p className="act-reason" data-testid={testIds.copy.reason}>
                {reason}
              </p>
            )}
          </div>
        </aside>
      </div>
    </div>
  );
}

interface ChooseFileProps {
  readonly share: number | null;
  readonly onFiles: (files: readonly File[]) => void;
  readonly filled: boolean;
}

function ChooseFile({ share, onFiles, filled }: ChooseFileProps) {
  const { t } = useWords();
  if (share !== null) return <progress max={1} value={share} aria-label={t('draft.uploading')} />;
  return (
    <FileButton
      label={t(filled ? 'draft.choose' : 'draft.other-file')}
      {...(filled ? { look: 'filled' as const } : {})}
      accept="application/pdf,.pdf"
      testId={testIds.copy.file}
      onFiles={onFiles}
    />
  );
}
