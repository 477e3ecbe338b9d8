// Gives a component its words in the chosen language. It stores the choice and nothing else.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Code, sentences } from '../../preload/contract/codes';
import { en } from './en';
import { vi } from './vi';

export type TextKey = keyof typeof vi;
export type Language = 'vi' | 'en';
export type Params = Readonly<Record<string, string | number>>;

const tables: Record<Language, Record<TextKey, string>> = { vi, en };
const storageKey = 'van-thu.language';

/** A sentence with its {names} filled in. */
export function textOf(language: Language, key: TextKey, params: Params = {}): string {
  return tables[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** The sentence of a code; a code from a newer main has a general one. */
export function codeSentence(language: Language, code: string): string {
  const known = Object.hasOwn(sentences, code) ? sentences[code as Code] : sentences.internal;
  return known[language];
}

export interface Words {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: (key: TextKey, params?: Params) => string;
  readonly sentence: (code: string) => string;
}

const context = createContext<Words | null>(null);

function storedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi';
}

/** Holds the language for everything below. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(storedLanguage);
  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(storageKey, next);
    choose(next);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo<Words>(
    () => ({
      language,
      setLanguage,
      t: (key, params) => textOf(language, key, params),
      sentence: (code) => codeSentence(language, code),
    }),
    [language, setLanguage],
  );
  return <context.Provider value={words}>{children}</context.Provider>;
}

/** The words of the nearest provider. */
export function useWords(): Words {
  const words = useContext(context);
  if (words === null) throw new Error('WordsProvider is missing');
  return words;
}
