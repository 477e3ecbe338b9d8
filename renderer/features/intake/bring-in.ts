// Brings files of the clerk's into the desk and makes sure that a document's main file is a PDF, asking the clerk where one has to
// be made. It shows nothing: questions go out and answers come back as values.
//
//   uploading ─► looking ─┬─ a PDF ────────────────────────────────► brought
//                         ├─ encrypted ─► asking its password ─ opened ─► brought
//                         │                             └─ no ─► given up
//                         ├─ office file, pictures ─► asking ─ yes ─► converting ─► brought
//                         │                             └─ no ─► given up
//                         ├─ damaged ─► asking ─ yes ─► made anew ─► asking (said what it lacks) ─ yes ─► brought
//                         │                └─ no ─► given up                              └─ no ─► given up
//                         └─ nothing can be made of it ─► asking (said why) ─► given up
import type { DeskApi } from '../../../preload/contract/desk-api';
import type { FileLook, RepairReport } from '../../../preload/contract/intake';
import type { OriginalFile } from '../../../preload/contract/made-from';
import type { Attachment } from '../../../preload/contract/records';
import { answerOf, type Told, told } from '../../app/failures';
import { type FileLike, uploadChecked } from './upload';

/** A file that could not be brought in, with why. */
export interface Refused {
  readonly name: string;
  readonly told: Told;
}

/** What the clerk is asked or told; `yes` is the only way on. */
export type Question =
  | {
      readonly kind: 'convert';
      readonly files: readonly Attachment[];
      readonly look: Extract<FileLook, { step: 'convert' }>;
    }
  | {
      readonly kind: 'no-pdf';
      readonly file: Attachment;
      readonly look: Extract<FileLook, { step: 'refused' }>;
    }
  /** `owner`: it can be read, and only the owner's password lets it be signed. */
  | { readonly kind: 'password'; readonly file: Attachment; readonly owner: boolean }
  /** Whether a new file is to be made of what is left of a damaged one. */
  | { readonly kind: 'damaged'; readonly file: Attachment; readonly code: string }
  /** Whether that new file is to be used. */
  | {
      readonly kind: 'repaired';
      readonly original: Attachment;
      readonly file: Attachment;
      readonly report: RepairReport;
    }
  | { readonly kind: 'refused'; readonly refused: readonly Refused[]; readonly brought: number };

export interface Talk {
  /** The share of the upload, 0 to 1; null when it is over. */
  readonly progress: (share: number | null) => void;
  /** True for yes. */
  readonly ask: (question: Question) => Promise<boolean>;
  /** Work of main's that may take long and can be stopped by its name. */
  readonly working: (work: string, name: string) => void;
}

export interface Brought {
  readonly main: Attachment | null;
  /** What came along and is no main file: as it is. */
  readonly others: readonly Attachment[];
}

export function originalOf({ sha256, name, contentType, size }: Attachment): OriginalFile {
  return { sha256, name, contentType, size };
}

/** For a document of one file: the first of what was dropped, or all where they look like the pages of one scan. */
export function oneOrPictures<T extends { readonly type: string }>(files: readonly T[]): readonly T[] {
  return files.every((file) => file.type.startsWith('image/')) ? files : files.slice(0, 1);
}

/** Uploads one after another; one that is refused does not keep out the others. */
export async function uploadAll(
  api: DeskApi,
  files: readonly FileLike[],
  progress: Talk['progress'],
): Promise<{ readonly uploaded: Attachment[]; readonly refused: Refused[] }> {
  const uploaded: Attachment[] = [];
  const refused: Refused[] = [];
  const whole = files.reduce((sum, file) => sum + file.size, 0) || 1;
  let before = 0;
  progress(0);
  try {
    for (const file of files) {
      try {
        uploaded.push(
          await uploadChecked(api, file, (share) => progress((before + share * file.size) / whole)),
        );
      } catch (error) {
        // What is no refusal of main's is a fault of this page: it ends the act.
        const failure = told(error);
        if (failure.code === 'internal') throw error;
        refused.push({ name: file.name, told: failure });
      }
      before += file.size;
    }
  } finally {
    progress(null);
  }
  return { uploaded, refused };
}

