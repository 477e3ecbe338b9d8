// The namespace of QCVN 102 and those of formats that look like it. It names strangers; it reads none of them.
import type { Code } from '../../preload/contract/codes';

export const qcvnNamespace = 'http://www.mic.gov.vn/TBT/QCVN_102_2016';
export const xlinkNamespace = 'http://www.w3.org/1999/xlink';

const malwareReport = 'http://edxml.gov.vn/schema';
const soapEra = ['http://www.e-doc.vn/Schema/', 'http://www.e-doc.vn/Schema', 'http://e-doc.vn/xsd'];
const trialFormat = 'http://www.go.vn/eDoc';
const soapEnvelopes = [
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2003/05/soap-envelope',
];

/**
 * The code that names a known foreign format by the namespaces in scope on one of its outer elements, undefined when it
 * is none of them. The malware report and the SOAP era share an envelope, so the inner namespace decides.
 */
export function foreignFormat(namespaces: readonly string[]): Code | undefined {
  if (namespaces.includes(malwareReport)) return 'edxml-not-document';
  if (namespaces.some((one) => soapEra.includes(one))) return 'edxml-legacy-soap';
  if (namespaces.includes(trialFormat)) return 'edxml-legacy-flat';
  return undefined;
}

/** True for the namespace of a SOAP envelope: what is inside it says which format it is. */
export function isSoapEnvelope(namespace: string): boolean {
  return soapEnvelopes.includes(namespace);
}
