// What a hub client needs of the network, as a value: one request, one answer, limits in time and size.
// It knows no hub; redirects are never followed and nothing is tried twice.
import type { NotSentReason, UnknownReason } from './hub';

/** Limits of one request. Times are milliseconds. */
export interface TransportLimits {
  readonly connectMs: number;
  /** From the last byte of the request, and between two pieces of either direction. */
  readonly silenceMs: number;
  readonly totalMs: number;
  /** Of the answer's body, after decompression. */
  readonly answerBytes: number;
}

export const defaultLimits: TransportLimits = {
  connectMs: 15_000,
  silenceMs: 120_000,
  totalMs: 45 * 60_000,
  answerBytes: 64 * 1024 * 1024,
};

/** A body is produced while it is sent. A throw of the producer stops the request before its end. */
export interface TransportBody {
  readonly size: number;
  pieces(): Iterable<Uint8Array>;
}

export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** Names and values exactly as they go on the wire, in this order, Host and Content-Length included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: TransportBody | null;
  readonly limits: TransportLimits;
  readonly signal?: AbortSignal;
}

export interface AnswerHead {
  readonly status: number;
  /** Names in lower case; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Thrown out of `body` while it is read: the connection ended before the answer did. */
export class AnswerCut extends Error {
  override readonly name = 'AnswerCut';
  constructor(
    readonly reason: Extract<UnknownReason, 'timed-out' | 'cut' | 'garbled' | 'too-large' | 'cancelled'>,
    detail: string,
  ) {
    super(detail);
  }
}

export type TransportOutcome<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'not-sent'; readonly reason: NotSentReason; readonly detail: string }
  | { readonly kind: 'cut'; readonly reason: AnswerCut['reason']; readonly detail: string };

/** Reads one answer to its end, or as far as it wants; what it throws (but AnswerCut) reaches the caller of `request`. */
export type AnswerReader<T> = (head: AnswerHead, body: AsyncIterable<Uint8Array>) => Promise<T>;

export interface Transport {
  /** One attempt. Rejects with what `read` or the body's producer threw, and for nothing else. */
  request<T>(request: TransportRequest, read: AnswerReader<T>): Promise<TransportOutcome<T>>;
}
