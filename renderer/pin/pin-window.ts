// The page's end of the road to the token host: what main says comes in, a PIN goes out over the port. It shows nothing.
import type { PinAnswer, PinMessage, PinRequest, PinWindowMessage } from '../../preload/contract/pin';

/** What the page may do; there is no other way out of it. */
export interface PinWindow {
  /** Called once, when main has said what is to be signed. */
  onRequest(callback: (request: PinRequest) => void): void;
  onAnswer(callback: (answer: PinAnswer) => void): void;
  /** Sends a PIN straight to the token host; the bytes are overwritten before this returns. */
  submit(pin: Uint8Array, confirmed: boolean): void;
  /** Says that the device has one PIN only. */
  saySame(): void;
  /** Lets the reader's own keys be used. */
  letPad(confirmed: boolean): void;
  cancel(): void;
}

function isRequest(value: unknown): value is PinWindowMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'pin-request';
}

/** The PIN window over the page's own message events. */
export function openPinWindow(page: Window): PinWindow {
  let port: MessagePort | undefined;
  let request: ((request: PinRequest) => void) | undefined;
  let answer: ((answer: PinAnswer) => void) | undefined;
  const post = (message: PinMessage): void => port?.postMessage(message);

  page.addEventListener('message', (event) => {
    const given = event.ports[0];
    if (event.source !== page || port !== undefined || given === undefined || !isRequest(event.data)) return;
    port = given;
    port.addEventListener('message', (reply) => answer?.(reply.data as PinAnswer));
    port.start();
    request?.(event.data.request);
  });

  return {
    onRequest: (callback) => {
      request = callback;
    },
    onAnswer: (callback) => {
      answer = callback;
    },
    submit: (pin, confirmed) => {
      post({ kind: 'pin', pin, confirmed });
      pin.fill(0);
    },
    saySame: () => post({ kind: 'same' }),
    letPad: (confirmed) => post({ kind: 'pad', confirmed }),
    cancel: () => post({ kind: 'cancel' }),
  };
}
