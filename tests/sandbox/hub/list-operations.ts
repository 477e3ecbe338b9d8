// The operations of a receiver and of the sent list: what waits, what was sent, the package itself, its acknowledgement.
import type { Delivery, MessageType, SentEvent } from './events';
import {
  type Call,
  either,
  type Hub,
  hubTime,
  json,
  messageTypeOf,
  type Operation,
  ok,
  post,
} from './operation';
import type { InboxItem } from './state';
import { errorCodes, Refusal, type SignedRequest } from './wire';

/** fromDate, toDate, pageSize and pageIndex, which gateways offer. */
function filtered<T>(signed: SignedRequest, items: readonly T[], timeOf: (item: T) => string): readonly T[] {
  const day = (name: string) => signed.parameter(name).slice(0, 10).replaceAll('/', '-');
  const [from, to] = [day('fromDate'), day('toDate')];
  const kept = items.filter((item) => {
    const when = hubTime(timeOf(item)).slice(0, 10);
    return (from === '' || when >= from) && (to === '' || when <= to);
  });
  const size = Number(signed.parameter('pageSize'));
  if (!Number.isInteger(size) || size < 1) return kept;
  const page = Math.max(1, Number(signed.parameter('pageIndex')) || 1);
  return kept.slice((page - 1) * size, page * size);
}

const statusWords: Readonly<Record<string, string>> = {
  initial: 'Khởi tạo',
  processing: 'Đang xử lý',
  done: 'Đã nhận',
  fail: 'Lỗi',
};

export const getReceivedEdocList: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { signed, caller }) {
    // Other parameters may be left over from an earlier call of the SDK's service object: they filter nothing.
    const items = state.waiting(caller, messageTypeOf(signed));
    const data = filtered(signed, items, (item) => item.sent.at).map(
      ({ delivery, sent, status, updated }) => ({
        docId: delivery.docId,
        serviceType: 'eDoc',
        messageType: sent.messageType,
        created_time: hubTime(sent.at),
        updated_time: hubTime(updated),
        from: sent.fromCode,
        to: delivery.toCode,
        status,
        status_desc: statusWords[status] ?? status,
      }),
    );
    return ok({ data });
  },
};

export const getSentEdocList: Operation = {
  methods: post,
  contentType: json,
  async run({ state, settings }, { signed, caller, now }) {
    const type = messageTypeOf(signed);
    const mine = state.allSent().filter((sent) => sent.sender === caller && sent.messageType === type);
    // The SDK leaves the docId of an earlier getEdoc in its map: only a name of this list is a wish.
    const wished = mine.filter((sent) => sent.docId === signed.parameter('docId'));
    const visible = (wished.length > 0 ? wished : mine).filter(
      (sent) => now.getTime() - Date.parse(sent.at) >= settings.lagSeconds * 1000,
    );
    const rows = filtered(signed, visible, (sent) => sent.at).flatMap((sent) =>
      sent.deliveries.map((delivery) => sentRow(sent, delivery, state.item(delivery.docId))),
    );
    return ok({ data: rows });
  },
};

/** Only the fields that the axis has: no DocumentId and no hash. */
function sentRow(sent: SentEvent, delivery: Delivery, item: InboxItem | undefined) {
  const status = item?.status ?? 'initial';
  return {
    serviceType: 'eDoc',
    messageType: sent.messageType,
    senderDocId: sent.docId,
    receiverDocId: delivery.docId,
    fromCode: sent.fromCode,
    toCode: delivery.toCode,
    title: sent.facts.title,
    notation: sent.facts.notation,
    sentTime: hubTime(sent.at),
    receivedTime: status === 'done' ? hubTime(item?.updated ?? sent.at) : '',
    sendStatus: 'done',
    sendStatusDesc: 'Đã gửi',
    receiveStatus: status,
    receiveStatusDesc: statusWords[status] ?? status,
  };
}

/** A package that the caller received or sent, by either name. */
function readableDocId({ state }: Hub, { signed, caller }: Call): string {
  const docId = signed.parameter('docId');
  const item = state.item(docId);
  if (item !== undefined && item.delivery.to === caller) return item.sent.docId;
  const sent = state.sent(docId);
  if (sent !== undefined && sent.sender === caller) return sent.docId;
  throw new Refusal(errorCodes.unknownDocument, 'Không tìm thấy văn bản');
}

export const getEdoc: Operation = {
  methods: post,
  contentType: json,
  run: async (hub, call) => ({ kind: 'package-in-json', docId: readableDocId(hub, call) }),
};

export const downloadEdoc: Operation = {
  methods: either,
  contentType: json,
  run: async (hub, call) => ({ kind: 'package', docId: readableDocId(hub, call) }),
};

export const updateStatus: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { signed, caller, now }) {
    const item = state.item(signed.parameter('docId'));
    if (item === undefined || item.delivery.to !== caller) {
      throw new Refusal(errorCodes.unknownDocument, 'Không tìm thấy văn bản');
    }
    const status = signed.parameter('status').toLowerCase();
    if (!['processing', 'done', 'fail'].includes(status)) {
      throw new Refusal(errorCodes.wrongParameter, 'status phải là processing, done hoặc fail');
    }
    const delivery = item.delivery.docId;
    // What was once taken stays taken: a late `processing` must not list it again.
    if (item.status !== 'done') state.record({ type: 'status', at: now.toISOString(), delivery, status });
    return ok({});
  },
};

export function count(type: MessageType): Operation {
  return {
    methods: either,
    contentType: json,
    run: async ({ state }, { caller }) => ok({ count: state.waiting(caller, type).length }),
  };
}
