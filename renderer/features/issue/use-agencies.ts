// What the directory in main says: agencies while the clerk types, how chosen codes stand, groups of receivers. It keeps none.
import { useCallback, useEffect, useState } from 'react';
import type { AgencyCard, CheckedCode, ReceiverGroup } from '../../../preload/contract/directory';
import type { Organ } from '../../../preload/contract/records';
import { useDesk } from '../../app/desk';
import { answerOf } from '../../app/failures';

const mostFound = 8;

/** The best few for what is typed; none for an empty text, but for the favourites. `turn` asks anew. */
export function useFound(text: string, turn: number): readonly AgencyCard[] {
  const { api } = useDesk();
  const [found, setFound] = useState<readonly AgencyCard[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a favourite that changed is asked for anew
  useEffect(() => {
    let gone = false;
    answerOf(api.agencies.find({ text: text.slice(0, 600), limit: mostFound })).then(
      ({ agencies }) => {
        if (!gone) setFound(text.trim() === '' ? agencies.filter((one) => one.favourite) : agencies);
      },
      // Without a directory a code is typed by hand.
      () => setFound([]),
    );
    return () => {
      gone = true;
    };
  }, [api, text, turn]);
  return found;
}

/** How each code stands, by code in capitals. */
export function useChecked(receivers: readonly Organ[]): ReadonlyMap<string, CheckedCode> {
  const { api } = useDesk();
  const [checked, setChecked] = useState<ReadonlyMap<string, CheckedCode>>(new Map());
  const codes = receivers.map((one) => one.code).join('\n');
  useEffect(() => {
    let gone = false;
    if (codes === '') return;
    answerOf(api.agencies.check({ codes: codes.split('\n') })).then(
      (answer) => {
        if (!gone) setChecked(new Map(answer.checked.map((one) => [one.code, one])));
      },
      // Nothing known of them is no warning about them.
      () => setChecked(new Map()),
    );
    return () => {
      gone = true;
    };
  }, [api, codes]);
  return checked;
}

export interface Groups {
  readonly groups: readonly ReceiverGroup[];
  readonly put: (id: string, group: ReceiverGroup | null) => Promise<void>;
}

export function useGroups(): Groups {
  const { api } = useDesk();
  const [groups, setGroups] = useState<readonly ReceiverGroup[]>([]);
  useEffect(() => {
    let gone = false;
    answerOf(api.agencies.groups({})).then(
      (answer) => {
        if (!gone) setGroups(answer.groups);
      },
      () => setGroups([]),
    );
    return () => {
      gone = true;
    };
  }, [api]);
  const put = useCallback<Groups['put']>(
    async (id, group) => setGroups((await answerOf(api.agencies.putGroup({ id, group }))).groups),
    [api],
  );
  return { groups, put };
}
