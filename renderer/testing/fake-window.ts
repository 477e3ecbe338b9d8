// A window for tests over the main process of fake-desk.ts: its calls take a turn each, and one of them may be its last.
import type { CallResult } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import type { EventName, EventPayload } from '../../preload/contract/events';
import { FakeFailure, type FakeMain } from './fake-desk';

function frozen<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** Where a window dies: at its n-th call (from 1), before or after the effect in main. */
export interface Death {
  /** The call of this number, or the first of this name. */
  readonly call: number | string;
  readonly when: 'before' | 'after';
}

export interface FakeWindow {
  readonly desk: DeskApi;
  /** Resolves when the death has come. */
  readonly died: Promise<void>;
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void;
  calls(): number;
}

const areas = {
  app: ['info', 'report', 'quit'],
  journal: ['put', 'latest', 'arrivals'],
  hub: ['list', 'receive', 'acknowledge', 'send', 'attempt', 'sent'],
  agencies: ['refresh'],
  package: ['document', 'status'],
  numbers: ['propose', 'give', 'stamp', 'saveDraft', 'start'],
  files: ['begin', 'append', 'finish', 'saveCopy', 'verify', 'read'],
  calendar: ['read', 'write'],
  hand: ['read', 'bring'],
  signing: ['signers', 'standing', 'place', 'sign', 'signAll'],
  levels: ['jobs', 'file', 'raise', 'settle', 'evidence'],
  batch: ['start', 'pause', 'resume', 'cancel', 'running', 'recover'],
} as const;

export function fakeWindow(main: FakeMain, death: Death | null = null): FakeWindow {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let count = 0;
  let dead = false;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });

  async function call(name: string, input: unknown): Promise<CallResult<unknown>> {
    count += 1;
    const mine = count;
    // A call takes a turn of the event loop at least, as one over IPC does.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (dead) return frozen();
    const dies =
      death !== null && (typeof death.call === 'string' ? name === death.call : mine >= death.call);
    if (dies && death.when === 'before') {
      dead = true;
      die();
      return frozen();
    }
    let result: CallResult<unknown>;
    try {
      result = { ok: true, value: await main.run(name, input) };
    } catch (error) {
      if (!(error instanceof FakeFailure)) throw error;
      result = { ok: false, code: error.code, ref: 'test' };
    }
    if (!dies) return result;
    dead = true;
    die();
    return frozen();
  }

  const desk = Object.fromEntries(
    Object.entries(areas).map(([area, methods]) => [
      area,
      Object.fromEntries(
        methods.map((method) => [method, (input: unknown) => call(`${area}.${method}`, input)]),
      ),
    ]),
  );
  const events: DeskApi['events'] = {
    on(name, callback) {
      const set = listeners.get(name) ?? new Set();
      set.add(callback as (payload: never) => void);
      listeners.set(name, set);
      return () => set.delete(callback as (payload: never) => void);
    },
  };
  const emit: FakeWindow['emit'] = (name, payload) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  main.windows.add(emit);
  return {
    desk: { ...desk, events } as unknown as DeskApi,
    died,
    emit,
    calls: () => count,
  };
}
