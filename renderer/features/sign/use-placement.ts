// Where a role's image would stand on the page: found by main from the text, moved by the clerk. It draws nothing.
import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallOutput } from '../../../preload/contract/calls';
import type { Sha256 } from '../../../preload/contract/ids';
import type { Placement, PlaceRole } from '../../../preload/contract/signing-request';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

export interface Placing {
  /** null while unknown, or when the step is not open. */
  readonly placement: Placement | null;
  /** The place was found in the text; else it is only a first guess to be moved. */
  readonly found: boolean;
  readonly moved: boolean;
  readonly move: (placement: Placement) => void;
  /** As main read them: to keep the place on a page, and to choose another page. */
  readonly sizes: readonly { readonly page: number; readonly width: number; readonly height: number }[];
  readonly pages: number;
  /** Back to the proposed place. */
  readonly reset: () => void;
}

/** Asks for the place of `role` on the bytes that are shown; null: asks nothing. */
export function usePlacement(
  role: PlaceRole | null,
  sha256: Sha256 | null,
  urgency?: CallInput<'signing.place'>['urgency'],
): Placing {
  const { api, fail } = useDesk();
  const [proposed, setProposed] = useState<CallOutput<'signing.place'> | null>(null);
  const [moved, setMoved] = useState<Placement | null>(null);
  useEffect(() => {
    setProposed(null);
    setMoved(null);
    if (role === null || sha256 === null) return;
    let gone = false;
    answerOf(api.signing.place({ role, sha256, ...(urgency === undefined ? {} : { urgency }) })).then(
      (answer) => {
        if (!gone) setProposed(answer);
      },
      (error: unknown) => {
        if (!gone) fail(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [api, role, sha256, urgency, fail]);
  return {
    placement: moved ?? proposed?.placement ?? null,
    found: proposed?.found ?? false,
    moved: moved !== null,
    move: setMoved,
    sizes: proposed?.sizes ?? [],
    pages: proposed?.pages ?? 0,
    reset: useCallback(() => setMoved(null), []),
  };
}

/** Millimetres of a length in points. */
export function millimetres(points: number): number {
  return Math.round((points / 72) * 25.4);
}
