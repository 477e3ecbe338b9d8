// Writes a SOAP request of X-Road (PR-MESS 4.0): the header, a wrapper named by the service, parameters as elements, and a
// package as an attachment (SOAP with Attachments) whose end is held back until its hash is the promised one. Pure.
import { randomBytes } from 'node:crypto';
import type { ByteSource } from '../../../preload/contract/byte-source';
import { checkedPieces } from '../package-body';
import type { TransportBody } from '../transport';
import { type ClientId, clientXml, type ServiceId, serviceXml } from './identifiers';
import { escapeXml } from './xml-write';

export interface SoapRequest {
  readonly client: ClientId;
  readonly service: ServiceId;
  /** Namespace of the provider's wrapper elements. */
  readonly namespace: string;
  readonly id: string;
  readonly userId?: string | undefined;
  /** In this order; a name may come again. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

export interface SoapBody {
  readonly contentType: string;
  readonly body: TransportBody;
}

/** The envelope as text. Names of services and parameters are words of this program and its settings. */
export function soapEnvelope(request: SoapRequest): string {
  const { client, service, namespace, id, userId, parameters } = request;
  const user = userId === undefined ? '' : `<xrd:userId>${escapeXml(userId)}</xrd:userId>`;
  const inside = parameters.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns:xrd="http://x-road.eu/xsd/xroad.xsd" xmlns:id="http://x-road.eu/xsd/identifiers" ' +
    `xmlns:ns1="${escapeXml(namespace)}"><SOAP-ENV:Header>${clientXml(client)}${serviceXml(service)}` +
    `<xrd:id>${escapeXml(id)}</xrd:id>${user}<xrd:protocolVersion>4.0</xrd:protocolVersion></SOAP-ENV:Header>` +
    `<SOAP-ENV:Body><ns1:${service.serviceCode}>${inside}</ns1:${service.serviceCode}></SOAP-ENV:Body>` +
    '</SOAP-ENV:Envelope>'
  );
}

export function plainSoap(request: SoapRequest): SoapBody {
  const bytes = Buffer.from(soapEnvelope(request), 'utf8');
  return {
    contentType: 'text/xml; charset=UTF-8',
    body: { size: bytes.length, pieces: () => [bytes] },
  };
}

/** The SOAP part first, then the package; the parameter `parameter` names it by its Content-ID. */
export function soapWithPackage(
  request: SoapRequest,
  parameter: string,
  file: { readonly source: ByteSource; readonly sha256: string },
): SoapBody {
  const boundary = `van-thu-${randomBytes(18).toString('hex')}`;
  const name = 'package.edxml';
  const envelope = soapEnvelope({
    ...request,
    parameters: [...request.parameters, [parameter, `cid:${name}`]],
  });
  const head = Buffer.from(
    `--${boundary}\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n` +
      `Content-ID: <rootpart>\r\n\r\n${envelope}\r\n--${boundary}\r\nContent-Type: application/octet-stream; name=${name}\r\n` +
      `Content-Transfer-Encoding: binary\r\nContent-ID: <${name}>\r\n` +
      `Content-Disposition: attachment; name="${name}"; filename="${name}"\r\n\r\n`,
    'utf8',
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/related; type="text/xml"; start="<rootpart>"; boundary="${boundary}"`,
    body: {
      size: head.length + file.source.size + tail.length,
      *pieces() {
        yield head;
        yield* checkedPieces(file.source, file.sha256);
        yield tail;
      },
    },
  };
}
