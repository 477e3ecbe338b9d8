// Every operation of the axis, on the hub's state: what it needs, what it changes, what it answers. Signature and clock
// are checked before; it knows no HTTP beyond a body and an answer.
import { randomUUID } from 'node:crypto';
import type { AgencyEvent, Delivery, MessageType, PackageFacts, SentEvent } from './events';
import type { IncomingPackage, PackageStore } from './package-store';
import type { HubState, InboxItem } from './state';
import { errorCodes, Refusal, type SignedRequest, unpaddedHex } from './wire';

export interface Call {
  readonly signed: SignedRequest;
  /** Key of the agency that calls. */
  readonly caller: string;
  readonly now: Date;
  /** The request's body; sendEdoc and registerAgency read it. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** A JSON answer, or the bytes of a package. */
export type Answer =
  | { readonly kind: 'json'; readonly value: Readonly<Record<string, unknown>> }
  /** getEdoc: JSON whose `data` is the package in Base64. */
  | { readonly kind: 'package-in-json'; readonly docId: string }
  /** downloadEdoc: the package itself. */
  | { readonly kind: 'package'; readonly docId: string };

export interface OperationSettings {
  readonly lagSeconds: number;
  readonly maxPackageBytes: number;
}

export interface Hub {
  readonly state: HubState;
  readonly packages: PackageStore;
  readonly settings: OperationSettings;
  /** What a stored package says; undefined when it is not edXML. */
  readFacts(docId: string): Promise<PackageFacts | undefined>;
}

export interface Operation {
  readonly methods: readonly string[];
  readonly contentType: string;
  run(hub: Hub, call: Call): Promise<Answer>;
}

const json = 'application/json';
const post = ['POST'];
/** SDK 2.0.1 declares GET for the counts and sends POST with `{}`. */
const either = ['GET', 'POST'];

function ok(fields: Readonly<Record<string, unknown>>): Answer {
  return { kind: 'json', value: { status: 'OK', ErrorCode: '0', ErrorDesc: 'Thành công', ...fields } };
}

function messageTypeOf(signed: SignedRequest): MessageType {
  if (signed.parameter('servicetype').toLowerCase() !== 'edoc') {
    throw new Refusal(errorCodes.wrongParameter, 'servicetype phải là eDoc');
  }
  const type = signed.parameter('messagetype').toLowerCase();
  if (type === 'edoc' || type === 'status') return type;
  throw new Refusal(errorCodes.wrongParameter, 'messagetype phải là edoc hoặc status');
}

/** `yyyy-MM-dd HH:mm:ss` in UTC+7. */
export function hubTime(iso: string): string {
  return new Date(Date.parse(iso) + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

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

const getReceivedEdocList: Operation = {
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

const getSentEdocList: Operation = {
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

const getEdoc: Operation = {
  methods: post,
  contentType: json,
  run: async (hub, call) => ({ kind: 'package-in-json', docId: readableDocId(hub, call) }),
};

const downloadEdoc: Operation = {
  methods: either,
  contentType: json,
  run: async (hub, call) => ({ kind: 'package', docId: readableDocId(hub, call) }),
};

const updateStatus: Operation = {
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

function count(type: MessageType): Operation {
  return {
    methods: either,
    contentType: json,
    run: async ({ state }, { caller }) => ok({ count: state.waiting(caller, type).length }),
  };
}

function receiversOf(signed: SignedRequest, fallback: readonly string[]): readonly string[] {
  const text = signed.parameter('to');
  if (text === '') return fallback;
  let codes: unknown;
  try {
    codes = JSON.parse(text);
  } catch {
    codes = undefined;
  }
  if (!Array.isArray(codes) || !codes.every((code): code is string => typeof code === 'string')) {
    throw new Refusal(errorCodes.wrongParameter, 'to phải là mảng JSON các mã cơ quan');
  }
  return codes;
}

const sendEdoc: Operation = {
  methods: post,
  contentType: 'application/octet-stream',
  async run(hub, call) {
    const incoming = await receive(hub, call);
    try {
      return await accept(hub, call, incoming);
    } finally {
      hub.packages.discard(incoming);
    }
  },
};

async function receive({ packages, settings }: Hub, { body }: Call): Promise<IncomingPackage> {
  try {
    return await packages.receive(body, settings.maxPackageBytes);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(errorCodes.fileInvalid, 'Gói tin quá lớn', 413);
    throw error;
  }
}

async function accept(hub: Hub, { signed, caller, now }: Call, incoming: IncomingPackage): Promise<Answer> {
  const { packages } = hub;
  if (!incoming.endedWithCrlf) throw new Refusal(errorCodes.fileInvalid, 'Thiếu CRLF sau gói tin');
  if (signed.parameter('hash-file') !== unpaddedHex(incoming.sha256)) {
    throw new Refusal(errorCodes.fileInvalid, 'hash-file không khớp gói tin');
  }
  const docId = randomUUID();
  // Under its final name but in no list yet: a kill from here on leaves a file that nothing names.
  packages.publish(incoming, docId);
  try {
    return take(hub, { signed, caller, now }, incoming, docId, await hub.readFacts(docId));
  } catch (error) {
    packages.remove(docId);
    throw error;
  }
}

function take(
  { state }: Hub,
  { signed, caller, now }: Omit<Call, 'body'>,
  incoming: IncomingPackage,
  docId: string,
  facts: PackageFacts | undefined,
): Answer {
  if (facts === undefined) throw new Refusal(errorCodes.notEdxml, 'Gói tin sai định dạng edXML');
  const messageType = messageTypeOf(signed);
  // The list a package waits in is what its sender said: the SDK may send a status as `edoc`, and the axis lets it.
  const fromCode = signed.parameter('from') || signed.systemId;
  if (state.agency(fromCode) === undefined)
    throw new Refusal(errorCodes.unknownSender, 'Đơn vị gửi chưa đăng ký');
  const to = receiversOf(signed, facts.to);
  if (to.length === 0) throw new Refusal(errorCodes.unknownReceiver, 'Không có nơi nhận');
  for (const code of to) {
    const agency = state.agency(code);
    if (agency === undefined)
      throw new Refusal(errorCodes.unknownReceiver, `Nơi nhận không tồn tại: ${code}`);
    if (agency.deleted) throw new Refusal(errorCodes.receiverLocked, `Nơi nhận đã khóa: ${code}`);
  }
  state.record({
    type: 'sent',
    docId,
    at: now.toISOString(),
    origin: 'client',
    sender: caller,
    fromCode,
    messageType,
    sha256: incoming.sha256,
    size: incoming.size,
    facts,
    deliveries: deliveriesTo(state, to),
  });
  return ok({ DocId: docId });
}

/** One delivery a receiver, each with a name of its own. */
export function deliveriesTo(state: HubState, codes: readonly string[]): Delivery[] {
  return codes.map((toCode) => ({ docId: randomUUID(), toCode, to: state.keyOf(toCode) }));
}

const getAgenciesList: Operation = {
  methods: post,
  contentType: json,
  run: async ({ state }) =>
    ok({
      data: state
        .allAgencies()
        .filter((agency) => !agency.deleted)
        .map(({ id, pid, code, oldCode, name, mail }) => ({ id, pid, code, oldCode, name, mail })),
    }),
};

const getSynchronizeUnit: Operation = {
  methods: post,
  contentType: json,
  run: async ({ state }) =>
    ok({
      data: state.allAgencies().map((agency) => ({
        id: agency.id,
        pid: agency.pid,
        code: agency.code,
        name: agency.name,
        mail: agency.mail,
        version: agency.version,
        centerCode: agency.code.split('.')[0] ?? agency.code,
        deleted: agency.deleted,
        modifyDate: hubTime(agency.modified),
        isAgency: true,
      })),
    }),
};

const registerAgency: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { body, now }) {
    const entry = entryOf(await smallText(body));
    state.record({ type: 'agency', at: now.toISOString(), entry });
    return ok({});
  },
};

async function smallText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > 65_536) throw new Refusal(errorCodes.wrongParameter, 'Nội dung quá lớn', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function entryOf(text: string): AgencyEvent['entry'] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== 'object' || value === null)
    throw new Refusal(errorCodes.wrongParameter, 'Không phải JSON');
  const fields = value as Record<string, unknown>;
  const field = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '');
  const entry = {
    id: field('id') || randomUUID(),
    pid: field('pid') || field('pcode') || '0',
    code: field('code'),
    name: field('name'),
    mail: field('mail'),
  };
  if (entry.code === '' || entry.name === '') {
    throw new Refusal(errorCodes.wrongParameter, 'Thiếu code hoặc name');
  }
  if (!/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(entry.mail))
    throw new Refusal(errorCodes.wrongParameter, 'mail không đúng');
  return entry;
}

const deleteAgency: Operation = {
  methods: post,
  contentType: json,
  async run({ state }, { signed, now }) {
    const code = signed.parameter('agencycode') || signed.parameter('code') || signed.parameter('id');
    const agency = state.agency(code);
    if (agency === undefined || agency.deleted)
      throw new Refusal(errorCodes.unknownReceiver, 'Đơn vị không tồn tại');
    state.record({ type: 'agency-removed', at: now.toISOString(), code: agency.code });
    return ok({});
  },
};

export const operations: Readonly<Record<string, Operation>> = {
  getReceivedEdocList,
  getSentEdocList,
  getEdoc,
  sendEdoc,
  updateStatus,
  getAgenciesList,
  getSynchronizeUnit,
  registerAgency,
  deleteAgency,
  countReceiveEdoc: count('edoc'),
  countReceiveStatus: count('status'),
  downloadEdoc,
};
