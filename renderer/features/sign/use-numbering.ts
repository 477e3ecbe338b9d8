// The number and day of step 2 while they are typed, and where main would write them on the page. It gives no number.
import { useEffect, useMemo, useState } from 'react';
import type { CallOutput } from '../../../preload/contract/calls';
import type { Day, Sha256 } from '../../../preload/contract/ids';
import type { OutgoingDocument } from '../../../preload/contract/records';
import type { PlacedWord } from '../../../preload/contract/signing-request';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';
import { useForget, useKept } from '../../app/kept';
import { dayText, parseDay } from '../../i18n/formats';
import { useProposedNumber } from '../document/proposed-number';

export interface Numbering {
  readonly shownNumber: string;
  readonly isProposed: boolean;
  readonly number: number | null;
  readonly typeNumber: (text: string) => void;
  readonly date: string;
  readonly day: Day | undefined;
  readonly typeDate: (text: string) => void;
  readonly forget: () => void;
  /** null while it is not known, or when the step is not open. */
  readonly words: readonly PlacedWord[] | null;
  /** How main would write them; null while `words` is, and where the page has no blank. */
  readonly way: Written['way'];
}

type Written = Pick<CallOutput<'signing.place'>, 'words' | 'way'>;

/** `open`: the step is open, so the page is asked where number and day would stand. */
export function useNumbering(document: OutgoingDocument, open: boolean): Numbering {
  const { today } = useDesk();
  const [typedNumber, typeNumber] = useKept<string | null>(document.id, 'number', () => null);
  const [typedDate, typeDate] = useKept<string | null>(document.id, 'number-date', () => null);
  const forget = useForget(document.id);
  const date = typedDate ?? dayText(today());
  const parsed = parseDay(date);
  const day = useMemo(() => parsed ?? today(), [parsed, today]);
  const proposal = useProposedNumber('outgoing', day, document.copy !== undefined);
  const shownNumber = typedNumber ?? (proposal === null ? '' : String(proposal));
  const number = /^[1-9]\d{0,8}$/.test(shownNumber.trim()) ? Number(shownNumber.trim()) : null;
  const written = useWritten(
    open && document.copy === undefined ? (document.main?.sha256 ?? null) : null,
    number,
    parsed,
  );
  return {
    shownNumber,
    isProposed: typedNumber === null,
    number,
    typeNumber,
    date,
    day: parsed,
    typeDate,
    forget,
    words: written?.words ?? null,
    way: written?.way ?? null,
  };
}

/** Asks once typing has paused. */
const pause = 250;

function useWritten(sha256: Sha256 | null, number: number | null, date: Day | undefined): Written | null {
  const { api } = useDesk();
  const [written, setWritten] = useState<Written | null>(null);
  useEffect(() => {
    if (sha256 === null || number === null || date === undefined) {
      setWritten(null);
      return;
    }
    let gone = false;
    const timer = setTimeout(() => {
      answerOf(api.signing.place({ role: 'number', sha256, number, date })).then(
        (answer) => {
          if (!gone) setWritten({ words: answer.words, way: answer.way });
        },
        // A page that cannot be read shows no preview; giving the number says why with its own code.
        () => {
          if (!gone) setWritten(null);
        },
      );
    }, pause);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [api, sha256, number, date]);
  return written;
}
