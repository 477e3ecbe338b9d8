// The road of an outgoing document as data: which step is done, open or closed, and why a closed one is closed. Pure.
//
//   leader ──▶ number ──▶ seal ──▶ send
//                           └────▶ time: by itself, before or after send
import type { LevelJob } from '../../../preload/contract/levels';
import type { OutgoingDocument } from '../../../preload/contract/records';
import type { TextKey } from '../../i18n/text';

export const stepNames = ['leader', 'number', 'seal', 'time', 'send'] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  /** `waiting`: main does it by itself; `absent`: it is not done on this machine. */
  readonly state: 'done' | 'open' | 'closed' | 'waiting' | 'absent';
  /** Why it is closed. */
  readonly reason: TextKey | null;
}

const opensAt: Readonly<Record<Exclude<StepName, 'time'>, readonly OutgoingDocument['state'][]>> = {
  leader: ['draft', 'to-sign'],
  number: ['to-number'],
  seal: ['to-seal'],
  send: ['to-send'],
};

const waitsFor: Readonly<Record<Exclude<StepName, 'time'>, TextKey>> = {
  leader: 'step.closed',
  number: 'step.needs-leader',
  seal: 'step.needs-number',
  send: 'step.needs-seal',
};

function isDone(document: OutgoingDocument, name: Exclude<StepName, 'time'>): boolean {
  switch (name) {
    case 'leader':
      return document.leaderSignature !== null;
    case 'number':
      return document.numberGiven !== null;
    case 'seal':
      return document.seal !== null;
    case 'send':
      return document.packageSha !== null && ['queued', 'sent', 'returned'].includes(document.state);
  }
}

/** No step of the road waits for it: it never costs a signature. */
function timeStep(document: OutgoingDocument, levels: Parameters<typeof stepsOf>[2]): Step {
  const name = 'time';
  if (levels === undefined || levels === null || !levels.policy.enabled) {
    return { name, state: 'absent', reason: null };
  }
  if (document.seal === null) return { name, state: 'closed', reason: 'step.needs-seal' };
  // Sealed before a server was named: nothing is on its way.
  if (levels.jobs.length === 0) return { name, state: 'absent', reason: null };
  const reached = levels.jobs.every((job) => job.state === 'reached');
  return { name, state: reached ? 'done' : 'waiting', reason: null };
}

/** A copy is of a document that was signed before: its own road begins with its number. */
function stepsFor(document: OutgoingDocument): readonly StepName[] {
  return document.copy === undefined ? stepNames : stepNames.filter((name) => name !== 'leader');
}

/** The five steps in the order of law. A leader's profile has the first alone; no step opens early. */
export function stepsOf(
  document: OutgoingDocument,
  profile: 'clerk' | 'leader',
  levels: {
    readonly policy: { readonly enabled: boolean };
    readonly jobs: readonly LevelJob[];
  } | null = null,
): Step[] {
  return stepsFor(document).map((name): Step => {
    if (name === 'time') return timeStep(document, levels);
    if (isDone(document, name)) return { name, state: 'done', reason: null };
    if (!opensAt[name].includes(document.state)) return { name, state: 'closed', reason: waitsFor[name] };
    if (profile === 'leader' && name !== 'leader')
      return { name, state: 'closed', reason: 'step.clerk-only' };
    return { name, state: 'open', reason: null };
  });
}
