// The frozen object that a document window sees as `window.desk`. Names and types only; the bridge builds it.
import type { CallInput, CallName, CallOutput, CallResult } from './calls';
import type { EventName, EventPayload } from './events';

type Area<N extends string> = N extends `${infer A}.${string}` ? A : never;

/** `desk.hub.send(input)`: a result, never a throw. */
export type DeskCalls = {
  readonly [A in Area<CallName>]: {
    readonly [N in CallName as N extends `${A}.${infer M}` ? M : never]: (
      input: CallInput<N>,
    ) => Promise<CallResult<CallOutput<N>>>;
  };
};

export interface DeskEvents {
  /** Subscribes; returns the unsubscribe. The callback gets the payload only. */
  on<N extends EventName>(name: N, callback: (payload: EventPayload<N>) => void): () => void;
}

export type DeskApi = DeskCalls & { readonly events: DeskEvents };

/** The page's message with the non-extractable record key: AES-GCM, posted once by the preload. */
export const recordKeyMessage = 'van-thu:record-key';

/** The page's message that it listens for the record key; the preload answers the first. */
export const recordKeyWanted = 'van-thu:record-key-wanted';
