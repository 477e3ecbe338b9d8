// Turns what drivers answered into the cards of a window and into the text for technical support. Pure; every number that
// may be a person's is masked here, and no path leaves in a card.
import { createHash } from 'node:crypto';
import { basename, win32 } from 'node:path';
import type { DeviceToken, DriverCard } from '../../preload/contract/devices';
import { Failure } from '../../preload/contract/failure';
import { asInstant } from '../../preload/contract/ids';
import type { ModuleReport } from '../token/client';
import type { Driver } from '../token/drivers';
import type { Diagnosis, TokenCard } from '../token/protocol';

/** Six digits in a row may be of an identity card, a tax code or a telephone. */
export function masked(text: string): string {
  return text.replace(/\d{6,}/g, '***');
}

/** Stands for a driver's path in a window. */
export function driverId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

/** The file's own name, of a path of either kind. */
export function fileName(path: string): string {
  return win32.basename(basename(path));
}

function tokenOf(token: TokenCard): DeviceToken {
  return {
    label: masked(token.label),
    maker: token.manufacturer,
    model: token.model,
    pinState: token.pin,
    pinPad: token.pinPad,
    code: token.code,
    // An authority's certificate that a vendor keeps on the token is nobody's to sign with.
    certificates: token.certificates
      .filter((one) => !one.authority)
      .map((one) => ({
        holder: masked(one.subject),
        issuer: one.issuer,
        validTo: asInstant(new Date(one.notAfter)),
        keyType: one.keyType,
        reason: one.reason ?? (token.pin === 'locked' ? 'token-pin-locked' : null),
      })),
  };
}

/** The card of a driver that was asked. */
export function driverCardOf(driver: Driver, report: ModuleReport, chosen: boolean): DriverCard {
  const shown = { id: driverId(driver.path), file: fileName(driver.path), brand: driver.brand, chosen };
  if (!report.ok) return { ...shown, description: '', version: '', code: report.code, tokens: [] };
  const { description, version, tokens } = report.module;
  return { ...shown, description, version, code: null, tokens: tokens.map(tokenOf) };
}

const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const hex = (numbers: readonly number[]): string => numbers.map((one) => `0x${one.toString(16)}`).join(' ');

function tokenLines(token: TokenCard): string[] {
  const about = [token.label, token.manufacturer, token.model].map(masked).filter((one) => one !== '');
  const state = token.code === null ? '' : `  [${token.code}]`;
  return [
    `  thiết bị: ${about.join(' · ')}; số máy …${token.serial.slice(-4)}${state}`,
    `    PIN: ${token.pin}, ${token.minPin}-${token.maxPin} ký tự${token.pinPad ? ', nhập trên đầu đọc' : ''}`,
    `    cơ chế: ${token.mechanisms.length === 0 ? 'không cho biết' : hex(token.mechanisms)}`,
    ...token.certificates.map((one) => {
      const verdict = one.reason === null ? 'dùng được' : one.reason;
      const who = masked(one.subject === '' ? one.label : one.subject);
      return `    chứng thư số: ${who} (${one.issuer}), ${one.keyType}, ${day(one.notBefore)} đến ${day(one.notAfter)}: ${verdict}`;
    }),
  ];
}

function driverLines(driver: Driver, found: Diagnosis | Failure): string[] {
  const head = `${driver.path} (${driver.brand === '' ? 'tự chọn' : driver.brand}, ${driver.origin})`;
  if (found instanceof Failure) {
    return [head, `  đã nạp: không, ${found.code}${found.detail === '' ? '' : `: ${found.detail}`}`];
  }
  const { module, slots, cryptokiVersion } = found;
  return [
    head,
    `  đã nạp: có; C_GetInfo: ${module.description}, ${module.manufacturer}, ${module.version}, Cryptoki ${cryptokiVersion}`,
    ...slots.map((slot, index) => {
      const state = slot.problem === '' ? (slot.present ? 'có thiết bị' : 'trống') : slot.problem;
      return `  khe ${index + 1}: ${slot.description === '' ? '?' : slot.description}: ${state}`;
    }),
    ...module.tokens.flatMap(tokenLines),
  ];
}

export interface MachineFacts {
  readonly version: string;
  readonly runtime: string;
  readonly platform: string;
  readonly arch: string;
  readonly at: Date;
}

/** The text for technical support, a fact a line. */
export function diagnosticsText(
  machine: MachineFacts,
  found: readonly { readonly driver: Driver; readonly diagnosis: Diagnosis | Failure }[],
): string {
  const drivers =
    found.length === 0
      ? ['không thấy trình điều khiển nào']
      : found.flatMap(({ driver, diagnosis }) => driverLines(driver, diagnosis));
  return [
    `Văn Thư ${machine.version}, ${machine.runtime}, ${machine.platform} ${machine.arch}, ${machine.at.toISOString()}`,
    ...drivers,
    '',
  ].join('\n');
}
