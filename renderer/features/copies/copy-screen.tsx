// Lập bản sao điện tử: which form, from what source, which PDF; the number and the agency's signature follow on the road.
// The rule of NĐ 30/2020, Art. 25 is the contract's; this screen says what it answers before anything is saved.
import { useEffect, useRef, useState } from 'react';
import {
  type CopyForm,
  type CopySource,
  copyForm,
  copyNotation,
  copyRefusal,
  copySource,
  usualSource,
} from '../../../preload/contract/copies';
import { type DeskId, newDeskId } from '../../../preload/contract/ids';
import type { Attachment, IncomingDocument } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { testIds } from '../../app/test-ids';
import { numberAndSymbol } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { ChoiceField } from '../../ui/field';
import { SubjectField, TypeField } from '../document/fact-fields';
import { isPdf, mainFile } from '../document/governing';
import { Reader } from '../document/reader';
import { FullScreen } from '../full-screen';
import { oneOrPictures } from '../intake/bring-in';
import { ChooseFile, DropPlace } from '../intake/choose-file';
import { useFileRead } from '../intake/use-file-read';
import { useIntake } from '../intake/use-intake';
import { plainLine } from '../issue/draft-form';
import { StoredDocument } from '../stored-document';

/** Of an incoming document, or of a PDF that the clerk chooses. */
export function CopyScreen({ of }: { readonly of: DeskId | null }) {
  return of === null ? <CopyEditor source={null} /> : <CopyOfIncoming id={of} />;
}

function CopyOfIncoming({ id }: { readonly id: DeskId }) {
  return (
    <StoredDocument
      id={id}
      show={(view) => (view.kind === 'incoming' ? <CopyEditor source={view.document} /> : null)}
    />
  );
}

function pdfOf(document: IncomingDocument | null): Attachment | null {
  const main = document === null ? undefined : mainFile(document.attachments);
  return main !== undefined && isPdf(main) ? main : null;
}

const isSigned = (file: Attachment | null): boolean => (file?.verdict?.signatures.length ?? 0) > 0;

function CopyEditor({ source: document }: { readonly source: IncomingDocument | null }) {
  const { t, sentence } = useWords();
  const { ledger, info } = useDesk();
  const { go } = useNavigation();
  const act = useAct();
  const { share, bringMain, dialog } = useIntake();
  const [id] = useState(newDeskId);
  const [file, setFile] = useState(() => pdfOf(document));
  const [form, setForm] = useState<CopyForm>('SAO Y');
  const [source, setSource] = useState<CopySource>(() =>
    isSigned(pdfOf(document)) ? 'electronic' : 'paper-original',
  );
  const [typeName, setTypeName] = useState(document?.facts.typeName || 'Công văn');
  const [subject, setSubject] = useState(document?.facts.subject ?? '');
  const newestForm = useRef(form);
  useEffect(() => {
    newestForm.current = form;
  });
  const known = useFileRead(file);

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
      const facts = { typeName, subject: plainLine(subject), notation, pages: known.pages };
      await ledger.acts.createCopy({ id, copy: { form, source }, file, facts });
      go({ kind: 'road', document: id });
    });

  const title = document === null ? '' : numberAndSymbol(document.facts.number, document.facts.notation);
  const choose = (files: readonly File[]): void =>
    bringMain(oneOrPictures(files), ({ main: first }) => {
      if (first === null) return;
      setFile(first);
      // A file may take a while: what was chosen meanwhile stays, but for what a signed file before it had settled.
      const chosen = newestForm.current;
      setSource((now) => {
        if (isSigned(first)) return 'electronic';
        return now === 'electronic' && chosen !== 'TRÍCH SAO' ? usualSource(chosen) : now;
      });
    });
  return (
    <FullScreen
      testId={testIds.copy.root}
      title={t('copy.title')}
      about={[title, subject].filter((one) => one !== '').join(' · ')}
      leave={{ label: t('common.close'), run: () => go({ kind: 'up' }), testId: testIds.copy.cancel }}
      page={
        file === null ? (
          <DropPlace
            title="copy.choose-title"
            about="copy.choose-about"
            label="draft.choose"
            share={share}
            multiple
            onFiles={choose}
            testId={testIds.copy.file}
          />
        ) : (
          <Reader documentId={id} files={[file]} marking={false} fit="page" onUnlocked={setFile} />
        )
      }
      side={
        <>
          {dialog}
          {file === null ? null : (
            <ChooseFile label="draft.other-file" share={share} onFiles={choose} testId={testIds.copy.file} />
          )}
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
            <TypeField value={typeName} onChange={setTypeName} />
            <SubjectField value={subject} onChange={setSubject} testId={testIds.copy.subject} />
          </div>
          <p className="quiet">{t('copy.will-show', { form, agency: info.agency.name })}</p>
          <p className="quiet">{t('copy.law')}</p>
        </>
      }
      act={{
        label: t('copy.save'),
        reason,
        busy: act.busy,
        run: save,
        testId: testIds.copy.save,
        reasonTestId: testIds.copy.reason,
      }}
    />
  );
}
