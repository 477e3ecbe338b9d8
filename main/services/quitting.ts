// Whether the program may end: the window is asked first, since it alone knows what is unsent, and a window that says nothing
// holds nothing up. It ends nothing itself.
//
//          wanted                     a person is asked
//   open ─────────▶ asked ───────────────────────────────▶ with-person
//    ▲                │ now, or nothing said in time            │ now
//    │ stay           ├──────────────▶ leaving ◀────────────────┤
//    └────────────────┴─────────────────────────────────────────┘ stay
import { assertNever } from '../../preload/contract/failure';
import type { QuitAnswer } from '../../preload/contract/quitting';

/** How long a window may take to say that it asks its person, milliseconds. */
export const muteMilliseconds = 5000;

export interface QuittingParts {
  /** Asks the window; false when there is none to ask. */
  readonly ask: () => boolean;
  /** Said before the end when a window said nothing in time. */
  readonly unanswered: () => void;
  /** Called once, when nothing stands against the end. */
  readonly leave: () => void;
  readonly schedule: (milliseconds: number, run: () => void) => () => void;
}

export interface Quitting {
  /** The person, or the system, wants the program to end. */
  want(): void;
  /** What the window says. */
  answer(how: QuitAnswer): void;
  /** The machine is going down: nobody is asked. */
  leaveNow(): void;
}

export function createQuitting(parts: QuittingParts): Quitting {
  let state: 'open' | 'asked' | 'with-person' | 'leaving' = 'open';
  let cancel: () => void = () => undefined;

  function leaveNow(): void {
    cancel();
    if (state === 'leaving') return;
    state = 'leaving';
    parts.leave();
  }

  return {
    want() {
      if (state !== 'open') return;
      state = 'asked';
      if (!parts.ask()) return leaveNow();
      cancel = parts.schedule(muteMilliseconds, () => {
        parts.unanswered();
        leaveNow();
      });
    },
    answer(how) {
      if (state !== 'asked' && state !== 'with-person') return;
      switch (how) {
        case 'now':
          return leaveNow();
        case 'asking':
          cancel();
          state = 'with-person';
          return;
        case 'stay':
          cancel();
          state = 'open';
          return;
        default:
          assertNever(how);
      }
    },
    leaveNow,
  };
}
