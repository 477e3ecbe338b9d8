// What main knows of an attempt whose window died: the difference between "send it" and "never send it again".
import { expect, test } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { asSha256 } from '../../preload/contract/ids';
import type { Hub, HubAnswer, SentPackage } from '../exchange/hub';
import type { Attempt } from '../journal/memory';
import { createHubService, type HubParts } from './hub-service';

const sha = asSha256('a'.repeat(64));

function serviceOver(attempts: readonly Attempt[], send?: () => Promise<HubAnswer<SentPackage>>) {
  const parts = {
    hub: { send } as Partial<Hub> as Hub,
    systemId: 'H37',
    blobs: { open: async () => ({ ...bytesSource(Buffer.from('x')), close: () => undefined }) },
    journal: { attemptsOf: (row: string) => (row === 'row#1' ? attempts : []) },
    now: () => new Date(0),
  } as unknown as HubParts;
  return createHubService(parts);
}

const attempt: Attempt = {
  attempt: 'one',
  at: '2026-11-20T02:00:00.000Z',
  kind: 'edoc',
  packageSha: sha,
  receivers: ['G12'],
  answer: null,
} as unknown as Attempt;

test('an attempt that the journal has not began nowhere', () => {
  expect(serviceOver([]).attempt('row#1')).toEqual({ kind: 'none' });
});

test('an attempt without an answer may have reached the hub', () => {
  expect(serviceOver([attempt]).attempt('row#1')).toEqual({ kind: 'open' });
});

test('an answer in the journal is the answer', () => {
  const answer = { kind: 'ok', value: { docId: 'D1' } } as const;
  expect(serviceOver([{ ...attempt, answer }]).attempt('row#1')).toEqual({
    kind: 'answered',
    answer: { kind: 'accepted', docId: 'D1' },
  });
});

test('an attempt under way is open before the journal has its first line', async () => {
  let finish: (answer: HubAnswer<SentPackage>) => void = () => undefined;
  const service = serviceOver([], () => new Promise((resolve) => (finish = resolve)));
  const sending = service.send('row#1', sha, 'edoc', ['G12']);
  expect(service.attempt('row#1')).toEqual({ kind: 'open' });
  await new Promise((resolve) => setImmediate(resolve));
  finish({ kind: 'ok', value: { docId: 'D1' } });
  await sending;
  expect(service.attempt('row#1')).toEqual({ kind: 'none' });
});
