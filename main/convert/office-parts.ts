// The parts of an office file that hold words, element by element, and the order in which the file names them. Foreign XML, each
// part within a limit: what cannot be read is left out and said so.
import { posix } from 'node:path';
import { SaxesParser } from 'saxes';
import type { Zip } from './zip';

const partLimit = 32 << 20;

export type Attributes = Readonly<Record<string, string>>;

/** Names as they are written, with their prefix. */
export interface PartReader {
  readonly open?: (name: string, attributes: Attributes, parent: string) => void;
  /** `name`: the innermost element. */
  readonly text?: (name: string, text: string) => void;
  readonly close?: (name: string) => void;
  /** True: the rest is not read. */
  readonly enough?: () => boolean;
}

export interface OfficeParts {
  readonly names: readonly string[];
  read(part: string, reader: PartReader): void;
  /** A part is there and could not be read to its end: too large, locked, damaged, or with a document type. */
  missed(): boolean;
}

/** A name without its prefix, which every program chooses for itself. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Text that is no XML, or has a document type, ends it: what was found so far counts. Returns whether all of it was read. */
function readXml(xml: Uint8Array, reader: PartReader): boolean {
  const parser = new SaxesParser({ fragment: false });
  const path: string[] = [];
  let whole = true;
  const end = (): void => {
    whole = false;
  };
  parser.on('error', end);
  parser.on('doctype', end);
  parser.on('opentag', ({ name, attributes }) => {
    if (whole) reader.open?.(name, attributes as Attributes, path.at(-1) ?? '');
    path.push(name);
  });
  parser.on('closetag', ({ name }) => {
    path.pop();
    if (whole) reader.close?.(name);
  });
  parser.on('text', (text) => {
    if (whole) reader.text?.(path.at(-1) ?? '', text);
  });
  const text = Buffer.from(xml).toString('utf8');
  for (let at = 0; at < text.length && whole && reader.enough?.() !== true; at += 65_536)
    parser.write(text.slice(at, at + 65_536));
  return whole && path.length === 0;
}

/** The parts of an archive. */
export function officeParts(zip: Zip): OfficeParts {
  const names = new Set(zip.names);
  let missed = false;
  return {
    names: [...names],
    read(part, reader) {
      if (!names.has(part)) return;
      const xml = zip.read(part, partLimit);
      if (xml === undefined || !readXml(xml, reader)) missed = true;
    },
    missed: () => missed,
  };
}

/** What a part points to: the parts by the name of the relation, and those of one type (OPC, 9.3). */
function relationsOf(
  parts: OfficeParts,
  part: string,
): readonly { readonly id: string; readonly type: string; readonly part: string }[] {
  const folder = posix.dirname(part);
  const found: { id: string; type: string; part: string }[] = [];
  parts.read(`${folder}/_rels/${posix.basename(part)}.rels`, {
    open(name, { Id: id = '', Type: type = '', Target: target = '' }) {
      if (localName(name) !== 'Relationship') return;
      found.push({ id, type, part: posix.resolve('/', folder, target).slice(1) });
    },
  });
  return found;
}

/** The part of one type that `part` points to. */
export function relatedPart(parts: OfficeParts, part: string, type: string): string | undefined {
  return relationsOf(parts, part).find((one) => one.type.endsWith(`/${type}`))?.part;
}

/** Sheets or slides. */
export interface Sequence {
  /** The part that names them in order. */
  readonly of: string;
  /** The local name of the element that names one by `r:id`. */
  readonly element: string;
  /** The last word of the relation's type. */
  readonly type: string;
  /** Their names where nothing says the order. */
  readonly usual: RegExp;
}

/** Parts in the order of their file; those that it does not name behind them, by the number in their names. */
export function inFileOrder(parts: OfficeParts, { of, element, type, usual }: Sequence): string[] {
  const byId = new Map(
    relationsOf(parts, of)
      .filter((one) => one.type.endsWith(`/${type}`))
      .map((one) => [one.id, one.part]),
  );
  const named: string[] = [];
  parts.read(of, {
    open(name, attributes) {
      if (localName(name) !== element) return;
      // A slide has a number of its own as `id` beside the relation's.
      const key = Object.keys(attributes).find((one) => one.includes(':') && localName(one) === 'id');
      const part = byId.get(attributes[key ?? ''] ?? '');
      if (part !== undefined) named.push(part);
    },
  });
  const numberOf = (part: string): number => Number(/(\d+)\.xml$/.exec(part)?.[1] ?? 0);
  const others = parts.names.filter((part) => usual.test(part));
  others.sort((one, other) => numberOf(one) - numberOf(other));
  return [...new Set([...named, ...others])];
}
