// Gives the answers that played agencies owe: writes each status package and delivers it to the original sender, as one
// durable event. When an answer is due is decided elsewhere.
import { randomUUID } from 'node:crypto';
import type { Hub } from './operation';
import { writeStatus } from './packages';
import { dueReplies, type PlaySettings, type Reply } from './played-agencies';
import { deliveriesTo } from './send-operation';

/** Gives everything that is due now. */
export async function playAgencies(hub: Hub, settings: PlaySettings, now: Date): Promise<void> {
  for (const reply of dueReplies(hub.state, settings, now)) await give(hub, reply, now);
  for (const item of hub.state.played()) {
    // Nothing is owed for a plain status: it is taken and that is all.
    if (item.sent.messageType === 'status' && item.status !== 'done') take(hub, item.delivery.docId, now);
  }
}

function take(hub: Hub, delivery: string, now: Date): void {
  hub.state.record({ type: 'status', at: now.toISOString(), delivery, status: 'done', played: true });
}

async function give(hub: Hub, { item, statusCode, description }: Reply, now: Date): Promise<void> {
  const { sent, delivery } = item;
  const docId = randomUUID();
  const agency = hub.state.agency(delivery.toCode);
  const bytes = await writeStatus({
    from: { code: delivery.toCode, name: agency?.name ?? delivery.toCode, mail: agency?.mail ?? '' },
    about: sent.facts,
    statusCode,
    description,
    now,
  });
  const { sha256, size } = await hub.packages.put(docId, bytes);
  const facts = await hub.readFacts(docId);
  if (facts === undefined) throw new Error('the hub wrote a status package that it cannot read');
  if (item.status !== 'done') take(hub, delivery.docId, now);
  hub.state.record({
    type: 'sent',
    docId,
    at: now.toISOString(),
    origin: 'played',
    sender: delivery.to,
    fromCode: delivery.toCode,
    messageType: 'status',
    sha256,
    size,
    facts,
    deliveries: deliveriesTo(hub.state, [sent.fromCode]),
    answers: { delivery: delivery.docId, statusCode },
  });
}
