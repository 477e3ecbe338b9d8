// The hub's control side for tests, on a port of its own of the loopback address: faults on order and what was accepted.
// It is no part of the axis and takes part in no exchange.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Faults, faultModes } from './faults';
import type { HubState } from './state';

interface Control {
  readonly state: HubState;
  readonly faults: Faults;
  /** Looks for new packages in the seed folder; tells how many were offered. */
  offerSeeds(): Promise<number>;
}

interface Reply {
  readonly status: number;
  readonly value: unknown;
}

export function adminServer(control: Control): Server {
  return createServer((request, response) => {
    answer(control, request).then(
      ({ status, value }) => {
        response.writeHead(status, { 'Content-Type': 'application/json;charset=UTF-8' });
        response.end(`${JSON.stringify(value)}\n`);
      },
      (error: unknown) => {
        response.writeHead(400, { 'Content-Type': 'application/json;charset=UTF-8' });
        response.end(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
      },
    );
  });
}

async function answer(control: Control, request: IncomingMessage): Promise<Reply> {
  const { state, faults } = control;
  switch (`${request.method} ${request.url}`) {
    case 'GET /admin/log':
      return { status: 200, value: { sends: sends(state) } };
    case 'GET /admin/deliveries':
      return { status: 200, value: { deliveries: deliveries(state) } };
    case 'GET /admin/fault':
      return { status: 200, value: { modes: faultModes, orders: faults.pending() } };
    case 'POST /admin/fault':
      faults.order(await body(request));
      return { status: 200, value: { orders: faults.pending() } };
    case 'DELETE /admin/fault':
      faults.clear();
      return { status: 200, value: { orders: [] } };
    case 'POST /admin/seeds':
      return { status: 200, value: { offered: await control.offerSeeds() } };
    default:
      return { status: 404, value: { error: 'unknown path' } };
  }
}

/** Every sendEdoc that was accepted, in order; a repeated one stands here twice. */
function sends(state: HubState) {
  return state
    .allSent()
    .filter((sent) => sent.origin === 'client')
    .map((sent) => ({
      docId: sent.docId,
      at: sent.at,
      sha256: sent.sha256,
      size: sent.size,
      from: sent.fromCode,
      to: sent.deliveries.map((delivery) => delivery.toCode),
      messagetype: sent.messageType,
      DocumentId: sent.facts.documentId,
      code: sent.facts.code,
    }));
}

function deliveries(state: HubState) {
  return state.allSent().flatMap((sent) =>
    sent.deliveries.map((delivery) => ({
      docId: delivery.docId,
      senderDocId: sent.docId,
      origin: sent.origin,
      from: sent.fromCode,
      to: delivery.toCode,
      messagetype: sent.messageType,
      DocumentId: sent.facts.documentId,
      code: sent.facts.code,
      status: state.item(delivery.docId)?.status ?? 'initial',
    })),
  );
}

async function body(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  if (typeof value !== 'object' || value === null) throw new Error('a JSON object is wanted');
  return value as Record<string, unknown>;
}
