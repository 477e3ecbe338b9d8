// Where the clerk is and the way that led there, for the window: the clock, and what a reader is told of a step. It reads no data.
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useWords } from '../i18n/text';
import { firstTrail, nextTrail, stepsOf, type Trail, type TrailAct } from './trail';
import { firstView, type View, type ViewAct } from './view';

export interface Travel {
  readonly back: number;
  readonly forward: number;
  readonly run: (direction: 'back' | 'forward') => void;
}

export interface ShownTrail {
  readonly view: View;
  readonly go: (act: ViewAct) => void;
  readonly travel: Travel;
  /** What was done last by a step, for readers. */
  readonly said: string;
}

interface Timed {
  readonly act: TrailAct;
  readonly at: number;
}

const timed = (trail: Trail, { act, at }: Timed): Trail => nextTrail(trail, act, at);

/** `onStep` is called once a step back or forward is shown. */
export function useTrail(profile: 'clerk' | 'leader', onStep: () => void): ShownTrail {
  const { t } = useWords();
  const [trail, step] = useReducer(timed, profile, (of) => firstTrail(firstView(of)));
  const [went, setWent] = useState<'back' | 'forward' | null>(null);
  const settled = useRef(onStep);
  settled.current = onStep;
  const go = useCallback((act: ViewAct): void => {
    setWent(null);
    step({ act, at: performance.now() });
  }, []);
  const run = useCallback((direction: 'back' | 'forward'): void => {
    setWent(direction);
    step({ act: { kind: direction }, at: performance.now() });
  }, []);
  const { view } = trail;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each view that a step led to
  useEffect(() => {
    if (went !== null) settled.current();
  }, [view, went]);
  const steps = stepsOf(trail);
  const said = went === null ? '' : t(`trail.went-${went}`, { count: steps[went] });
  return { view, go, travel: { ...steps, run }, said };
}
