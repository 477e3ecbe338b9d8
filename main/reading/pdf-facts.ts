// What a form wants to know of a PDF: pages, text, a secrecy mark, the leader's signature that shows, fields that wait. It opens
// a file as signing does, so that nothing is refused here that could be signed; facts are hints and judge nothing.
import type { ByteSource } from '../../preload/contract/byte-source';
import { isFailure } from '../../preload/contract/failure';
import { leaderPlaceOn, onWritable, readNumberBlanks, waitingPlaceOn } from '../signing';
import { type Job, withFile } from './job';
import { lastPages, readText } from './pdf-text';
import { type JobAnswer, jobInputs } from './protocol';
import { saysSecret } from './secret-text';

function pagesOf(source: ByteSource, password: string | undefined): number {
  return onWritable(source, password, (file) => {
    let pages = 0;
    // A place that cannot be read counts: a viewer shows an empty page there.
    for (const page of file.pages(() => undefined)) pages = page.index + 1;
    return pages;
  });
}

/** A form that forbids more signatures or is damaged is refused where something is signed. */
function placeOn(
  source: ByteSource,
  password: string | undefined,
  find: typeof leaderPlaceOn,
): JobAnswer<'pdf-facts'>['leaderSignature'] {
  try {
    const place = onWritable(source, password, find);
    if (place === undefined || !(place.rect.width > 0 && place.rect.height > 0)) return null;
    return { page: place.page + 1, ...place.rect };
  } catch (error) {
    if (isFailure(error)) return null;
    throw error;
  }
}

/** Fields that wait for number and date; none where they are filled, locked or unreadable. */
function blanksOn(source: ByteSource, password: string | undefined): JobAnswer<'pdf-facts'>['numberBlanks'] {
  try {
    const { blanks, filled } = onWritable(source, password, readNumberBlanks);
    return filled ? [] : [...blanks];
  } catch (error) {
    if (isFailure(error)) return [];
    throw error;
  }
}

export const pdfFactsJob: Job<'pdf-facts'> = (input) => {
  const { access, textPages, textOnly, textCharacters, textWork, password } =
    jobInputs['pdf-facts'].parse(input);
  return withFile(access, async (source) => {
    const pages = textOnly ? 0 : pagesOf(source, password ?? undefined);
    const last = textOnly ? 0 : lastPages;
    const read = textPages === 0 ? null : await readText(source, textPages, password, textWork, last);
    const text = read?.text ?? '';
    const places = textOnly
      ? { leaderSignature: null, waitingField: null, numberBlanks: [] }
      : {
          leaderSignature: placeOn(source, password ?? undefined, leaderPlaceOn),
          waitingField: placeOn(source, password ?? undefined, waitingPlaceOn),
          numberBlanks: blanksOn(source, password ?? undefined),
        };
    return {
      pages,
      secret: saysSecret(text),
      text: text.slice(0, textCharacters),
      textRead: textPages === 0 || read !== null,
      pieces: [...(read?.pieces ?? [])],
      sizes: [...(read?.sizes ?? [])],
      ...places,
    };
  });
};
