// The order that makes "unknown is not failed" true: attempt on disk, bytes on the wire, answer on disk, answer returned.
import { expect, test } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import type { Hub, HubAnswer, SentPackage } from './hub';
import { type ExchangeRecord, withJournal } from './with-journal';

const request = {
  source: bytesSource(Buffer.from('x')),
  sha256: 'a'.repeat(64),
  kind: 'edoc' as const,
  from: 'H37',
  to: ['G12', 'H26'],
  row: 'row-7',
};

function hubThat(send: () => Promise<HubAnswer<SentPackage>>): Hub {
  return { send } as Partial<Hub> as Hub;
}

const now = () => new Date(Date.UTC(2026, 0, 15));
const accepted: HubAnswer<SentPackage> = { kind: 'ok', value: { docId: 'D1' } };

test('the attempt is durable before the hub is asked, the answer before it is returned', async () => {
  const order: string[] = [];
  const records: ExchangeRecord[] = [];
  const hub = withJournal(
    hubThat(async () => {
      order.push('sent');
      return accepted;
    }),
    {
      async append(record) {
        await Promise.resolve();
        records.push(record);
        order.push(record.type);
      },
    },
    now,
    () => 'id-1',
  );
  expect(await hub.send(request)).toEqual(accepted);
  expect(order).toEqual(['attempt', 'sent', 'answer']);
  expect(records[0]).toEqual({
    type: 'attempt',
    attempt: 'id-1',
    at: '2026-01-15T00:00:00.000Z',
    row: 'row-7',
    kind: 'edoc',
    packageSha: 'a'.repeat(64),
    from: 'H37',
    receivers: ['G12', 'H26'],
  });
  expect(records[1]).toMatchObject({ type: 'answer', attempt: 'id-1', row: 'row-7', answer: accepted });
});

test('when the attempt cannot be written nothing is sent', async () => {
  let sent = 0;
  const hub = withJournal(
    hubThat(async () => {
      sent++;
      return accepted;
    }),
    {
      async append() {
        throw new Failure('file-unwritable', 'disk full');
      },
    },
    now,
    () => 'id',
  );
  await expect(hub.send(request)).rejects.toMatchObject({ code: 'file-unwritable' });
  expect(sent).toBe(0);
});

test('an answer that cannot be written is unknown, though the hub said yes', async () => {
  const hub = withJournal(
    hubThat(async () => accepted),
    {
      async append(record) {
        if (record.type === 'answer') throw new Failure('file-unwritable', 'disk full');
      },
    },
    now,
    () => 'id',
  );
  expect(await hub.send(request)).toMatchObject({
    kind: 'unknown',
    reason: 'not-recorded',
    detail: expect.stringContaining('D1'),
  });
});
