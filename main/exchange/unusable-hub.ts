// A hub that settings name so that it cannot be asked: the desk opens all the same, and each attempt says why nothing was sent.
// It opens no connection and reads no file.
import type { Hub, HubAnswer, NotSentReason } from './hub';

/** Every attempt ends in `not-sent` with this reason, so that what waits goes on waiting until settings are mended. */
export function unusableHub(reason: NotSentReason, detail: string): Hub {
  const answer: HubAnswer<never> = { kind: 'not-sent', reason, detail, retryAfterSeconds: null };
  const refuse = async (): Promise<HubAnswer<never>> => answer;
  return {
    list: refuse,
    fetch: refuse,
    send: refuse,
    acknowledge: refuse,
    sent: refuse,
    agencies: refuse,
    units: refuse,
    registerAgency: refuse,
    removeAgency: refuse,
    count: refuse,
  };
}
