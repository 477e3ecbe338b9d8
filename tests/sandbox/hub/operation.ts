// What an operation of the axis is: what it is given, what it answers, and the words that several share. It is none itself.
import type { MessageType, PackageFacts } from './events';
import type { PackageStore } from './package-store';
import type { HubState } from './state';
import { errorCodes, Refusal, type SignedRequest } from './wire';

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

export const json = 'application/json';
export const post = ['POST'];
/** SDK 2.0.1 declares GET for the counts and sends POST with `{}`. */
export const either = ['GET', 'POST'];

export function ok(fields: Readonly<Record<string, unknown>>): Answer {
  return { kind: 'json', value: { status: 'OK', ErrorCode: '0', ErrorDesc: 'Thành công', ...fields } };
}

export function messageTypeOf(signed: SignedRequest): MessageType {
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