const isPicture = (look: FileLook): boolean => look.step === 'convert' && look.by === 'pictures';

async function converted(
  api: DeskApi,
  talk: Talk,
  files: readonly Attachment[],
  look: Extract<FileLook, { step: 'convert' }>,
): Promise<Attachment | null> {
  if (!(await talk.ask({ kind: 'convert', files, look }))) return null;
  const work = crypto.randomUUID();
  talk.working(work, files[0]?.name ?? '');
  return (await answerOf(api.intake.convert({ work, files: files.map(originalOf) }))).file;
}

/** A new file of a damaged one; null when the clerk does not want it made, or not used. */
async function repaired(
  api: DeskApi,
  talk: Talk,
  file: Attachment,
  code: string,
): Promise<Attachment | null> {
  if (!(await talk.ask({ kind: 'damaged', file, code }))) return null;
  const work = crypto.randomUUID();
  talk.working(work, file.name);
  const made = await answerOf(api.intake.repair({ work, file: originalOf(file) }));
  const use = await talk.ask({ kind: 'repaired', original: file, file: made.file, report: made.report });
  return use ? made.file : null;
}

/** A PDF with its password where it has one; null when the clerk does not give it. */
async function opened(
  api: DeskApi,
  talk: Talk,
  file: Attachment,
  look: Extract<FileLook, { step: 'none' | 'unlock' }>,
): Promise<Attachment | null> {
  const locked = look.step === 'unlock';
  let now = look;
  if (locked) {
    if (!(await talk.ask({ kind: 'password', file, owner: false }))) return null;
    const again = await answerOf(api.intake.look({ sha256: file.sha256, name: file.name }));
    if (again.step === 'none') now = again;
  }
  const restricted = now.notes.includes('pdf-changes-restricted');
  // Without the owner's password it can be read, and its signing will be refused with the same reason.
  const owned = restricted && (await talk.ask({ kind: 'password', file, owner: true }));
  if (!locked && !owned) return file;
  const { verdict, at } = await answerOf(api.files.verify({ sha256: file.sha256 }));
  return { ...file, verdict, verifiedAt: at };
}

/**
 * The main file of a document out of what was chosen or dropped: the first that is a PDF or can be made one, all together when
 * they are pictures. Throws what main refuses, a lone file's own refusal too; `cancelled` when the clerk stopped it.
 */
export async function bringIn(api: DeskApi, files: readonly FileLike[], talk: Talk): Promise<Brought> {
  const { uploaded, refused } = await uploadAll(api, files, talk.progress);
  if (refused.length > 0) {
    await talk.ask({ kind: 'refused', refused, brought: uploaded.length });
    if (uploaded.length === 0) return { main: null, others: [] };
  }
  const looks: { readonly file: Attachment; readonly look: FileLook }[] = [];
  for (const file of uploaded) {
    looks.push({ file, look: await answerOf(api.intake.look({ sha256: file.sha256, name: file.name })) });
  }
  const [first] = looks;
  if (first === undefined) return { main: null, others: [] };
  if (looks.every(({ look }) => isPicture(look)) && first.look.step === 'convert') {
    return { main: await converted(api, talk, uploaded, first.look), others: [] };
  }
  const chosen = looks.find(({ look }) => look.step !== 'refused') ?? first;
  const others = uploaded.filter((file) => file !== chosen.file);
  switch (chosen.look.step) {
    case 'none':
    case 'unlock':
      return { main: await opened(api, talk, chosen.file, chosen.look), others };
    case 'convert':
      return { main: await converted(api, talk, [chosen.file], chosen.look), others };
    case 'repair':
      return { main: await repaired(api, talk, chosen.file, chosen.look.code), others };
    case 'refused':
      await talk.ask({ kind: 'no-pdf', file: chosen.file, look: chosen.look });
      return { main: null, others: [] };
  }
}
