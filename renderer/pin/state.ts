// What the PIN window is doing, as one union and a pure step. It touches no page and holds no PIN.
import type { Code } from '../../preload/contract/codes';
import { assertNever } from '../../preload/contract/failure';
import type { PinAnswer, PinRequest, PinTries } from '../../preload/contract/pin';

/**
 * ```
 *   waiting ──request──▶ typing ──sign──▶ trying ──accepted──▶ signing
 *                         │  ▲              │ │
 *                         │  ├── refused ───┤ └──ended──▶ over
 *                         │  └── second ────┘
 *                         └──── cancel ──────────────────▶ over
 * ```
 * `second` asks for the key's own PIN (stage `signature`), where the key wants one for each signature; `each` says how often
 * the reader will ask (stage `each`), before the first signature.
 * From `trying` there is no way to send a second PIN. A locked token goes straight to `over`.
 */
export type PinScreen =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'typing';
      readonly request: PinRequest;
      readonly tries: PinTries;
      readonly stage: PinStage;
      /** How often the key's PIN will be asked for or sent; 0 in the stage `device`. */
      readonly count: number;
      /** Stage `signature`: the person said that the device has one PIN only. */
      readonly same: boolean;
      readonly code: Code | undefined;
      readonly confirmed: boolean;
      /** Typed so far: what the button may do, never the PIN itself. */
      readonly typed: { readonly length: number; readonly plain: boolean };
      /** The warning about marks was shown for what is typed now: a second press sends it. */
      readonly warned: boolean;
    }
  | {
      readonly kind: 'trying';
      readonly request: PinRequest;
      readonly tries: PinTries;
      readonly stage: PinStage;
    }
  | { readonly kind: 'signing'; readonly request: PinRequest }
  | { readonly kind: 'over'; readonly request: PinRequest; readonly code: Code };

/** Whose PIN is typed: the device's, the signing key's own, or the key's own on the reader for each signature. */
export type PinStage = 'device' | 'signature' | 'each';

export type PinEvent =
  | { readonly kind: 'request'; readonly request: PinRequest }
  | { readonly kind: 'typed'; readonly length: number; readonly plain: boolean }
  | { readonly kind: 'confirmed'; readonly confirmed: boolean }
  | { readonly kind: 'same'; readonly same: boolean }
  | { readonly kind: 'sign' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'answer'; readonly answer: PinAnswer };

export type PinEffect = 'send-pin' | 'send-same' | 'send-pad' | 'send-cancel' | 'clear';

export interface PinStep {
  readonly screen: PinScreen;
  readonly effects: readonly PinEffect[];
}

/** Codes that stop before a PIN is typed. */
const stops: Partial<Record<PinTries, Code>> = {
  locked: 'token-pin-locked',
  'must-change': 'token-pin-expired',
  'not-initialized': 'token-not-initialized',
};

function typing(request: PinRequest, tries: PinTries, code: Code | undefined): PinStep {
  const stop = stops[tries];
  if (stop !== undefined)
    return { screen: { kind: 'over', request, code: stop }, effects: ['clear', 'send-cancel'] };
  const typed = { length: 0, plain: true };
  return {
    screen: {
      kind: 'typing',
      request,
      tries,
      stage: 'device',
      count: 0,
      same: false,
      code,
      confirmed: false,
      typed,
      warned: false,
    },
    effects: ['clear'],
  };
}

/** The key's own PIN: no device tells how many tries of it are left. */
function keyStage(request: PinRequest, stage: PinStage, count: number): PinStep {
  const { screen, effects } = typing(request, 'ready', undefined);
  return { screen: screen.kind === 'typing' ? { ...screen, stage, count } : screen, effects };
}

/** Whether the button "Ký" works. At the last try only after the box was ticked. */
export function maySign(screen: PinScreen): boolean {
  if (screen.kind !== 'typing') return false;
  if (screen.tries === 'final' && !screen.confirmed) return false;
  return screen.request.pinPad || screen.same || screen.typed.length > 0;
}

/** Which button Enter presses: at the last try "Không ký", until the clerk has said to understand. */
export function defaultButton(screen: PinScreen): 'sign' | 'refuse' {
  return screen.kind === 'typing' && !(screen.tries === 'final' && !screen.confirmed) ? 'sign' : 'refuse';
}

function signed(screen: PinScreen): PinStep {
  if (screen.kind !== 'typing' || !maySign(screen)) return { screen, effects: [] };
  const { request, tries, stage } = screen;
  const trying = { kind: 'trying', request, tries, stage } as const;
  if (request.pinPad) return { screen: trying, effects: ['send-pad'] };
  if (screen.same) return { screen: trying, effects: ['send-same', 'clear'] };
  // A Vietnamese typing method turns "aa" into "â": the clerk hears of it before it costs a try.
  if (!screen.typed.plain && !screen.warned) return { screen: { ...screen, warned: true }, effects: [] };
  return { screen: trying, effects: ['send-pin', 'clear'] };
}

function answered(screen: PinScreen, answer: PinAnswer): PinStep {
  if (screen.kind === 'waiting' || screen.kind === 'over') return { screen, effects: [] };
  const { request } = screen;
  switch (answer.kind) {
    case 'trying':
      return { screen, effects: [] };
    case 'refused':
      return typing(request, answer.tries, answer.code);
    case 'second':
    case 'each':
      return screen.kind === 'trying' && screen.stage === 'device'
        ? keyStage(request, answer.kind === 'second' ? 'signature' : 'each', answer.count)
        : { screen, effects: [] };
    case 'accepted':
      return { screen: { kind: 'signing', request }, effects: ['clear'] };
    case 'ended':
      return { screen: { kind: 'over', request, code: answer.code }, effects: ['clear'] };
    default:
      return assertNever(answer);
  }
}

/** The next screen and what has to be done. */
export function step(screen: PinScreen, event: PinEvent): PinStep {
  switch (event.kind) {
    case 'request':
      return screen.kind === 'waiting'
        ? typing(event.request, event.request.tries, undefined)
        : { screen, effects: [] };
    case 'typed': {
      if (screen.kind !== 'typing') return { screen, effects: [] };
      const typed = { length: event.length, plain: event.plain };
      // The words about the last PIN go when another is begun.
      return { screen: { ...screen, typed, warned: false, code: undefined }, effects: [] };
    }
    case 'confirmed':
      return screen.kind === 'typing'
        ? { screen: { ...screen, confirmed: event.confirmed }, effects: [] }
        : { screen, effects: [] };
    case 'same':
      return screen.kind === 'typing' && screen.stage === 'signature'
        ? { screen: { ...screen, same: event.same }, effects: [] }
        : { screen, effects: [] };
    case 'sign':
      return signed(screen);
    case 'cancel':
      if (screen.kind === 'typing') {
        return {
          screen: { kind: 'over', request: screen.request, code: 'cancelled' },
          effects: ['clear', 'send-cancel'],
        };
      }
      return { screen, effects: [] };
    case 'answer':
      return answered(screen, event.answer);
    default:
      return assertNever(event);
  }
}
