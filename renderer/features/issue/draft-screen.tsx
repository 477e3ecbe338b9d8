// Phát hành văn bản, first half: the PDF that comes in and what the register and the receivers must know of it.
import { useEffect, useMemo, useRef, useState } from 'react';
import { type DeskId, newDeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk, useLive } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { answerOf } from '../../app/failures';
import { useNavigation } from '../../app/navigation';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { OutgoingAct } from '../../ledger';
import { Button } from '../../ui/button';
import { FileButton } from '../../ui/file-button';
import { Skeleton } from '../../ui/skeleton';
import { Reader } from '../document/reader';
import { VerdictBar } from '../document/verdict-bar';
import { DraftFields } from './draft-fields';
import { type DraftForm, emptyForm, factsOf, formOf, lacks } from './draft-form';
import { notationFor, proposeFacts } from './propose-facts';
import { useUpload } from './use-upload';

interface Loaded {
  readonly id: DeskId;
  readonly isNew: boolean;
  readonly form: DraftForm;
  readonly main: Attachment | null;
  readonly annexes: readonly Attachment[];
  readonly may: readonly OutgoingAct[];
}

/** A new draft, or one that is there. */
export function DraftScreen({ id }: { readonly id: DeskId | null }) {
  const { info } = useDesk();
  const [fresh] = useState(newDeskId);
  const blank = useMemo(() => emptyForm(info.notation, info.place), [info.notation, info.place]);
  if (id !== null) return <StoredDraft id={id} blank={blank} />;
  return (
    <DraftEditor
      loaded={{
        id: fresh,
        isNew: true,
        form: blank,
        main: null,
        annexes: [],
        may: ['attach-file', 'submit'],
      }}
    />
  );
}

function StoredDraft({ id, blank }: { readonly id: DeskId; readonly blank: DraftForm }) {
  const { ledger } = useDesk();
  const { t, sentence } = useWords();
  const live = useMemo(() => ledger.document(id), [ledger, id]);
  const state = useLive(live);
  if (state.kind === 'reading') return <Skeleton lines={9} />;
  if (state.kind === 'failed') return <p className="document-none">{sentence(state.code)}</p>;
  const view = state.value;
  if (view.kind !== 'outgoing') return <p className="document-none">{t('document.missing')}</p>;
  const { document, may } = view;
  return (
    <DraftEditor
      loaded={{
        id,
        isNew: false,
        form: formOf(document.facts, blank),
        main: document.main,
        annexes: document.annexes,
        may,
      }}
    />
  );
}

