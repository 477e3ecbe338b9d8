// A mark a person lays over a page: its shapes and its words, as stored, shown and exported. It holds no behaviour.
import { z } from 'zod';
import { deskId, instant, sha256 } from './ids';

/** The kinds of marks; a thread's answers are notes that name the note they answer. */
export const markKinds = [
  'highlight',
  'underline',
  'strike',
  'note',
  'text',
  'ink',
  'arrow',
  'line',
  'rectangle',
  'ellipse',
  'stamp',
] as const;
export const markKind = z.enum(markKinds);
export type MarkKind = z.infer<typeof markKind>;

/** The inks there are: few enough to be told apart on a printed page. */
export const markColours = ['yellow', 'red', 'blue', 'green', 'black'] as const;
export const markColour = z.enum(markColours);
export type MarkColour = z.infer<typeof markColour>;

/** Notes of the office ("ghi chú"), a leader's instructions ("ý kiến chỉ đạo"), and what other tools wrote into the file. */
export const markLayers = ['notes', 'directions', 'imported'] as const;
export const markLayer = z.enum(markLayers);
export type MarkLayer = z.infer<typeof markLayer>;

/** Red, green, blue from 0 to 1 of each ink, on screen and in a PDF alike. */
export const inkOf: Readonly<Record<MarkColour, readonly [number, number, number]>> = {
  yellow: [1, 0.85, 0.24],
  red: [0.8, 0.1, 0.1],
  blue: [0.06, 0.36, 0.66],
  green: [0.07, 0.45, 0.25],
  black: [0.1, 0.1, 0.12],
};

const coordinate = z.number().min(-20_000).max(20_000);

/** What a mark looks like; points of the page as shown, origin at its lower left. Older rows lack what has a default. */
export const markShape = {
  page: z.number().int().min(1),
  kind: markKind,
  /** Text marks: eight numbers a line, upper left, upper right, lower left, lower right. */
  quads: z.array(z.array(z.number()).length(8)).max(2000),
  at: z.strictObject({ x: z.number(), y: z.number() }),
  text: z.string().max(20_000),
  /** Ink: x, y and pressure (0 to 1) in turn; arrows and lines: x, y of start and end. */
  strokes: z.array(z.array(coordinate).max(60_000)).max(2000).default([]),
  /** Shapes, text and stamps: left, lower, right, upper. */
  box: z.array(coordinate).length(4).nullable().default(null),
  colour: markColour.default('yellow'),
  /** Whose voice it is; each can be hidden on its own. */
  layer: markLayer.default('notes'),
  /** A stamp of the clerk's own image: its blob; the words are then its alternative text. */
  picture: sha256.nullable().default(null),
} as const;

export const annotation = z.strictObject({
  id: z.uuid(),
  rev: z.number().int().min(0),
  documentId: deskId,
  fileSha: sha256,
  ...markShape,
  author: z.string().max(600),
  createdAt: instant,
  /** The note this one answers. */
  replyTo: z.uuid().nullable().default(null),
  /** Null in a row that never changed. */
  changedAt: instant.nullable().default(null),
  deleted: z.boolean(),
});
export type Annotation = z.infer<typeof annotation>;

/** A mark as a window gives it to be kept; the ledger says by whom and when. */
export type MarkGiven = Omit<
  z.input<typeof annotation>,
  'rev' | 'author' | 'createdAt' | 'changedAt' | 'deleted'
>;

/** A mark as it goes into a PDF. */
export const exportedMark = z.strictObject({
  id: z.uuid(),
  ...markShape,
  author: z.string().max(600),
  createdAt: instant,
  replyTo: z.uuid().nullable().default(null),
});
export type ExportedMark = z.infer<typeof exportedMark>;
