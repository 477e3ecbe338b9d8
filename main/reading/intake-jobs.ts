// The jobs on files that come in, as the host does them: each parses foreign bytes and gives back values, or one new sealed
// file. They keep nothing and start no program.
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { openSealed } from '../blobs/host-files';
// File by file: the surface of the room would bring LibreOffice's starter into the reading host, which starts no program.
import { writeImagePdf } from '../convert/image-pdf';
import { fileFacts } from '../convert/office-facts';
import { fontWarning, pdfFonts, replacedFonts } from '../convert/pdf-fonts';
import { openPdf, type PdfFile, repairPdf } from '../pdf';
import { openFileSource } from '../runtime/file-source';
import { onWritable } from '../signing';
import { intakeInputs } from './intake-protocol';
import { type Job, withFile } from './job';
import type { AnyFileAccess, JobAnswer } from './protocol';
import { writeSealed } from './sealing-sink';
import { secretLookJob } from './secret-look';

function notesOf(file: PdfFile): Code[] {
  const notes: Code[] = [];
  for (const _page of file.pages());
  if (file.rebuilt) notes.push('pdf-table-rebuilt');
  if (file.startWasWrong) notes.push('pdf-start-corrected');
  if (file.encryption?.restricted === true) notes.push('pdf-changes-restricted');
  return notes;
}

/** As signing would open it: a file that cannot be signed is said to be so here. */
function lookAtPdf(source: ByteSource, password: string | undefined): JobAnswer<'file-look'>['pdf'] {
  try {
    return { code: null, notes: onWritable(source, password, notesOf) };
  } catch (error) {
    if (isFailure(error)) return { code: codeOf(error), notes: [] };
    if (error instanceof RangeError) return { code: 'pdf-object-damaged', notes: [] };
    throw error;
  }
}

const fileLook: Job<'file-look'> = (input) => {
  const { access, password } = intakeInputs['file-look'].parse(input);
  return withFile(access, (source) => {
    const { kind, locked, macros, fonts } = fileFacts(source);
    return {
      kind,
      locked,
      macros,
      fonts: fonts.slice(0, 500).map((one) => one.slice(0, 200)),
      pdf: kind === 'pdf' ? lookAtPdf(source, password ?? undefined) : null,
    };
  });
};

/** One file open at a time, however many there are. */
function* eachSource(accesses: readonly AnyFileAccess[]): Generator<ByteSource> {
  for (const { path, fileKey } of accesses) {
    const source = fileKey === null ? openFileSource(path) : openSealed({ path, fileKey });
    try {
      yield source;
    } finally {
      source.close();
    }
  }
}

const picturePdf: Job<'picture-pdf'> = async (input, ask) => {
  const { accesses } = intakeInputs['picture-pdf'].parse(input);
  const { written, value } = await writeSealed(ask, 'own-file', (write) =>
    writeImagePdf(eachSource(accesses), write, async (done) => {
      await ask({ what: 'go-on', done });
    }),
  );
  return { written, pages: value.pages, dpi: value.dpi, warnings: [...value.warnings] };
};

const madePdf: Job<'made-pdf'> = (input) => {
  const { access, fonts } = intakeInputs['made-pdf'].parse(input);
  return withFile(access, (source) => {
    let pages = 0;
    try {
      for (const _page of openPdf(source).pages()) pages += 1;
    } catch (error) {
      throw new Failure('convert-output-bad', codeOf(error), { cause: error });
    }
    if (pages === 0) throw new Failure('convert-output-bad', 'no page');
    return { pages, fontWarning: fontWarning(replacedFonts(fonts, pdfFonts(source))) };
  });
};

const repairJob: Job<'repair-pdf'> = (input, ask) => {
  const { access, name, password } = intakeInputs['repair-pdf'].parse(input);
  return withFile(access, async (source) => {
    const order = { name, password: password ?? undefined, force: false };
    const { written, value } = await writeSealed(ask, 'own-file', (write) => repairPdf(source, order, write));
    const { notes, signatures, ...report } = value;
    const names = signatures.slice(0, 1000).map((one) => one.slice(0, 600));
    return { written, report: { ...report, signatures: names }, notes: [...notes] };
  });
};

export const intakeJobs = {
  'file-look': fileLook,
  'picture-pdf': picturePdf,
  'made-pdf': madePdf,
  'repair-pdf': repairJob,
  'secret-look': secretLookJob,
} as const;
