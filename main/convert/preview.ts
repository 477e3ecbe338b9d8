// What a file that is no page shows of itself: text in the encodings that are met, the words of an office file, the names in an
// archive. Foreign bytes, within limits: the reading host alone calls it. It unpacks an archive's own parts of words, nothing else.
import type { ByteSource } from '../../preload/contract/byte-source';
import { type FilePreview, mostListed } from '../../preload/contract/preview';
import { cutText } from './cut-text';
import { fileFacts } from './office-facts';
import { officeText, type WordsKind } from './office-text';
import { plainText } from './plain-text';
import { openZip, type Zip } from './zip';
import { shownName } from './zip-names';

const none: FilePreview = { kind: 'none' };

function listOf(zip: Zip): FilePreview {
  const { entries } = zip;
  return {
    kind: 'list',
    entries: entries.slice(0, mostListed).map(({ name, size, encrypted }) => ({
      name: shownName(name).slice(0, 600),
      size,
      locked: encrypted,
    })),
    count: entries.length,
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
  };
}

/** An office file without a word that can be read, as one of pictures alone, has nothing to show: an empty page would say it is empty. */
function wordsOf(zip: Zip, kind: WordsKind): FilePreview {
  const { text, missed } = officeText(zip, kind);
  return text === '' ? none : cutText(text, 'office', missed);
}

/** Throws nothing but the source's own errors. */
export function previewOf(source: ByteSource): FilePreview {
  const { kind, locked } = fileFacts(source);
  if (locked) return none;
  if (kind === 'other') return plainText(source);
  if (!['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'zip'].includes(kind)) return none;
  let zip: Zip;
  try {
    zip = openZip(source);
  } catch {
    // Its directory makes no sense: there is nothing to show of it.
    return none;
  }
  switch (kind) {
    case 'docx':
    case 'xlsx':
    case 'pptx':
    case 'odt':
    case 'ods':
    case 'odp':
      return wordsOf(zip, kind);
    default:
      return listOf(zip);
  }
}
