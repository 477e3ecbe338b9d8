// Phiếu giải quyết văn bản đến: proposed from the document and its notes, changed by the clerk, looked at as the page it becomes,
// kept with the document or saved as a file. Main makes the page; what came in stays as it is.
import { useEffect, useState } from 'react';
import type { Annotation } from '../../../preload/contract/annotation';
import { opinionPlaces, type PlacedOpinion, type SheetDraft } from '../../../preload/contract/handling-sheet';
import type { Attachment, IncomingDocument } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { DeskMessage } from '../../app/desk-message';
import { answerOf } from '../../app/failures';
import { testIds } from '../../app/test-ids';
import { type TextKey, useWords } from '../../i18n/text';
import type { Ledger, Live } from '../../ledger';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ChoiceField, TextField } from '../../ui/field';
import { isPdf } from '../document/governing';
import { Reader } from '../document/reader';
import { proposedSheet, type RenewedSheet, renewedSheet, sheetOf } from './sheet';
import './marking.css';

const ids = testIds.marking;

/** One look is enough: the sheet is the clerk's from then on. */
function firstOf<T>(live: Live<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // What is there already may be told before there is anything to stop.
    const stop = live.subscribe(
      (value) => {
        queueMicrotask(() => stop());
        resolve(value);
      },
      (error) => {
        queueMicrotask(() => stop());
        reject(error);
      },
    );
  });
}

/** The marks of all files of a document, as they are now. */
async function marksOf(ledger: Ledger, files: readonly Attachment[]): Promise<Annotation[]> {
  const lists = files.filter(isPdf).map(({ sha256 }) => firstOf(ledger.annotations(sha256)));
  return (await Promise.all(lists)).flat();
}

