// The verdict's one sentence cut for its places: what may be done, and why. Pure; the words are the contract's.
import type { ClerkSentence } from '../../../preload/contract/verdict';
import type { Language } from '../../i18n/text';

/** The sentence in two parts: what may be done, and why. */
export function splitSentence(sentence: ClerkSentence, language: Language): readonly [string, string] {
  const words = sentence[language];
  const end = /[.:](\s|$)/.exec(words);
  if (end === null) return [words, ''];
  return [words.slice(0, end.index + 1), words.slice(end.index + 1).trim()];
}

/** The second part alone, as a sentence: for a document that is accepted or sent already, and for any other file. */
export function stateOf(sentence: ClerkSentence, language: Language): string {
  const [may, why] = splitSentence(sentence, language);
  const words = why === '' ? may : why;
  return `${words.slice(0, 1).toLocaleUpperCase(language)}${words.slice(1)}`;
}