function DraftEditor({ loaded }: { readonly loaded: Loaded }) {
  const { t } = useWords();
  const { api, ledger, info, done, fail } = useDesk();
  const { go } = useNavigation();
  const act = useAct();
  const { share, bring } = useUpload();
  const [form, setForm] = useState(loaded.form);
  const [main, setMain] = useState(loaded.main);
  const [annexes, setAnnexes] = useState(loaded.annexes);
  const [pages, setPages] = useState(0);
  const [secret, setSecret] = useState(false);
  const stored = useRef(!loaded.isNew);
  const lastSaved = useRef({ form, main, annexes });

  const mainSha = main?.sha256;
  useEffect(() => {
    if (mainSha === undefined) return;
    let gone = false;
    answerOf(api.files.read({ sha256: mainSha })).then((read) => {
      if (gone) return;
      setSecret(read.secret);
      setPages(read.pages);
      const proposed = proposeFacts(read.text);
      setForm((now) => ({
        ...now,
        typeName: now.subject === '' && proposed.typeName !== null ? proposed.typeName : now.typeName,
        notation: now.notationByHand || proposed.notation === null ? now.notation : proposed.notation,
        subject: now.subject === '' && proposed.subject !== null ? proposed.subject : now.subject,
      }));
    }, fail);
    return () => {
      gone = true;
    };
  }, [api, mainSha, fail]);

  const change = (part: Partial<DraftForm>): void =>
    setForm((now) => {
      const next = { ...now, ...part };
      if (part.typeName === undefined || next.notationByHand) return next;
      return { ...next, notation: notationFor(part.typeName, info.notation) };
    });

  const save = async (): Promise<void> => {
    const facts = factsOf(form, pages);
    if (stored.current) {
      await ledger.acts.updateDraft({ id: loaded.id, facts });
      if (loaded.may.includes('attach-file')) {
        await ledger.acts.attachFile({ id: loaded.id, annexes, ...(main === null ? {} : { main }) });
      }
    } else {
      await ledger.acts.createDraft({ id: loaded.id, file: main, annexes, facts });
      stored.current = true;
    }
    lastSaved.current = { form, main, annexes };
  };
  const saveOnly = (): void =>
    void act.run(async () => {
      await save();
      done(t('done.draft-saved'));
    });
  const submit = (): void =>
    void act.run(async () => {
      await save();
      if (loaded.may.includes('submit')) await ledger.acts.submit({ id: loaded.id });
      go({ kind: 'road', document: loaded.id });
    });

  const leave = (): void => {
    const last = lastSaved.current;
    const saved = form === last.form && main === last.main && annexes === last.annexes;
    const empty = main === null && annexes.length === 0 && form.subject.trim() === '';
    if (secret || empty || (saved && stored.current)) {
      go({ kind: 'up' });
      return;
    }
    void act.run(async () => {
      await save();
      done(t('done.draft-saved'));
      go({ kind: 'up' });
    });
  };
  useSlot('leaving', { run: leave });

  const missing = lacks(form, main !== null, info.profile);
  const reason = secret
    ? t('draft.secret')
    : share !== null
      ? t('draft.uploading')
      : missing === null
        ? undefined
        : t(missing);
  const isLeader = info.profile === 'leader';
  const submitLabel = t(isLeader ? 'act.submit-leader' : 'act.submit');
  useSlot('mainAct', { label: submitLabel, reason: reason ?? null, run: submit });

  return (
    <div className="full" data-testid={testIds.draft.root}>
      <header className="full-head">
        <h1 className="full-title">{t(isLeader ? 'draft.title-leader' : 'draft.title')}</h1>
        <span className="full-about">{form.subject}</span>
        <Button shortcut="Esc" busy={act.busy} onClick={leave} testId={testIds.draft.cancel}>
          {t('common.later')}
        </Button>
      </header>
      <DeskMessage />
      <div className="full-body">
        <main className="full-page" data-pane="document" aria-label={t('pane.document')}>
          {main === null ? (
            <DropPlace
              share={share}
              onFiles={(files) =>
                bring(files.slice(0, 1), ([first]) => {
                  if (first !== undefined) setMain(first);
                })
              }
            />
          ) : (
            <>
              <VerdictBar document={null} files={[main]} deciding={false} />
              <Reader documentId={loaded.id} files={[main, ...annexes]} marking={false} />
            </>
          )}
        </main>
        <aside className="full-side" data-pane="side" aria-label={t('draft.title')}>
          {main === null ? null : (
            <div className="acts-line">
              <FileButton
                label={t('draft.other-file')}
                accept="application/pdf,.pdf"
                testId={testIds.draft.file}
                disabled={!loaded.may.includes('attach-file')}
                onFiles={(files) =>
                  bring(files.slice(0, 1), ([first]) => {
                    if (first !== undefined) setMain(first);
                  })
                }
              />
              <FileButton
                label={t('draft.annexes')}
                multiple
                testId={testIds.draft.annexes}
                disabled={!loaded.may.includes('attach-file')}
                onFiles={(files) => bring(files, (checked) => setAnnexes((now) => [...now, ...checked]))}
              />
              {share === null ? null : <progress max={1} value={share} aria-label={t('draft.uploading')} />}
            </div>
          )}
          {annexes.length === 0 ? null : (
            <ul className="receivers-list">
              {annexes.map((one) => (
                <li key={one.sha256}>
                  <span>{one.name}</span>
                  <Button
                    look="quiet"
                    onClick={() => setAnnexes((now) => now.filter((other) => other !== one))}
                  >
                    {t('draft.remove-file')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          <DraftFields form={form} onChange={change} />
          <div className="full-acts">
            <Button
              wide
              look="filled"
              shortcut="Ctrl+Enter"
              busy={act.busy}
              reason={reason}
              onClick={submit}
              testId={testIds.draft.submit}
            >
              {submitLabel}
            </Button>
            {reason === undefined ? null : <p className="act-reason">{reason}</p>}
            <Button
              wide
              busy={act.busy}
              reason={secret ? t('draft.secret') : undefined}
              onClick={saveOnly}
              testId={testIds.draft.save}
            >
              {t('act.save-draft')}
            </Button>
          </div>
        </aside>
      </div>
    </div>
  );
}

interface DropPlaceProps {
  readonly share: number | null;
  readonly onFiles: (files: readonly File[]) => void;
}

function DropPlace({ share, onFiles }: DropPlaceProps) {
  const { t } = useWords();
  return (
    <section
      className="drop"
      aria-label={t('draft.choose')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <h2>{t('draft.choose-title')}</h2>
      <p className="quiet">{t('draft.choose-about')}</p>
      {share === null ? (
        <FileButton
          label={t('draft.choose')}
          look="filled"
          accept="application/pdf,.pdf"
          testId={testIds.draft.file}
          onFiles={onFiles}
        />
      ) : (
        <progress max={1} value={share} aria-label={t('draft.uploading')} />
      )}
    </section>
  );
}
