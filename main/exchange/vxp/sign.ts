// The headers of a request to the national axis: what is signed, in which order, and how. Pure; it sends nothing.
// Source: the SDK's wire format as captured in tests/fixtures/vxp (SDKVXP 2.0.0, `com.vpcp.services`).
import { createHmac } from 'node:crypto';
import { Failure } from '../../../preload/contract/failure';

export const userAgent = 'JAVASDKAgent/1.0.0 XRoad/VPCP';
export const protocolVersion = '3.0.201608';

/** Who asks: the code registered at the axis and the secret shared with it. */
export interface VxpIdentity {
  readonly systemId: string;
  readonly secret: string;
}

export type HeaderLine = readonly [name: string, value: string];

/** One logical header: what the SDK's map holds before the prefix is added. */
export type LogicalHeader = readonly [name: string, value: string];

/**
 * `ddMMyyyy'T'HHmmss+SSSS` in UTC+7, where SSSS is milliseconds padded to four digits and not a zone.
 */
export function vxpTimestamp(now: Date): string {
  const local = new Date(now.getTime() + 7 * 3_600_000);
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  const day = `${pad(local.getUTCDate(), 2)}${pad(local.getUTCMonth() + 1, 2)}${pad(local.getUTCFullYear(), 4)}`;
  const time = `${pad(local.getUTCHours(), 2)}${pad(local.getUTCMinutes(), 2)}${pad(local.getUTCSeconds(), 2)}`;
  return `${day}T${time}+${pad(local.getUTCMilliseconds(), 4)}`;
}

/**
 * The axis writes a SHA-256 without padding each byte to two digits (`0a` becomes `a`), so its length varies.
 * Takes the usual 64 hex digits.
 */
export function hashFile(sha256: string): string {
  const bytes = sha256.match(/../g) ?? [];
  return bytes.map((pair) => (pair.startsWith('0') ? pair.slice(1) : pair)).join('');
}

/** Lower-case hex HMAC-SHA256 of the sign-header text. */
export function hashHeader(secret: string, signHeader: string): string {
  return createHmac('sha256', Buffer.from(secret, 'utf8')).update(signHeader, 'utf8').digest('hex');
}

/** HTTP libraries re-encode anything else, and then the signature no longer covers what arrives. */
export function requireAscii(name: string, value: string): string {
  if (!/^[\x20-\x7e]*$/.test(value)) throw new Failure('header-not-ascii', name);
  return value;
}

/**
 * The signed block of a request in wire order. `logical` is in the order the SDK's map yields. `Content-Type` goes out
 * twice, raw and prefixed: the SDK's HTTP client sends the raw one in its place, its upload client sends it first.
 */
export function signedHeaders(
  identity: VxpIdentity,
  logical: readonly LogicalHeader[],
  rawContentType: 'in-place' | 'first',
): HeaderLine[] {
  const signed: Record<string, string> = {};
  const lines: HeaderLine[] = [];
  for (const [name, value] of logical) {
    requireAscii(name, value);
    signed[`XroadVnpt-${name}`] = value;
    if (name === 'Content-Type' && rawContentType === 'in-place') lines.push([name, value]);
    if (name === 'Content-Type' && rawContentType === 'first') lines.unshift([name, value]);
    lines.push([`XroadVnpt-${name}`, value]);
  }
  const text = JSON.stringify(signed);
  lines.push(
    ['XroadVnpt-sign-header-key', logical.map(([name]) => name).join(';')],
    ['XroadVnpt-sign-header', text],
    ['XroadVnpt-hash-header', hashHeader(identity.secret, text)],
    ['User-Agent', userAgent],
    ['XroadVnpt-version', protocolVersion],
  );
  return lines;
}
