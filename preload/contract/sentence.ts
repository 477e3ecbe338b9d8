// What a code says to a person, in the two languages of the desk. A shape and nothing else.

export interface Sentence {
  /** What happened, what is safe, what to do. Sentence case, ends with a full stop. */
  readonly vi: string;
  readonly en: string;
}
