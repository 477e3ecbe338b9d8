// The calls of a window on files that come in: what a file is, and a PDF made of it that says what it was made from. Long work
// is told as progress and can be stopped. It parses nothing itself.

import type { CallOutput } from '../../../preload/contract/calls';
import type { Code } from '../../../preload/contract/codes';
import type { EventPayload } from '../../../preload/contract/events';
import { Failure } from '../../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../../preload/contract/ids';
import type { FileLook } from '../../../preload/contract/intake';
import type { OriginalFile } from '../../../preload/contract/made-from';
import type { Attachment } from '../../../preload/contract/records';
import { isOfficeKind } from '../../convert';
import type { IntakeReader } from '../../reading';
import { verdictOrReason } from '../arrivals';
import { previewFile } from '../preview/preview';
import type { ReadingPort } from '../reading-port';
import { type ConversionParts, createConversion, isPicture, type Made, nameMisleads } from './conversion';
import type { Passwords } from './passwords';

export interface IntakeParts extends ConversionParts {
  readonly reading: IntakeReader;
  readonly verdicts: Pick<ReadingPort, 'verdict'>;
  readonly passwords: Passwords;
  /** A file can be opened that could not before. */
  readonly unlocked: () => void;
  readonly tell: (name: 'progress', payload: EventPayload<'progress'>) => void;
  readonly now: () => Date;
}

/** Damage, not a kind of file that is not understood. */
function maybeRepaired(code: Code): boolean {
  const other: readonly Code[] = [
    'pdf-encryption-unsupported',
    'pdf-encryption-damaged',
    'pdf-mac-protected',
  ];
  return code.startsWith('pdf-') && !other.includes(code);
}

/** The service over its parts. */
export function createIntake(parts: IntakeParts) {
  const conversion = createConversion(parts);
  const working = new Map<string, AbortController>();

  /** Runs one piece of work under its name, to be stopped by it. Throws Failure `call-refused` for a name in use. */
  async function run<T>(work: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (working.has(work)) throw new Failure('call-refused', 'this work is under way');
    const stop = new AbortController();
    working.set(work, stop);
    try {
      return await task(stop.signal);
    } finally {
      working.delete(work);
    }
  }

  async function attachmentOf(
    { written, name, notes }: Made,
    how: 'converted' | 'repaired',
    originals: readonly OriginalFile[],
  ): Promise<Attachment> {
    return {
      sha256: written.sha256,
      name,
      description: '',
      contentType: 'application/pdf',
      size: written.size,
      verdict: await verdictOrReason(parts.verdicts, written.sha256),
      verifiedAt: asInstant(parts.now()),
      problem: null,
      madeFrom: { how, originals: [...originals], notes: [...notes] },
    };
  }

  return {
    /** What a stored file is and what is to be done with it. Throws those of reading. */
    async look(sha256: Sha256, name: string): Promise<FileLook> {
      const {
        kind: fileKind,
        locked,
        macros,
        pdf,
      } = await parts.reading.look(sha256, parts.passwords.of(sha256));
      const notes: Code[] = nameMisleads(name, fileKind) ? ['file-name-misleads'] : [];
      if (pdf?.code === 'pdf-password-needed' || pdf?.code === 'pdf-password-wrong') {
        return { step: 'unlock', fileKind, notes };
      }
      if (pdf !== null && pdf.code !== null) {
        return { step: maybeRepaired(pdf.code) ? 'repair' : 'refused', fileKind, code: pdf.code, notes };
      }
      if (pdf !== null) return { step: 'none', fileKind, notes: [...notes, ...pdf.notes] };
      if (isPicture(fileKind)) return { step: 'convert', fileKind, by: 'pictures', notes };
      if (!isOfficeKind(fileKind)) return { step: 'refused', fileKind, code: 'convert-unknown-kind', notes };
      if (macros) notes.push('convert-macros');
      const refusal = locked ? 'convert-locked' : conversion.officeRefusal();
      if (refusal !== null) return { step: 'refused', fileKind, code: refusal, notes };
      return { step: 'convert', fileKind, by: 'office', notes };
    },

    /** See `files.preview`. */
    preview: (sha256: Sha256) => previewFile(parts.reading, sha256),

    /** See `intake.convert`. */
    convert: (work: string, files: readonly OriginalFile[]): Promise<Attachment> =>
      run(work, async (signal) => {
        const made = await conversion.convert(
          files,
          (done) => parts.tell('progress', { work, done }),
          signal,
        );
        // Stopped at the last moment: what was made is a blob that nothing names.
        if (signal.aborted) throw new Failure('cancelled');
        return attachmentOf(made, 'converted', files);
      }),

    /** See `intake.unlock`. */
    async unlock(sha256: Sha256, password: string, keep: boolean): Promise<CallOutput<'intake.unlock'>> {
      const { reading, passwords } = parts;
      const known = passwords.of(sha256);
      const restricts = (pdf: NonNullable<Awaited<ReturnType<typeof reading.look>>['pdf']>): boolean =>
        pdf.notes.includes('pdf-changes-restricted');
      const { pdf } = await reading.look(sha256, password);
      if (pdf === null) throw new Failure('pdf-not-pdf');
      if (pdf.code !== null) throw new Failure(pdf.code);
      if (restricts(pdf)) {
        // It opens without this one too: what was meant as the owner's is not.
        const before = (await reading.look(sha256, known)).pdf;
        if (before !== null && before.code === null) throw new Failure('pdf-password-wrong');
      }
      await passwords.remember(sha256, password, keep);
      parts.unlocked();
      return {
        restricted: restricts(pdf),
        verdict: await verdictOrReason(parts.verdicts, sha256),
        at: asInstant(parts.now()),
      };
    },

    /** See `intake.repair`. */
    repair: (work: string, file: OriginalFile): Promise<CallOutput<'intake.repair'>> =>
      run(work, async (signal) => {
        parts.tell('progress', { work, done: null });
        const password = parts.passwords.of(file.sha256);
        const { written, report, notes } = await parts.reading.repair(file.sha256, file.name, password);
        if (signal.aborted) throw new Failure('cancelled');
        await parts.passwords.inherit(file.sha256, written.sha256);
        const name = file.name.replace(/(\.pdf)?$/i, ' (lập lại).pdf');
        return { file: await attachmentOf({ written, name, notes }, 'repaired', [file]), report };
      }),

    passwordOf: (sha256: Sha256): string | null => parts.passwords.of(sha256),

    stop(work: string): void {
      working.get(work)?.abort();
    },

    /** Ends what runs: the application closes. */
    close(): void {
      for (const stop of working.values()) stop.abort();
    },
  };
}

export type Intake = ReturnType<typeof createIntake>;
