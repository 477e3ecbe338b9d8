// Bringing files into a screen: the upload's share, the dialogs on the way, and what came of it. It keeps no file.
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { Attachment } from '../../../preload/contract/records';
import { useAct, useDesk } from '../../app/desk';
import { type Brought, bringIn, type Question, type Talk, uploadAll } from './bring-in';
import { QuestionDialog, WorkDialog } from './dialogs';
import type { FileLike } from './upload';

export interface Intake {
  /** null: nothing is being brought in. */
  readonly share: number | null;
  /** Files as they are: annexes, scans, a file to be checked. */
  readonly bring: (
    files: readonly FileLike[],
    then: (files: readonly Attachment[]) => Promise<void> | void,
  ) => void;
  /** The PDF of a document; `main` is null when the clerk gave it up. */
  readonly bringMain: (files: readonly FileLike[], then: (brought: Brought) => Promise<void> | void) => void;
  /** To be put anywhere in the screen: it shows while there is something to ask or to wait for. */
  readonly dialog: ReactNode;
}

interface Asked {
  readonly question: Question;
  readonly answer: (yes: boolean) => void;
}

interface Working {
  readonly work: string;
  readonly name: string;
  readonly done: number | null;
}

/** One after another; failures are told over the desk. */
export function useIntake(): Intake {
  const { api } = useDesk();
  const { run } = useAct();
  const [share, setShare] = useState<number | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [working, setWorking] = useState<Working | null>(null);

  useEffect(
    () =>
      api.events.on('progress', ({ work, done }) =>
        setWorking((now) => (now?.work === work ? { ...now, done } : now)),
      ),
    [api],
  );

  const talk = useMemo<Talk>(
    () => ({
      progress: setShare,
      ask: (question) =>
        new Promise((resolve) => {
          const answer = (yes: boolean): void => {
            setAsked(null);
            resolve(yes);
          };
          setAsked({ question, answer });
        }),
      working: (work, name) => setWorking({ work, name, done: null }),
    }),
    [],
  );
  const bring = useCallback<Intake['bring']>(
    (files, then) =>
      void run(async () => {
        const { uploaded, refused } = await uploadAll(api, files, setShare);
        if (refused.length > 0) await talk.ask({ kind: 'refused', refused, brought: uploaded.length });
        if (uploaded.length > 0) await then(uploaded);
      }),
    [api, run, talk],
  );
  const bringMain = useCallback<Intake['bringMain']>(
    (files, then) =>
      void run(async () => {
        try {
          await then(await bringIn(api, files, talk));
        } finally {
          setWorking(null);
        }
      }),
    [api, run, talk],
  );
  const stop = (): void => {
    if (working !== null) void api.intake.stop({ work: working.work });
  };
  const dialog =
    asked !== null ? (
      <QuestionDialog question={asked.question} onAnswer={asked.answer} />
    ) : working !== null ? (
      <WorkDialog name={working.name} done={working.done} onStop={stop} />
    ) : null;
  return { share, bring, bringMain, dialog };
}
