// Text as a preview shows it, within the letters that it may have. Pure.
import { type FilePreview, mostLetters } from '../../preload/contract/preview';

type TextPreview = Extract<FilePreview, { readonly kind: 'text' }>;

/** `more`: the file has more than `text`, however long that is. */
export function cutText(text: string, encoding: TextPreview['encoding'], more: boolean): TextPreview {
  // A pair of surrogates is not torn.
  const end = /[\ud800-\udbff]/.test(text.charAt(mostLetters - 1)) ? mostLetters - 1 : mostLetters;
  return { kind: 'text', text: text.slice(0, end), encoding, cut: more || text.length > end };
}
