// The REST operations of a gateway behind X-Road: the service's address, who asks, and the errors of the security servers on
// the way (PR-REST 1.0.4). What the service itself says is the gateway's business.
import type { Hub } from '../hub';
import { createRestHub, type RestSettings } from '../rest/client';
import { AnswerCut, type AnswerHead } from '../transport';
import { type Body, wholeObject } from '../vxp/attempt';
import type { HeaderLine } from '../vxp/sign';
import { xroadFailure } from './failures';
import { type ClientId, clientHeader, restPath, type ServiceId } from './identifiers';

export interface XroadRestSettings
  extends Omit<RestSettings, 'base' | 'identify' | 'between' | 'onSignedOut'> {
  /** Address of the agency's own security server. */
  readonly endpoint: URL;
  readonly client: ClientId;
  readonly service: ServiceId;
  readonly userId?: string | undefined;
  readonly newId: () => string;
}

const idName = 'X-Road-Id';

/** The JSON beside the error's type. The type alone is the error: words that cannot be read change nothing of it. */
async function wordsOf(body: Body): Promise<Awaited<ReturnType<typeof wholeObject>>> {
  try {
    return await wholeObject(body);
  } catch (error) {
    if (error instanceof AnswerCut) return {};
    throw error;
  }
}

async function between(head: AnswerHead, body: Body, sent: readonly HeaderLine[]) {
  const type = head.headers['x-road-error'];
  if (type !== undefined) {
    const said = await wordsOf(body);
    const text = (name: string) => (typeof said[name] === 'string' ? String(said[name]) : '');
    return xroadFailure(type, text('message'), text('detail'));
  }
  const asked = sent.find(([name]) => name === idName)?.[1];
  const echoed = head.headers['x-road-id'];
  if (echoed !== undefined && echoed !== asked)
    throw new AnswerCut('garbled', 'the answer to another message');
  return null;
}

export function createXroadRestHub(settings: XroadRestSettings): Hub {
  const base = new URL(settings.endpoint);
  base.pathname = `${base.pathname.replace(/\/+$/, '')}${restPath(settings.service)}`;
  return createRestHub({
    ...settings,
    base,
    identify: async () => [
      ['X-Road-Client', clientHeader(settings.client)],
      [idName, settings.newId()],
      ...(settings.userId === undefined ? [] : [['X-Road-UserId', settings.userId] as const]),
    ],
    between,
  });
}
