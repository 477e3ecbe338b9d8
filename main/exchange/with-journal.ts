// Puts every attempt to send into the journal: before the first byte, and the answer before it is returned
// (architecture: unknown is not failed). A crash in between leaves an attempt without an answer, which is `unknown`.
// It sends nothing itself and never reads the journal back.
import type { Hub, HubAnswer, MessageKind, SentPackage } from './hub';

export interface AttemptRecord {
  readonly type: 'attempt';
  /** Names this attempt; its answer carries the same. */
  readonly attempt: string;
  readonly at: string;
  readonly row: string;
  readonly kind: MessageKind;
  readonly packageSha: string;
  readonly from: string;
  readonly receivers: readonly string[];
}

export interface AnswerRecord {
  readonly type: 'answer';
  readonly attempt: string;
  readonly at: string;
  readonly row: string;
  readonly answer: HubAnswer<SentPackage>;
}

export type ExchangeRecord = AttemptRecord | AnswerRecord;

/** Resolves when the record is durable (written and fsynced). */
export interface ExchangeJournal {
  append(record: ExchangeRecord): Promise<void>;
}

/**
 * The same hub with a journalled `send`. When the attempt cannot be recorded, `send` rejects with the journal's Failure
 * and nothing was sent; when the answer cannot be, it is `unknown` with reason `not-recorded`.
 * @param now the clock; @param newId a unique id for each attempt
 */
export function withJournal(hub: Hub, journal: ExchangeJournal, now: () => Date, newId: () => string): Hub {
  return {
    ...hub,
    async send(request, options) {
      const attempt = newId();
      await journal.append({
        type: 'attempt',
        attempt,
        at: now().toISOString(),
        row: request.row,
        kind: request.kind,
        packageSha: request.sha256,
        from: request.from,
        receivers: request.to,
      });
      const answer = await hub.send(request, options);
      try {
        await journal.append({ type: 'answer', attempt, at: now().toISOString(), row: request.row, answer });
      } catch (error) {
        const said = answer.kind === 'ok' ? `accepted as ${answer.value.docId}` : answer.kind;
        const why = error instanceof Error ? error.message : String(error);
        return {
          kind: 'unknown',
          reason: 'not-recorded',
          detail: `the hub said ${said}, the journal ${why}`,
          retryAfterSeconds: null,
        };
      }
      return answer;
    },
  };
}
