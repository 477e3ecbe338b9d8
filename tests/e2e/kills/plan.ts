// Which process dies when, from a seed: the same seed kills the same processes at the same moments of the job. Pure.

export const targets = ['main', 'window', 'token'] as const;
export type Target = (typeof targets)[number];

/** Moments of the main job; a kill comes so long after one of them begins. */
export const moments = [
  'arrive',
  'accept',
  'draft',
  'leader',
  'number',
  'seal',
  'signing',
  'send',
  'settle',
] as const;
export type Moment = (typeof moments)[number];

export interface Kill {
  readonly target: Target;
  readonly moment: Moment;
  readonly delayMs: number;
}

/** How long each moment's work lasts about, in milliseconds: a kill later than that would hit the next one. */
const spans: Readonly<Record<Moment, number>> = {
  arrive: 700,
  accept: 500,
  draft: 1200,
  leader: 500,
  number: 600,
  seal: 900,
  signing: 700,
  send: 500,
  settle: 600,
};

/** Numbers from 0 to 1 from a seed (mulberry32, public domain by T. Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The moments at which the token's process has work; at others its death is that of an idle process. */
const tokenMoments: readonly Moment[] = ['seal', 'signing'];

function shuffled(list: readonly Moment[], random: () => number): Moment[] {
  const rest = [...list];
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0] ?? 'arrive');
}

/** `count` kills. Targets come in turn, and each meets every moment once before any twice: order and delays are random. */
export function planKills(seed: number, count: number): Kill[] {
  const random = randomFrom(seed);
  const decks: Record<Target, Moment[]> = { main: [], window: [], token: [] };
  return Array.from({ length: count }, (_, index) => {
    const target = targets[index % targets.length] ?? 'main';
    if (decks[target].length === 0)
      decks[target] = shuffled(target === 'token' ? tokenMoments : moments, random);
    const moment = decks[target].pop() ?? 'arrive';
    return { target, moment, delayMs: Math.round(random() * spans[moment]) };
  });
}
