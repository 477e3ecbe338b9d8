// Asks main which number comes next in a register. It proposes; nothing is given.
import { useEffect, useState } from 'react';
import type { Day } from '../../../preload/contract/ids';
import { useDesk, useLive } from '../../app/desk';

/** The next number of the register in the year of `day`, asked again when the folders change; null while unknown. */
export function useProposedNumber(
  register: 'incoming' | 'outgoing',
  day: Day,
  copies = false,
): number | null {
  const { ledger, fail } = useDesk();
  const [proposal, setProposal] = useState<number | null>(null);
  const counts = useLive(ledger.folders);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts change when a number was given elsewhere on this desk
  useEffect(() => {
    let gone = false;
    ledger.acts.proposeNumber({ register, date: day, copies }).then(
      (next) => {
        if (!gone) setProposal(next);
      },
      (error: unknown) => {
        if (!gone) fail(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [ledger, fail, register, day, copies, counts]);
  return proposal;
}
