// The road of an outgoing document as data: which step is done, open or closed, and why a closed one is closed. Pure.
//
//   leader ──▶ number ──▶ seal ──▶ (time: not in this version) ──▶ send
import type { OutgoingDocument } from '../../../preload/contract/records';
import type { TextKey } from '../../i18n/text';

export const stepNames = ['leader', 'number', 'seal', 'time', 'send'] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  readonly state: 'done' | 'open' | 'closed' | 'absent';
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

/** A copy is of a document that was signed before: its own road begins with its number. */
function stepsFor(document: OutgoingDocument): readonly StepName[] {
  return document.copy === undefined ? stepNames : stepNames.filter((name) => name !== 'leader');
}

/** The five steps in the order of law. A leader's profile has the first alone; no step opens early. */
export function stepsOf(document: OutgoingDocument, profile: 'clerk' | 'leader'): Step[] {
  return stepsFor(document).map((name): Step => {
    if (name === 'time') return { name, state: 'absent', reason: null };
    if (isDone(document, name)) return { name, state: 'done', reason: null };
    if (!opensAt[name].includes(document.state)) return { name, state: 'closed', reason: waitsFor[name] };
    if (profile === 'leader' && name !== 'leader')
      return { name, state: 'closed', reason: 'step.clerk-only' };
    return { name, state: 'open', reason: null };
  });
}
