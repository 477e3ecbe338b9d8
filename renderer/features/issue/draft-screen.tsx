// Phát hành văn bản, first half: the PDF that comes in and what the register and the receivers must know of it.
import { useEffect, useMemo, useRef, useState } from 'react';
import { type DeskId, newDeskId } from '../../../preload/contract/ids';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { useNavigation } from '../../app/navigation';
import { useSlot } from '../../app/slots';
import { testIds } from '../../app/test-ids';
import { useWords } from '../../i18n/text';
import type { OutgoingAct } from '../../ledger';
import { Button } from '../../ui/button';
import { Reader } from '../document/reader';
import { VerdictBar } from '../document/verdict-bar';
import { FullScreen } from '../full-screen';
import { ChooseFile, DropPlace } from '../intake/choose-file';
import { useFileRead } from '../intake/use-file-read';
import { useIntake } from '../intake/use-intake';
import { StoredDocument } from '../stored-document';
import { DraftFields } from './draft-fields';
import { type DraftForm, emptyForm, factsOf, formOf, lacks } from './draft-form';
import { notationFor, proposeFacts } from './propose-facts';
import { useSecretAnnexes } from './use-secret-annexes';

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
  return (
    <StoredDocument
      id={id}
      show={(view) => {
        if (view.kind !== 'outgoing') return null;
        const { facts, main, annexes } = view.document;
        const { may } = view;
        return <DraftEditor loaded={{ id, isNew: false, form: formOf(facts, blank), main, annexes, may }} />;
      }}
    />
  );
}

function DraftEditor({ loaded }: { readonly loaded: Loaded }) {
  const { t } = useWords();
  const { ledger, info, done } = useDesk();
  const { go } = useNavigation();
  const act = useAct();
  const { share, bring, bringMain, dialog } = useIntake();
  const [form, setForm] = useState(loaded.form);
  const [main, setMain] = useState(loaded.main);
  const [annexes, setAnnexes] = useState(loaded.annexes);
  const read = useFileRead(main);
  const secretAnnex = useSecretAnnexes(annexes);
  const secret = read?.secret === true || secretAnnex;
  const stored = useRef(!loaded.isNew);
  const lastSaved = useRef({ form, main, annexes });

  useEffect(() => {
    if (read === null) return;
    const proposed = proposeFacts(read.text);
    setForm((now) => ({
      ...now,
      typeName: now.subject === '' && proposed.typeName !== null ? proposed.typeName : now.typeName,
      notation: now.notationByHand || proposed.notation === null ? now.notation : proposed.notation,
      subject: now.subject === '' && proposed.subject !== null ? proposed.subject : now.subject,
    }));
  }, [read]);

  const change = (part: Partial<DraftForm>): void =>
    setForm((now) => {
      const next = { ...now, ...part };
      if (part.typeName === undefined || next.notationByHand) return next;
      return { ...next, notation: notationFor(part.typeName, info.notation) };
    });

  const save = async (): Promise<void> => {
    const facts = factsOf(form, read?.pages ?? 0);
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
  const choose = (files: readonly File[]): void =>
    bringMain(files, (brought) => {
      if (brought.main !== null) setMain(brought.main);
      setAnnexes((now) => [...now, ...brought.others]);
    });
  const mayAttach = loaded.may.includes('attach-file');

  return (
    <FullScreen
      testId={testIds.draft.root}
      title={t(isLeader ? 'draft.title-leader' : 'draft.title')}
      about={form.subject}
      leave={{ label: t('common.later'), run: leave, busy: act.busy, testId: testIds.draft.cancel }}
      page={
        main === null ? (
          <DropPlace
            title="draft.choose-title"
            about="draft.choose-about"
            label="draft.choose"
            share={share}
            multiple
            onFiles={choose}
            testId={testIds.draft.file}
          />
        ) : (
          <>
            <VerdictBar document={null} files={[main]} deciding={false} />
            <Reader
              documentId={loaded.id}
              files={[main, ...annexes]}
              marking={false}
              onUnlocked={(file) => {
                if (file.sha256 === main.sha256) setMain(file);
                else setAnnexes((now) => now.map((one) => (one.sha256 === file.sha256 ? file : one)));
              }}
            />
          </>
        )
      }
      side={
        <>
          {main === null ? null : (
            <div className="acts-line">
              <ChooseFile
                label="draft.other-file"
                share={share}
                disabled={!mayAttach}
                onFiles={choose}
                testId={testIds.draft.file}
              />
              <ChooseFile
                label="draft.annexes"
                share={null}
                multiple
                disabled={!mayAttach || share !== null}
                onFiles={(files) => bring(files, (checked) => setAnnexes((now) => [...now, ...checked]))}
                testId={testIds.draft.annexes}
              />
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
          {dialog}
        </>
      }
      act={{ label: submitLabel, reason, busy: act.busy, run: submit, testId: testIds.draft.submit }}
      moreActs={
        <Button
          wide
          busy={act.busy}
          reason={secret ? t('draft.secret') : undefined}
          onClick={saveOnly}
          testId={testIds.draft.save}
        >
          {t('act.save-draft')}
        </Button>
      }
    />
  );
}
