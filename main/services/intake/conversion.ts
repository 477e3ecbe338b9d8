// Makes a PDF of what came in: pictures in the reading host by our own writer, office files by LibreOffice in a process of its
// own. The originals stay as they are; it reads no foreign byte itself and signs nothing.
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Code } from '../../../preload/contract/codes';
import { assert, Failure } from '../../../preload/contract/failure';
import type { Sha256 } from '../../../preload/contract/ids';
import type { OriginalFile } from '../../../preload/contract/made-from';
import type { BlobStore, Written } from '../../blobs';
import { convertOffice, findOffice, isOfficeKind } from '../../convert';
import type { IntakeReader, JobAnswer } from '../../reading';

export interface ConversionParts {
  readonly reading: Pick<IntakeReader, 'look' | 'picturePdf' | 'madePdf'>;
  readonly blobs: BlobStore;
  /** LibreOffice's program as settings name it. */
  readonly office: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the fonts that are shipped. */
  readonly fonts: string;
}

export interface Made {
  readonly written: Written;
  readonly name: string;
  readonly notes: readonly Code[];
}

/** Hears the share done, or null where the end is not known. */
export type Progress = (done: number | null) => void;

type Facts = JobAnswer<'file-look'>;

export const isPicture = (kind: Facts['kind']): boolean =>
  kind === 'jpeg' || kind === 'png' || kind === 'tiff';

/** Extensions that fit what a file is; a kind that is not here may have any. */
const extensions: Partial<Record<Facts['kind'], RegExp>> = {
  pdf: /^\.pdf$/i,
  jpeg: /^\.(jpe?g|jfif)$/i,
  png: /^\.png$/i,
  tiff: /^\.tiff?$/i,
  docx: /^\.do[ct][xm]$/i,
  xlsx: /^\.xl[st][xm]$/i,
  odt: /^\.(odt|ott)$/i,
  ods: /^\.(ods|ots)$/i,
  doc: /^\.(doc|dot)$/i,
  xls: /^\.(xls|xlt)$/i,
  rtf: /^\.(rtf|doc)$/i,
};

/** True when the ending of a name says something else than the content. */
export function nameMisleads(name: string, kind: Facts['kind']): boolean {
  const fitting = extensions[kind];
  const ending = extname(name);
  if (fitting !== undefined) return !fitting.test(ending);
  return Object.values(extensions).some((one) => one?.test(ending) === true);
}

function pdfName(name: string): string {
  const stem = name.slice(0, name.length - extname(name).length);
  return `${stem === '' ? 'van-ban' : stem}.pdf`;
}

/** Decrypts a sealed file to a path, for this user alone. */
async function placeAt(blobs: BlobStore, sha256: Sha256, path: string): Promise<void> {
  const source = await blobs.open(sha256);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const piece = 1 << 20;
      for (let at = 0; at < source.size; at += piece) {
        await file.writeFile(source.read(at, Math.min(piece, source.size - at)));
      }
    } finally {
      await file.close();
    }
  } finally {
    source.close();
  }
}

async function stored(blobs: BlobStore, path: string): Promise<Written> {
  const writer = await blobs.writer('own-file', '', '');
  try {
    for await (const piece of createReadStream(path)) await writer.write(piece as Uint8Array);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return writer.finish();
}

/** Conversions over one store. */
export function createConversion(parts: ConversionParts) {
  const { reading, blobs } = parts;

  async function remove(sha256: Sha256): Promise<void> {
    await blobs.toTrash(sha256);
    await blobs.deleteTrashed(sha256);
  }

  async function ofPictures(
    files: readonly OriginalFile[],
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Made> {
    const [first] = files;
    assert(first !== undefined, 'there is a picture');
    const { written, warnings } = await reading.picturePdf(
      files.map((one) => one.sha256),
      async (pages) => {
        if (signal.aborted) throw new Failure('cancelled');
        progress(files.length > 1 ? Math.min(1, pages / files.length) : null);
      },
    );
    return { written, name: pdfName(first.name), notes: warnings };
  }

  async function ofOffice(
    file: OriginalFile,
    { kind, fonts, macros, locked }: Facts,
    signal: AbortSignal,
  ): Promise<Made> {
    if (!isOfficeKind(kind)) throw new Failure('convert-unknown-kind', kind);
    if (locked) throw new Failure('convert-locked');
    const program = findOffice(parts.office, parts.env);
    if (program === undefined) throw new Failure('convert-office-missing', parts.office ?? '');
    const room = await mkdtemp(join(tmpdir(), 'van-thu-'));
    try {
      const made: Written[] = [];
      await convertOffice({
        program,
        kind,
        room,
        fonts: parts.fonts,
        signal,
        place: (path) => placeAt(blobs, file.sha256, path),
        use: async (path) => void made.push(await stored(blobs, path)),
      });
      const [written] = made;
      assert(written !== undefined, 'what was made was stored');
      try {
        const { fontWarning } = await reading.madePdf(written.sha256, fonts);
        const notes: Code[] = macros ? ['convert-macros'] : [];
        if (fontWarning !== null) notes.push(fontWarning);
        return { written, name: pdfName(file.name), notes };
      } catch (error) {
        await remove(written.sha256);
        throw error;
      }
    } finally {
      await rm(room, { recursive: true, force: true });
    }
  }

  return {
    /** Why LibreOffice cannot be asked, or null. */
    officeRefusal: (): Code | null =>
      findOffice(parts.office, parts.env) === undefined ? 'convert-office-missing' : null,

    /**
     * One PDF of one office file or of pictures. Throws Failure `convert-*`, `cancelled`, and those of reading and of the
     * disk; nothing is kept then.
     */
    async convert(files: readonly OriginalFile[], progress: Progress, signal: AbortSignal): Promise<Made> {
      progress(null);
      const facts: Facts[] = [];
      for (const { sha256 } of files) facts.push(await reading.look(sha256, null));
      const [first] = facts;
      const [file] = files;
      if (facts.every(({ kind }) => isPicture(kind))) return ofPictures(files, progress, signal);
      if (files.length > 1 || first === undefined || file === undefined) {
        throw new Failure('convert-not-together');
      }
      return ofOffice(file, first, signal);
    },
  };
}

export type Conversion = ReturnType<typeof createConversion>;
