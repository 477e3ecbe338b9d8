// Decides whether a call from a window is answered, and answers it: sender, kind, input, run, output.
// Pure but for the handler it is given; Electron's side stands in register.ts.
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  type CallName,
  type CallResult,
  type Calls,
  calls,
  type WindowKind,
} from '../../preload/contract/calls';
import { isFailure } from '../../preload/contract/failure';
import { pageHostOf } from '../security/origin';

/** What is known of who asks. */
export interface Sender {
  /** Which window of ours it is, or null when it is none. */
  readonly kind: WindowKind | null;
  readonly mainFrame: boolean;
  readonly address: string;
}

export type Handler = (input: unknown, sender: Sender) => Promise<unknown>;

/** A typed handler for each call: it is given parsed input, and what it gives is parsed again. */
export type CallHandlers = {
  readonly [N in CallName]: (input: z.output<Calls[N]['input']>) => Promise<z.input<Calls[N]['output']>>;
};

export type CallLog = (entry: {
  readonly ref: string;
  readonly call: string;
  readonly code: string;
  readonly detail: string;
}) => void;

const pageOf: Readonly<Record<WindowKind, string>> = { document: 'desk', pin: 'pin' };

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

/** True when this sender may make this call at all. */
export function senderMay(sender: Sender, name: CallName): boolean {
  if (sender.kind === null || !sender.mainFrame) return false;
  if (pageHostOf(sender.address) !== pageOf[sender.kind]) return false;
  return calls[name].windows.includes(sender.kind);
}

/** Answers one call. Never throws and lets no stack across: an unexpected error becomes `internal` with a reference. */
export async function answerCall(
  handlers: ReadonlyMap<CallName, Handler>,
  sender: Sender,
  name: unknown,
  input: unknown,
  log: CallLog,
): Promise<CallResult<unknown>> {
  const ref = randomUUID().slice(0, 8);
  const refuse = (code: string, detail: string): CallResult<unknown> => {
    log({ ref, call: typeof name === 'string' ? name.slice(0, 60) : typeof name, code, detail });
    return { ok: false, code, ref };
  };
  if (!isCallName(name)) return refuse('call-refused', 'no such call');
  if (!senderMay(sender, name)) return refuse('call-refused', 'sender');
  const parsed = calls[name].input.safeParse(input);
  // The issues name paths only: the values may be a document's.
  if (!parsed.success)
    return refuse('call-refused', parsed.error.issues.map((one) => one.path.join('.')).join(' '));
  const handler = handlers.get(name);
  if (handler === undefined) return refuse('internal', 'no handler');
  try {
    const output = calls[name].output.safeParse(await handler(parsed.data, sender));
    if (!output.success) {
      return refuse('internal', `output ${output.error.issues.map((one) => one.path.join('.')).join(' ')}`);
    }
    return { ok: true, value: output.data };
  } catch (error) {
    if (isFailure(error)) return refuse(error.code, error.detail);
    return refuse('internal', error instanceof Error ? (error.stack ?? error.message) : 'thrown value');
  }
}