/** Offered once the document is registered: before, it has no number of arrival. */
export function SheetButton({ document }: { readonly document: IncomingDocument }) {
  const { t } = useWords();
  const { ledger, info } = useDesk();
  const act = useAct();
  const [open, setOpen] = useState<RenewedSheet | null>(null);
  const { id, sheet } = document;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document closes the sheet of the one before
  useEffect(() => setOpen(null), [id]);
  if (document.arrivalNumber === null) return null;
  const begin = (): void => {
    void act.run(async () => {
      const marks = await marksOf(ledger, document.attachments);
      const draft = proposedSheet(document, info.agency.name, marks);
      setOpen(sheet === undefined ? { draft, news: 0 } : renewedSheet(sheet.words, draft));
    });
  };
  return (
    <>
      <Button wide look="quiet" busy={act.busy} onClick={begin} testId={ids.sheetOpen}>
        {t('sheet.open')}
      </Button>
      {open === null ? null : (
        <SheetDialog
          document={document}
          draft={open.draft}
          news={open.news}
          onChange={(draft) => setOpen({ ...open, draft })}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

interface SheetDialogProps {
  readonly document: IncomingDocument;
  readonly draft: SheetDraft;
  /** Opinions that came, changed or went since the sheet was kept. */
  readonly news: number;
  readonly onChange: (draft: SheetDraft) => void;
  readonly onClose: () => void;
}

function SheetDialog({ document, draft, news, onChange, onClose }: SheetDialogProps) {
  const { t } = useWords();
  const { api, ledger, done } = useDesk();
  const act = useAct();
  const [page, setPage] = useState<Attachment | null>(null);
  const kept = document.sheet?.versions.length ?? 0;
  const { number } = draft;
  const name =
    kept === 0 ? t('sheet.file-name', { number }) : t('sheet.version-name', { number, version: kept + 1 });
  const make = async (): Promise<Attachment> =>
    (await answerOf(api.marking.sheet({ sheet: sheetOf(draft), name }))).file;
  const show = (): void => {
    void act.run(async () => setPage(await make()));
  };
  const keep = (): void => {
    void act.run(async () => {
      await ledger.acts.keepSheet({ id: document.id, words: draft, file: await make() });
      onClose();
      done(t('sheet.kept'));
    });
  };
  const save = (): void => {
    void act.run(async () => {
      const { sha256 } = await make();
      const { saved } = await answerOf(api.files.saveCopy({ sha256, name }));
      if (!saved) return;
      onClose();
      done(t('sheet.saved'));
    });
  };
  return (
    <Dialog
      wide
      title={t('sheet.title')}
      onClose={onClose}
      testId={ids.sheet}
      actions={
        <>
          <Button look="filled" busy={act.busy} onClick={keep} testId={ids.sheetKeep}>
            {t('sheet.keep')}
          </Button>
          {page === null ? (
            <Button busy={act.busy} onClick={show} testId={ids.sheetShow}>
              {t('sheet.show')}
            </Button>
          ) : (
            <Button onClick={() => setPage(null)} testId={ids.sheetBack}>
              {t('sheet.back')}
            </Button>
          )}
          <Button busy={act.busy} onClick={save} testId={ids.sheetSave}>
            {t('sheet.save')}
          </Button>
          <Button onClick={onClose} testId={ids.sheetClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <DeskMessage />
      {news === 0 ? null : (
        <p className="step-note" data-testid={ids.sheetNews}>
          {t('sheet.news', { count: news })}
        </p>
      )}
      {page === null ? (
        <SheetForm draft={draft} onChange={onChange} />
      ) : (
        <div className="sheet-page" data-testid={ids.sheetPage}>
          <Reader documentId={document.id} files={[page]} marking={false} fit="page" />
        </div>
      )}
    </Dialog>
  );
}

type Line = Exclude<keyof SheetDraft, 'opinions'>;
const lines: readonly (readonly [Line, TextKey, number, number?])[] = [
  ['parent', 'sheet.parent', 300],
  ['agency', 'sheet.agency', 300],
  ['number', 'sheet.number', 60],
  ['arrivalDate', 'sheet.arrival-date', 60],
  ['type', 'sheet.type', 600],
  ['notation', 'sheet.notation', 120],
  ['documentDate', 'sheet.document-date', 60],
  ['author', 'sheet.author', 600],
  ['subject', 'sheet.subject', 2000, 2],
];

function SheetForm({ draft, onChange }: Pick<SheetDialogProps, 'draft' | 'onChange'>) {
  const { t } = useWords();
  const { opinions } = draft;
  const put = (id: string, change: Partial<PlacedOpinion>): void =>
    onChange({ ...draft, opinions: opinions.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  const add = (): void => {
    const fresh = { id: crypto.randomUUID(), place: 'unit', text: '', by: '', day: '', said: null } as const;
    onChange({ ...draft, opinions: [...opinions, fresh] });
  };
  return (
    <div className="form">
      <p className="quiet">{t('sheet.about')}</p>
      {lines.map(([name, label, most, rows]) => (
        <TextField
          key={name}
          label={t(label)}
          value={draft[name]}
          onChange={(value) => onChange({ ...draft, [name]: value })}
          maxLength={most}
          {...(rows === undefined ? {} : { lines: rows })}
          testId={ids.sheetField(name)}
        />
      ))}
      {opinions.map((one, index) => (
        <fieldset key={one.id} className="sheet-opinion">
          <legend>{t('sheet.opinion', { number: index + 1 })}</legend>
          <ChoiceField
            label={t('sheet.opinion-of')}
            value={one.place}
            choices={opinionPlaces.map((place) => ({ value: place, label: t(`sheet.of-${place}`) }))}
            onChange={(value) =>
              put(one.id, { place: opinionPlaces.find((place) => place === value) ?? 'none' })
            }
            testId={ids.sheetField(`place-${index + 1}`)}
          />
          <TextField
            label={t('sheet.opinion-text')}
            value={one.text}
            onChange={(text) => put(one.id, { text })}
            lines={3}
            testId={ids.sheetField(`text-${index + 1}`)}
          />
          <div className="sheet-row">
            <TextField
              label={t('sheet.opinion-by')}
              value={one.by}
              onChange={(by) => put(one.id, { by })}
              maxLength={300}
              testId={ids.sheetField(`by-${index + 1}`)}
            />
            <TextField
              label={t('sheet.opinion-day')}
              value={one.day}
              onChange={(day) => put(one.id, { day })}
              maxLength={40}
            />
          </div>
        </fieldset>
      ))}
      <Button look="quiet" onClick={add} testId={ids.sheetField('add')}>
        {t('sheet.add')}
      </Button>
    </div>
  );
}
