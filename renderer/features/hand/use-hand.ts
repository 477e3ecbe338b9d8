// The files of one sitting: read one after another, chosen, taken in one after another. It draws nothing.
import { useCallback, useRef, useState } from 'react';
import type { HandReport } from '../../../preload/contract/hand';
import type { DeskId } from '../../../preload/contract/ids';
import { useDesk } from '../../app/desk';
import { answerOf, type Told, told } from '../../app/failures';
import type { Acts } from '../../ledger';
import { type FileLike, uploadFile } from '../intake/upload';

type Known = Awaited<ReturnType<Acts['knownByHand']>>;

//   waiting ─▶ reading ─▶ read ─▶ bringing ─▶ brought
//                 └─▶ failed        └─▶ read, with what went wrong
export type HandState =
  | { readonly kind: 'waiting' | 'reading' }
  | { readonly kind: 'failed'; readonly told: Told }
  | {
      readonly kind: 'read' | 'bringing';
      readonly report: HandReport;
      readonly known: Known;
      readonly fault: Told | null;
    }
  | { readonly kind: 'brought'; readonly report: HandReport; readonly id: DeskId | null };

export interface HandEntry {
  readonly key: number;
  readonly name: string;
  readonly state: HandState;
  readonly wanted: boolean;
}

/** A file that may be taken in at all. */
export function mayBring(state: HandState): boolean {
  return (
    state.kind === 'read' &&
    !state.known.same &&
    (state.report.kind === 'document' || state.report.kind === 'status')
  );
}

/** Taken in unless the clerk says no: not what is here already, nor what this agency itself issued. */
export function wantedAtFirst(report: HandReport, known: Known): boolean {
  if (known.same || known.by === 'identity') return false;
  if (report.kind === 'unreadable' || report.kind === 'secret') return false;
  return !report.findings.some((finding) => finding.code === 'our-own');
}

export interface Hand {
  readonly entries: readonly HandEntry[];
  readonly busy: boolean;
  readonly add: (files: readonly FileLike[]) => void;
  readonly want: (key: number, wanted: boolean) => void;
  /** Takes in what is wanted; resolves to how many were. */
  readonly bring: () => Promise<number>;
}

export function useHand(): Hand {
  const { api, ledger } = useDesk();
  const [entries, setEntries] = useState<readonly HandEntry[]>([]);
  const [busy, setBusy] = useState(false);
  const serial = useRef(0);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const newest = useRef(entries);
  newest.current = entries;

  const put = useCallback((key: number, change: Partial<HandEntry>): void => {
    setEntries((now) => now.map((one) => (one.key === key ? { ...one, ...change } : one)));
  }, []);

  const readOne = useCallback(
    async (key: number, file: FileLike): Promise<void> => {
      put(key, { state: { kind: 'reading' } });
      try {
        const { sha256 } = await uploadFile(api, file, () => undefined);
        const report = await answerOf(api.hand.read({ sha256, name: file.name.slice(0, 300) }));
        if (report.kind === 'secret') {
          // Only the fact is left, and it stands among what was set aside.
          const { id } = await ledger.acts.bringByHand({ sha256 });
          put(key, { state: { kind: 'brought', report, id } });
          return;
        }
        const known = await ledger.acts.knownByHand(report);
        put(key, {
          state: { kind: 'read', report, known, fault: null },
          wanted: wantedAtFirst(report, known),
        });
      } catch (error) {
        put(key, { state: { kind: 'failed', told: told(error) } });
      }
    },
    [api, ledger, put],
  );

  const add = useCallback(
    (files: readonly FileLike[]): void => {
      const fresh = files.map((file) => ({ file, key: ++serial.current }));
      setEntries((now) => [
        ...now,
        ...fresh.map(
          ({ file, key }): HandEntry => ({
            key,
            name: file.name,
            state: { kind: 'waiting' },
            wanted: false,
          }),
        ),
      ]);
      setBusy(true);
      const work = line.current.then(async () => {
        for (const { file, key } of fresh) await readOne(key, file);
      });
      line.current = work;
      void work.finally(() => {
        if (line.current === work) setBusy(false);
      });
    },
    [readOne],
  );

  const bring = useCallback(async (): Promise<number> => {
    setBusy(true);
    let done = 0;
    try {
      for (const entry of newest.current) {
        const { state } = entry;
        if (!entry.wanted || state.kind !== 'read' || state.report.sha256 === null) continue;
        put(entry.key, { state: { ...state, kind: 'bringing', fault: null } });
        try {
          const { id } = await ledger.acts.bringByHand({ sha256: state.report.sha256 });
          put(entry.key, { state: { kind: 'brought', report: state.report, id }, wanted: false });
          done += 1;
        } catch (error) {
          put(entry.key, { state: { ...state, kind: 'read', fault: told(error) } });
        }
      }
    } finally {
      setBusy(false);
    }
    return done;
  }, [ledger, put]);

  const want = useCallback((key: number, wanted: boolean) => put(key, { wanted }), [put]);
  return { entries, busy, add, want, bring };
}
