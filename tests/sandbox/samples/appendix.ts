// A document that is issued with another one and is a file of its own. The line "Kèm theo…" stays empty on electronic
// documents: the agency's signature in the corner says it (NĐ 30/2020, phụ lục I, II.8.b).
import { type Block, setBlock } from './letter';
import { margins, Typesetter, textWidth } from './typesetter';

export async function setAppendix(
  title: string,
  body: readonly Block[],
  head: readonly string[],
  made: Date,
): Promise<Uint8Array> {
  const on = await Typesetter.create({ title, author: head.join(' '), made });
  on.space(10);
  const [kind = '', ...rest] = title.split(' ');
  const words = rest.join(' ');
  const [first = '', second] = [`${kind} ${rest[0] ?? ''}`, words.slice((rest[0] ?? '').length + 1)];
  on.centeredBlock(first.toUpperCase(), 'bold', 14);
  on.centeredBlock(`${second.charAt(0).toUpperCase()}${second.slice(1)}`, 'bold', 14);
  on.rule(margins.left + textWidth / 2, on.y - 6, textWidth * 0.2);
  on.space(20);
  for (const block of body) setBlock(on, block);
  return on.finish(true);
}
