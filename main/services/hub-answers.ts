// Turns how an attempt at the hub ended into what the ledger's retry policy needs. Pure.
import type { HubAnswer as DeskAnswer } from '../../preload/contract/calls';
import { assertNever } from '../../preload/contract/failure';
import { type HubDocId, hubDocId } from '../../preload/contract/ids';
import { codeOfAnswer, type HubAnswer } from '../exchange/hub';

function docIdOf(value: unknown): HubDocId | null {
  const found = typeof value === 'object' && value !== null && 'docId' in value ? value.docId : null;
  const parsed = hubDocId.safeParse(found);
  return parsed.success ? parsed.data : null;
}

/**
 * `signed-out` and our own refusals count as not sent: the hub did nothing, and a person can mend the cause.
 * A gate's refusal (`blocked`) is final for these bytes, so it is `refused` with our code.
 */
export function deskAnswer(answer: HubAnswer<unknown>): DeskAnswer {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'accepted', docId: docIdOf(answer.value) };
    case 'refused':
      return {
        kind: 'refused',
        code: codeOfAnswer(answer),
        words: `${answer.errorDesc} (${answer.errorCode})`.slice(0, 1000),
      };
    case 'blocked':
      return { kind: 'refused', code: answer.code, words: '' };
    case 'signed-out':
      return { kind: 'not-sent', code: codeOfAnswer(answer), retryAfterSeconds: null };
    case 'not-sent':
      return { kind: 'not-sent', code: codeOfAnswer(answer), retryAfterSeconds: answer.retryAfterSeconds };
    case 'unknown':
      return { kind: 'unknown', code: codeOfAnswer(answer) };
    default:
      return assertNever(answer);
  }
}
