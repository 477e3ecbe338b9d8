// Identifiers of X-Road: who asks and which service is asked, as a path, a header and XML (PR-REST 4.1, PR-MESS 2.1). Pure.
import { escapeXml } from './xml-write';

export interface ClientId {
  readonly instance: string;
  readonly memberClass: string;
  readonly memberCode: string;
  readonly subsystemCode?: string | undefined;
}

export interface ServiceId extends ClientId {
  readonly serviceCode: string;
  readonly serviceVersion?: string | undefined;
}

/** What X-Road forbids in a part: separators, percent, controls and letters without width, and ways up a path. */
export function isIdentifierPart(text: string): boolean {
  const forbidden = /[:;/\\%\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/;
  return text !== '' && text !== '.' && text !== '..' && !forbidden.test(text);
}

/** UTF-8, percent-encoded; every part by itself, so that the separators stay. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(
    /[!*~_]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function partsOf(id: ClientId): string[] {
  const subsystem = id.subsystemCode === undefined ? [] : [id.subsystemCode];
  return [id.instance, id.memberClass, id.memberCode, ...subsystem];
}

/** `instance/class/member[/subsystem]`, the value of X-Road-Client. */
export function clientHeader(client: ClientId): string {
  return partsOf(client).map(encoded).join('/');
}

/** `/r1/instance/class/member[/subsystem]/service`, as it stands in an address. */
export function restPath(service: ServiceId): string {
  return `/r1/${[...partsOf(service), service.serviceCode].map(encoded).join('/')}`;
}

const elementNames = ['xRoadInstance', 'memberClass', 'memberCode', 'subsystemCode'] as const;

function element(name: string, text: string): string {
  return `<id:${name}>${escapeXml(text)}</id:${name}>`;
}

function memberElements(id: ClientId): string {
  return partsOf(id)
    .map((part, index) => element(elementNames[index] ?? '', part))
    .join('');
}

export function clientXml(client: ClientId): string {
  const type = client.subsystemCode === undefined ? 'MEMBER' : 'SUBSYSTEM';
  return `<xrd:client id:objectType="${type}">${memberElements(client)}</xrd:client>`;
}

export function serviceXml(service: ServiceId): string {
  const version =
    service.serviceVersion === undefined ? '' : element('serviceVersion', service.serviceVersion);
  const own = element('serviceCode', service.serviceCode) + version;
  return `<xrd:service id:objectType="SERVICE">${memberElements(service)}${own}</xrd:service>`;
}
