// A sign-in whose token cannot stand in a header line: found by changing answers at random.
import { expect, it } from 'vitest';
import { inspectPackage } from '../inspect-package';
import { AnswerCut, defaultLimits, type Transport } from '../transport';
import { createLgspHub } from './client';

/** A gateway that signs in with this token and lists nothing. */
function gateway(token: string): Transport {
  return {
    async request(request, read) {
      const login = request.url.pathname.endsWith('auth/login');
      const answer = login ? { code: 200, data: { token } } : { code: 200, status: 'OK', data: [] };
      async function* body() {
        yield Buffer.from(JSON.stringify(answer));
      }
      try {
        return { kind: 'answered', value: await read({ status: 200, headers: {} }, body()) };
      } catch (error) {
        if (!(error instanceof AnswerCut)) throw error;
        return { kind: 'cut', reason: error.reason, detail: error.message };
      }
    },
  };
}

const hub = (token: string) =>
  createLgspHub({
    endpoint: new URL('https://gateway.example/'),
    ...{ systemId: 'H37', secretKey: 'k', username: 'u', password: 'p', applicationCode: 'QLVB' },
    transport: gateway(token),
    inspect: inspectPackage,
    now: () => new Date(0),
    limits: defaultLimits,
    ...{ maxPackageBytes: 1000, lookbackDays: 30, firstPage: 0 },
  });

it.each(['a\u0000b', 'xuống\ndòng', 'có dấu', 'a b', 'a'.repeat(20_000)])(
  'is no session, and nothing was asked: %j',
  async (token) => {
    expect(await hub(token).list('edoc')).toMatchObject({ kind: 'not-sent' });
  },
);

it('is a session when it is header text', async () => {
  expect(await hub('abc.DEF-123_~').list('edoc')).toMatchObject({ kind: 'ok' });
});
