// What every screen may use: the calls to main, the ledger, this desk's facts, the signing devices, messages.
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { AppInfo } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import { asInstant, type Day, dayOf, type Instant } from '../../preload/contract/ids';
import type { SignerCard } from '../../preload/contract/signing-request';
import type { Ledger, Live } from '../ledger';
import { answerOf, type Told, told } from './failures';

/** One sentence over the desk: of a failure, of something that went well, or of what the clerk stopped. */
export type Message =
  | { readonly kind: 'failure'; readonly told: Told }
  | { readonly kind: 'done'; readonly text: string; readonly at: number }
  /** The clerk stopped it: no failure, only said. */
  | { readonly kind: 'stopped'; readonly at: number };

export interface Desk {
  readonly api: DeskApi;
  readonly ledger: Ledger;
  readonly info: AppInfo;
  readonly signers: readonly SignerCard[];
  readonly message: Message | null;
  readonly refreshInfo: () => Promise<void>;
  readonly fail: (error: unknown) => void;
  readonly done: (text: string) => void;
  readonly clearMessage: () => void;
  /** The clerk went elsewhere: a notice that is older than a moment is over, a failure stays. */
  readonly settleMessage: () => void;
  readonly now: () => Instant;
  readonly today: () => Day;
}

/** A notice repeats what the history keeps for good: it leaves by itself. */
const noticeTime = 8000;
/** A notice of an act that itself moves the clerk on is not over yet. */
const noticeLength = 1200;

const context = createContext<Desk | null>(null);

export interface DeskProviderProps {
  readonly api: DeskApi;
  readonly ledger: Ledger;
  readonly info: AppInfo;
  readonly children: ReactNode;
}

/** Holds the desk for everything below. */
export function DeskProvider(props: DeskProviderProps) {
  const { api, ledger } = props;
  const [info, setInfo] = useState(props.info);
  const [signers, setSigners] = useState<readonly SignerCard[]>([]);
  const [message, setMessage] = useState<Message | null>(null);

  const fail = useCallback(
    (error: unknown) => {
      const failure = told(error);
      if (failure.code === 'cancelled') {
        setMessage({ kind: 'stopped', at: Date.now() });
        return;
      }
      setMessage({ kind: 'failure', told: failure });
      const words = error instanceof Error ? error.message : String(error);
      if (failure.code === 'internal') void api.app.report({ where: 'act', message: words.slice(0, 4000) });
    },
    [api],
  );

  const settleMessage = useCallback(() => {
    setMessage((now) =>
      now !== null && now.kind !== 'failure' && Date.now() - now.at > noticeLength ? null : now,
    );
  }, []);
  const isNotice = message !== null && message.kind !== 'failure';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each notice has its own time
  useEffect(() => {
    if (!isNotice) return;
    const timer = setTimeout(() => setMessage((now) => (now?.kind === 'failure' ? now : null)), noticeTime);
    return () => clearTimeout(timer);
  }, [isNotice, message]);

  useEffect(() => {
    answerOf(api.signing.signers({ role: info.profile === 'leader' ? 'leader' : 'seal' })).then(
      (found) => setSigners(found.signers),
      () => setSigners([]),
    );
    return api.events.on('token.changed', (change) => setSigners(change.signers));
  }, [api, info.profile]);

  const desk = useMemo<Desk>(
    () => ({
      api,
      ledger,
      info,
      signers,
      message,
      refreshInfo: async () => setInfo(await answerOf(api.app.info({}))),
      fail,
      done: (text) => setMessage({ kind: 'done', text, at: Date.now() }),
      clearMessage: () => setMessage(null),
      settleMessage,
      now: () => asInstant(new Date()),
      today: () => dayOf(new Date()),
    }),
    [api, ledger, info, signers, message, fail, settleMessage],
  );
  return <context.Provider value={desk}>{props.children}</context.Provider>;
}

/** The desk of the nearest provider. */
export function useDesk(): Desk {
  const desk = useContext(context);
  if (desk === null) throw new Error('DeskProvider is missing');
  return desk;
}

export type LiveState<T> =
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'failed'; readonly code: string };

/** Follows a live value; a new `live` keeps what is shown until its first value only when `keep` says so. */
export function useLive<T>(live: Live<T>, keep = false): LiveState<T> {
  const [state, setState] = useState<LiveState<T>>({ kind: 'reading' });
  useEffect(() => {
    if (!keep) setState({ kind: 'reading' });
    return live.subscribe(
      (value) => setState({ kind: 'read', value }),
      (error) => setState({ kind: 'failed', code: told(error).code }),
    );
  }, [live, keep]);
  return state;
}

/** The value of a live state, or what stands for it meanwhile. */
export function valueOr<T>(state: LiveState<T>, other: T): T {
  return state.kind === 'read' ? state.value : other;
}

export interface Act {
  readonly busy: boolean;
  /** Runs once at a time; a failure is told over the desk; resolves to whether it was done. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

/** One act of the clerk: busy while it lasts, never twice at once. */
export function useAct(): Act {
  const { fail, clearMessage } = useDesk();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = useCallback(
    async (work: () => Promise<void>): Promise<boolean> => {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      clearMessage();
      try {
        await work();
        return true;
      } catch (error) {
        fail(error);
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [fail, clearMessage],
  );
  return { busy, run };
}
