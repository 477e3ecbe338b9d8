// What the PIN window is given and what passes over its port, as types: main, the window and the token host share them.
// It holds no behaviour; the host checks every message by itself.
import type { Code } from './codes';
import type { Standing } from './levels';

/** What the tries of the token say before anybody types. */
export type PinTries =
  | 'ready'
  | 'low'
  | 'final'
  | 'locked'
  | 'must-change'
  | 'not-set'
  | 'not-initialized'
  | 'none';

/** Everything that the PIN window says, from main's own knowledge, never from a page of documents. */
export interface PinRequest {
  /** Whose signature it is: the person's, or the agency's (the seal). */
  readonly role: 'leader' | 'seal' | 'attachment' | 'copy' | 'number';
  /** Common name of the certificate: whose device. */
  readonly holder: string;
  readonly tokenLabel: string;
  readonly tokenMaker: string;
  readonly issuer: string;
  readonly documents: readonly {
    /** Number and notation, e.g. 318/UBND-VX; '' before a number is given. */
    readonly number: string;
    readonly subject: string;
    readonly pages: number;
    readonly receivers: number;
  }[];
  readonly tries: PinTries;
  /** The PIN is typed on the reader: nothing is typed on screen. */
  readonly pinPad: boolean;
  readonly minPin: number;
  readonly maxPin: number;
  readonly language: 'vi' | 'en';
  /** How the certificate stood a moment ago; absent where nobody looked. */
  readonly standing?: Standing;
}

/** Window to host. The bytes are copied by the port; both sides overwrite theirs. */
export type PinMessage =
  | { readonly kind: 'pin'; readonly pin: Uint8Array; readonly confirmed: boolean }
  | { readonly kind: 'pad'; readonly confirmed: boolean }
  /** The key wants a PIN for each signature, and the person says that the device has one PIN only: the one just typed. */
  | { readonly kind: 'same' }
  | { readonly kind: 'cancel' };

/** Host to window. */
export type PinAnswer =
  | { readonly kind: 'trying' }
  /** The PIN was not taken: a person may type again; nothing is ever sent again by itself. */
  | { readonly kind: 'refused'; readonly code: Code; readonly tries: PinTries }
  /** Logged in; the key wants a PIN of its own, which a person types now or says to be the same. It is used `count` times. */
  | { readonly kind: 'second'; readonly count: number }
  /** Logged in on the reader's keys; the key wants its PIN there for each of `count` signatures, which a person begins. */
  | { readonly kind: 'each'; readonly count: number }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'ended'; readonly code: Code };

/** What the preload posts into the page, with the port. */
export interface PinWindowMessage {
  readonly kind: 'pin-request';
  readonly request: PinRequest;
}
