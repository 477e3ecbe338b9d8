// The client of a provincial gateway (LGSP) in front of the axis: signs in by name and password, then asks the gateway's REST
// operations with the agency's own code and key. A session is kept as long as it lasts and never renewed inside a call.
import type { CallOptions, Hub, HubAnswer, HubFailure } from '../hub';
import { createRestHub, jsonBody, type RestSettings } from '../rest/client';
import { AnswerCut } from '../transport';
import { attemptCall, type Json, wholeObject } from '../vxp/attempt';
import type { HeaderLine } from '../vxp/sign';

export interface LgspSettings
  extends Omit<RestSettings, 'base' | 'identify' | 'between' | 'onSignedOut' | 'signedOutCodes'> {
  /** Address before `v1`. */
  readonly endpoint: URL;
  readonly systemId: string;
  readonly secretKey: string;
  readonly username: string;
  readonly password: string;
  readonly applicationCode: string;
  readonly signedOutCodes?: readonly string[];
}

/** The token is valid for 30 minutes. */
const sessionMs = 29 * 60_000;

function below(endpoint: URL, path: string): URL {
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${path}`;
  return url;
}

function tokenOf(answer: Json): string {
  const data = typeof answer.data === 'object' && answer.data !== null ? (answer.data as Json) : {};
  const token = data.token ?? answer.token;
  if (typeof token !== 'string' || token === '') throw new AnswerCut('garbled', 'the gateway gave no token');
  // It goes into a header line: one that cannot stand there would break every call of the session.
  if (!/^[\x21-\x7e]{1,16384}$/.test(token)) throw new AnswerCut('garbled', 'the token is no header text');
  return token;
}

/** A sign-in that ended badly, as the failure of the call that wanted it: of that call nothing left this machine. */
function beforeTheCall(failure: HubFailure): HubFailure {
  if (failure.kind === 'refused') return { ...failure, kind: 'signed-out' };
  if (failure.kind !== 'unknown') return failure;
  const { detail, retryAfterSeconds, reason } = failure;
  const why = reason === 'timed-out' ? 'connect-timed-out' : reason === 'cancelled' ? 'cancelled' : 'busy';
  return { kind: 'not-sent', reason: why, detail: `signing in: ${detail}`, retryAfterSeconds };
}

export function createLgspHub(settings: LgspSettings): Hub {
  let session: { readonly token: string; readonly until: number } | null = null;

  function signIn(options: CallOptions | undefined): Promise<HubAnswer<string>> {
    const url = below(settings.endpoint, 'v1/auth/login');
    url.search = 'allow_anonymous=true';
    const body = jsonBody({
      username: settings.username,
      password: settings.password,
      applicationCode: settings.applicationCode,
      otp: null,
      twoFactorProvider: null,
      typeObjs: [0, 1],
    });
    const headers: HeaderLine[] = [
      ['Host', url.host],
      ['Accept', 'application/json'],
      ['Connection', 'close'],
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.size)],
    ];
    return attemptCall(settings.transport, {
      build: () => ({ method: 'POST', url, headers }),
      body,
      limits: settings.limits,
      options,
      read: async (head, answer) => {
        const json = await wholeObject(answer);
        const code = Number(json.code ?? head.status);
        if (head.status < 400 && code >= 200 && code < 300) return { kind: 'ok', value: tokenOf(json) };
        const errorDesc = typeof json.message === 'string' ? json.message : '';
        if (head.status >= 500) throw new AnswerCut('garbled', errorDesc);
        return { kind: 'signed-out', errorCode: String(code), errorDesc };
      },
    });
  }

  async function identify(options: CallOptions | undefined): Promise<readonly HeaderLine[] | HubFailure> {
    const now = settings.now().getTime();
    // A clock that was set back must not keep a session for ever.
    if (session === null || now >= session.until || now < session.until - sessionMs) {
      session = null;
      const answer = await signIn(options);
      if (answer.kind !== 'ok') return beforeTheCall(answer);
      session = { token: answer.value, until: now + sessionMs };
    }
    return [
      ['Authorization', `Bearer ${session.token}`],
      ['X-SystemId', settings.systemId],
      ['X-SecretKey', settings.secretKey],
    ];
  }

  return createRestHub({
    ...settings,
    base: below(settings.endpoint, 'v1'),
    signedOutCodes: settings.signedOutCodes ?? ['15'],
    identify,
    onSignedOut: () => {
      session = null;
    },
  });
}
