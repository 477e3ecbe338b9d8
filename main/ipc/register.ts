// Hands every call to answerCall with what is known of its sender. It and what listens before it (early.ts) alone know ipcMain.
import { ipcMain, type WebContents } from 'electron';
import { eventChannel, unlockChannel } from '../../preload/channels';
import type { CallName, WindowKind } from '../../preload/contract/calls';
import { sentenceOf } from '../../preload/contract/codes';
import { type EventName, type EventPayload, events } from '../../preload/contract/events';
import { type UnlockAnswer, type UnlockQuestion, unlockQuestion } from '../../preload/contract/unlock';
import { pageHostOf } from '../security/origin';
import { answerCall, type CallHandlers, type CallLog, type Handler, type Sender } from './answer-call';
import type { Answers } from './early';

const windows = new Map<number, { readonly kind: WindowKind; readonly contents: WebContents }>();

/** Makes a window's contents known; its calls are answered from now until it is destroyed. */
export function knowWindow(contents: WebContents, kind: WindowKind): void {
  const id = contents.id;
  windows.set(id, { kind, contents });
  contents.once('destroyed', () => windows.delete(id));
}

function senderOf(event: Electron.IpcMainInvokeEvent): Sender {
  const frame = event.senderFrame;
  return {
    kind: windows.get(event.sender.id)?.kind ?? null,
    mainFrame: frame !== null && frame === event.sender.mainFrame,
    address: frame?.url ?? '',
  };
}

/** Answers all calls of the contract with these handlers; the record key to the main frame of the document window only. */
export function deskAnswers(handlers: CallHandlers, recordKey: () => Uint8Array, log: CallLog): Answers {
  const table = new Map<CallName, Handler>();
  for (const [name, handler] of Object.entries(handlers)) table.set(name as CallName, handler as Handler);
  return {
    call: (event, name, input) => answerCall(table, senderOf(event), name, input, log),
    key: (event) => {
      const sender = senderOf(event);
      if (sender.kind !== 'document' || !sender.mainFrame || pageHostOf(sender.address) !== 'desk')
        return null;
      return recordKey();
    },
  };
}

/** Answers the unlock window while it lives, to its own main frame only; returns the end of it. */
export function registerUnlock(
  contents: WebContents,
  answer: (question: UnlockQuestion) => Promise<UnlockAnswer>,
): () => void {
  ipcMain.handle(unlockChannel, async (event, question: unknown) => {
    const own = event.sender.id === contents.id && event.senderFrame === event.sender.mainFrame;
    const parsed = unlockQuestion.safeParse(question);
    if (!own || pageHostOf(event.senderFrame?.url ?? '') !== 'unlock' || !parsed.success) {
      return { ok: false, code: 'call-refused', sentence: sentenceOf('call-refused') };
    }
    return answer(parsed.data);
  });
  return () => ipcMain.removeHandler(unlockChannel);
}

/** Tells every document window. A payload that does not fit its schema is our own mistake and throws. */
export function tell<N extends EventName>(name: N, payload: EventPayload<N>): void {
  const checked = events[name].parse(payload);
  for (const { kind, contents } of windows.values()) {
    if (kind === 'document' && !contents.isDestroyed()) contents.send(eventChannel, name, checked);
  }
}
