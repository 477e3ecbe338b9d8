// The jobs on marks in PDF files, as the host does them: each parses one foreign file and gives back values. They keep nothing.
import { readFileSync } from 'node:fs';
import { mostUnshown } from '../../preload/contract/marking';
import { answerable, asImported, flattenIncrement, markIncrement, readMarks } from '../marking';
import { parseTrueType, type TrueTypeFont } from '../signing';
import { type Job, withFile } from './job';
import { markingInputs } from './marking-protocol';

const fonts = new Map<string, TrueTypeFont>();
function fontFrom(path: string): TrueTypeFont {
  const known = fonts.get(path) ?? parseTrueType(readFileSync(path));
  fonts.set(path, known);
  return known;
}

const readJob: Job<'read-marks'> = (input) => {
  const { access, fileSha, password } = markingInputs['read-marks'].parse(input);
  return withFile(access, (source) => {
    const read = readMarks(source, fileSha, password ?? undefined);
    return {
      imported: asImported(read),
      own: read.marks.filter(({ own }) => own).map(({ mark }) => mark),
      others: Object.values(read.others).reduce((sum, one) => sum + one, 0),
      cut: read.cut,
    };
  });
};

const writeJob: Job<'write-marks'> = (input) => {
  const { access, fileSha, marks, flattened, fontPath, password, copy, ...given } =
    markingInputs['write-marks'].parse(input);
  const pictures = new Map(given.pictures.map(({ sha256, png }) => [sha256, png]));
  return withFile(access, (source) => {
    const order = {
      ...{ marks, pictures },
      ...(password === null ? {} : { password }),
      ...(copy === undefined ? {} : { copy }),
    };
    const font = fontFrom(fontPath);
    const answers = marks.some(({ replyTo }) => replyTo !== null);
    const known = answers ? answerable(readMarks(source, fileSha, password ?? undefined)) : new Map();
    const write = flattened ? flattenIncrement : markIncrement;
    const { increment, unshown } = write(source, { ...order, known }, font);
    return { increment, unshown: unshown.slice(0, mostUnshown) };
  });
};

export const markingJobs = { 'read-marks': readJob, 'write-marks': writeJob } as const;
