// What waits at a gateway that gives its list page by page, done entries among the rest.
import { expect, it } from 'vitest';
import { inspectPackage } from '../inspect-package';
import { createLgspHub } from '../lgsp/client';
import { AnswerCut, defaultLimits, type Transport } from '../transport';

const asked: string[] = [];

/** `answer` is told the page that is asked for, null for the list itself. */
function hub(answer: (page: number | null) => unknown) {
  const transport: Transport = {
    async request(request, read) {
      const { pathname, searchParams } = request.url;
      const isLogin = pathname.endsWith('auth/login');
      const page = searchParams.get('pageIndex');
      if (!isLogin) asked.push(searchParams.toString());
      const value = isLogin
        ? { code: 200, data: { token: 't' } }
        : answer(page === null ? null : Number(page));
      async function* body() {
        yield Buffer.from(JSON.stringify(value));
      }
      try {
        return { kind: 'answered', value: await read({ status: 200, headers: {} }, body()) };
      } catch (error) {
        if (!(error instanceof AnswerCut)) throw error;
        return { kind: 'cut', reason: error.reason, detail: error.message };
      }
    },
  };
  asked.length = 0;
  return createLgspHub({
    endpoint: new URL('https://gateway.example/'),
    ...{ systemId: 'H37', secretKey: 'k', username: 'u', password: 'p', applicationCode: 'QLVB' },
    transport,
    inspect: inspectPackage,
    now: () => new Date(0),
    limits: defaultLimits,
    ...{ maxPackageBytes: 1000, lookbackDays: 30, firstPage: 0 },
  });
}

/** Fifty entries of which the last one alone waits, twenty a page. */
const entries = Array.from({ length: 50 }, (_, at) => ({
  docId: `D${at}`,
  status: at === 49 ? 'initial' : 'done',
}));
const content = (page: number) => entries.slice(page * 20, (page + 1) * 20);

it.each([
  ['a number of all', (page: number) => ({ content: content(page), totalElements: 50 })],
  ['a last page', (page: number) => ({ content: content(page), last: page === 2 })],
])('what waits behind pages of what was done is found where the gateway names %s', async (_, data) => {
  const client = hub((page) => ({ code: 200, data: data(page ?? 0) }));
  expect(await client.list('edoc')).toMatchObject({
    value: { items: [{ docId: 'D49', messageType: 'edoc' }], unreadable: 0 },
  });
  expect(asked).toHaveLength(3);
  expect(asked[2]).toContain('page=2&size=20&pageIndex=2&pageSize=20');
});

it('what a gateway says there is and gives on no page is counted', async () => {
  const client = hub(() => ({ code: 200, data: content(0), total: 50 }));
  expect(await client.list('edoc')).toEqual({ kind: 'ok', value: { items: [], unreadable: 30 } });
  expect(asked).toHaveLength(2);
});

it('a list that names no number is asked for once', async () => {
  const client = hub(() => ({ code: 200, data: entries }));
  expect(await client.list('edoc')).toMatchObject({ value: { items: [{ docId: 'D49' }], unreadable: 0 } });
  expect(asked).toHaveLength(1);
});

it('a gateway whose next page is empty has counted something else', async () => {
  const client = hub((page) => ({ code: 200, data: page === null ? content(0) : [], total: 4000 }));
  expect(await client.list('edoc')).toEqual({ kind: 'ok', value: { items: [], unreadable: 0 } });
});

it('an empty list that says it is not is counted, and the exchange goes on', async () => {
  const client = hub(() => ({ code: 200, data: { content: [], totalElements: 3 } }));
  expect(await client.list('edoc')).toEqual({ kind: 'ok', value: { items: [], unreadable: 3 } });
});

it('a page that does not come leaves the list unknown', async () => {
  const torn = hub((page) =>
    page === 1 ? 'nothing' : { code: 200, data: { content: content(0), totalElements: 50 } },
  );
  expect(await torn.list('edoc')).toMatchObject({ kind: 'unknown', reason: 'garbled' });
});
