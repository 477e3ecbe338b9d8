// sendEdoc: takes an upload, checks it against its headers, and delivers it. It compares no two packages: the axis does not.
import { randomUUID } from 'node:crypto';
import type { Delivery, PackageFacts } from './events';
import { type Answer, type Call, type Hub, messageTypeOf, type Operation, ok, post } from './operation';
import type { IncomingPackage } from './package-store';
import type { HubState } from './state';
import { errorCodes, Refusal, type SignedRequest, unpaddedHex } from './wire';

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

export const sendEdoc: Operation = {
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
