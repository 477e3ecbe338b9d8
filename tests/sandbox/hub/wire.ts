// Checks a request of the axis' wire format as a server: signature, clock, content type. Written apart from the client on
// purpose, so that one's mistake does not hide the other's. Pure; it knows no operation.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Codes of gateways in front of the axis; 11, 12 and 14 are the sandbox's own. */
export const errorCodes = {
  fileInvalid: '10',
  unknownDocument: '11',
  wrongParameter: '12',
  wrongContentType: '14',
  notSignedIn: '15',
  unknownReceiver: '18',
  unknownSender: '19',
  systemError: '20',
  notEdxml: '22',
  receiverLocked: '23',
} as const;

/** A refusal in the hub's own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly errorCode: string,
    readonly errorDesc: string,
    readonly status = 200,
  ) {
    super(errorDesc);
  }
}

export interface SignedRequest {
  readonly systemId: string;
  /** The signed parameters by logical name in lower case. */
  parameter(name: string): string;
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

/** `ddMMyyyy'T'HHmmss+SSSS` read in UTC+7; undefined when it is not one. */
export function readTimestamp(text: string): Date | undefined {
  const match = /^(\d{2})(\d{2})(\d{4})T(\d{2})(\d{2})(\d{2})\+(\d{4})$/.exec(text);
  if (match === null) return undefined;
  const [day, month, year, hour, minute, second, fraction] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const inRange =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 31 &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    fraction < 1000;
  return inRange ? new Date(Date.UTC(year, month - 1, day, hour - 7, minute, second, fraction)) : undefined;
}

/** SHA-256 as the axis writes it: each byte in hex without a leading zero. */
export function unpaddedHex(sha256: string): string {
  return [...Buffer.from(sha256, 'hex')].map((byte) => byte.toString(16)).join('');
}

function signOut(why: string): never {
  throw new Refusal(errorCodes.notSignedIn, why);
}

/** The signed text must name exactly the headers that came, in the named order, with their very values. */
function signedEntries(headers: IncomingHttpHeaders): Map<string, string> {
  const names = header(headers, 'XroadVnpt-sign-header-key').split(';');
  let signed: unknown;
  try {
    signed = JSON.parse(header(headers, 'XroadVnpt-sign-header'));
  } catch {
    return signOut('XroadVnpt-sign-header không phải JSON');
  }
  if (typeof signed !== 'object' || signed === null) return signOut('XroadVnpt-sign-header không phải JSON');
  const entries = Object.entries(signed as Record<string, unknown>);
  if (entries.map(([name]) => name).join(';') !== names.map((name) => `XroadVnpt-${name}`).join(';')) {
    return signOut('XroadVnpt-sign-header không khớp XroadVnpt-sign-header-key');
  }
  const values = new Map<string, string>();
  for (const [name, value] of entries) {
    if (typeof value !== 'string' || header(headers, name) !== value) {
      return signOut(`${name} khác giá trị đã ký`);
    }
    values.set(name.slice('XroadVnpt-'.length).toLowerCase(), value);
  }
  const unsigned = ['sign-header-key', 'sign-header', 'hash-header', 'version'];
  for (const name of Object.keys(headers)) {
    if (!name.startsWith('xroadvnpt-')) continue;
    const logical = name.slice('xroadvnpt-'.length);
    if (!unsigned.includes(logical) && !values.has(logical)) return signOut(`${name} chưa được ký`);
  }
  return values;
}

/**
 * Checks everything that every operation shares. Throws Refusal.
 * @param secretOf the secret of a system id, undefined when it is not registered
 * @param toleranceSeconds the SDK stamps its service object once, in the zone of its machine, and keeps the stamp
 */
export function verifyRequest(
  headers: IncomingHttpHeaders,
  expectedContentType: string,
  secretOf: (systemId: string) => string | undefined,
  now: Date,
  toleranceSeconds: number,
): SignedRequest {
  const values = signedEntries(headers);
  const parameter = (name: string) => values.get(name.toLowerCase()) ?? '';
  const systemId = parameter('systemid');
  const secret = secretOf(systemId);
  if (secret === undefined) return signOut('systemid chưa đăng ký');
  const expected = createHmac('sha256', secret)
    .update(header(headers, 'XroadVnpt-sign-header'), 'latin1')
    .digest();
  const given = Buffer.from(header(headers, 'XroadVnpt-hash-header'), 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return signOut('XroadVnpt-hash-header không đúng');
  }
  const moment = readTimestamp(parameter('timestamp'));
  if (moment === undefined) return signOut('timestamp không đúng định dạng');
  if (Math.abs(moment.getTime() - now.getTime()) > toleranceSeconds * 1000) {
    return signOut('timestamp lệch quá giờ của trục');
  }
  const raw = header(headers, 'Content-Type').split(';')[0]?.trim().toLowerCase() ?? '';
  const signed = parameter('Content-Type').split(';')[0]?.trim().toLowerCase() ?? '';
  if (raw !== expectedContentType || signed !== expectedContentType) {
    throw new Refusal(errorCodes.wrongContentType, `Content-Type phải là ${expectedContentType}`);
  }
  return { systemId, parameter };
}
