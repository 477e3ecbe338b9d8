// What a package must say before it may be written: the fields of cardinality 1 and the values of closed fields of
// QCVN 102. It looks at fields alone; whether the content is right is the desk's business.
import type {
  DocumentHeader,
  EdxmlPackage,
  StatusHeader,
  TraceHeaderList,
} from '../../preload/contract/edxml';

type Need = readonly [path: string, value: string | undefined];

function documentNeeds(header: DocumentHeader): Need[] {
  return [
    ['From/OrganId', header.From?.OrganId],
    ['From/OrganName', header.From?.OrganName],
    ['To', header.To.length === 0 ? undefined : 'present'],
    ...header.To.flatMap((to, index): Need[] => [
      [`To[${index + 1}]/OrganId`, to.OrganId],
      [`To[${index + 1}]/OrganName`, to.OrganName],
    ]),
    ['Code/CodeNumber', header.Code?.CodeNumber],
    ['Code/CodeNotation', header.Code?.CodeNotation],
    ['PromulgationInfo/Place', header.PromulgationInfo?.Place],
    ['PromulgationInfo/PromulgationDate', header.PromulgationInfo?.PromulgationDate],
    ['DocumentType/Type', header.DocumentType?.Type ?? header.DocumentType?.TypeName],
    ['Subject', header.Subject],
    ['SignerInfo/FullName', header.SignerInfo?.FullName],
    ['DocumentId', header.DocumentId],
  ];
}

function traceNeeds(trace: TraceHeaderList | null): Need[] {
  const first = trace?.TraceHeader[0];
  return [
    ['TraceHeaderList/TraceHeader/OrganId', first?.OrganId],
    ['TraceHeaderList/TraceHeader/Timestamp', first?.Timestamp],
    ...(trace?.Bussiness === undefined
      ? []
      : [['TraceHeaderList/Bussiness/BussinessDocType', trace.Bussiness.BussinessDocType] as const]),
    // The document that is recalled or updated (§2.2.4).
    ...(['1', '2'].includes(trace?.Bussiness?.BussinessDocType ?? '')
      ? [['TraceHeaderList/Bussiness/DocumentId', trace?.Bussiness?.DocumentId] as const]
      : []),
  ];
}

function statusNeeds(header: StatusHeader): Need[] {
  return [
    ['ResponseFor/OrganId', header.ResponseFor?.OrganId],
    ['ResponseFor/DocumentId', header.ResponseFor?.DocumentId ?? header.ResponseFor?.Code],
    ['From/OrganId', header.From?.OrganId],
    ['StatusCode', header.StatusCode],
    ['Timestamp', header.Timestamp],
  ];
}

/** Paths below MessageHeader (or TraceHeaderList) of the fields that QCVN 102 demands and the package lacks. */
export function missingFields(one: EdxmlPackage<unknown>): string[] {
  const needs =
    one.kind === 'edoc' ? [...documentNeeds(one.header), ...traceNeeds(one.trace)] : statusNeeds(one.header);
  return needs.filter(([, value]) => (value?.trim() ?? '') === '').map(([path]) => path);
}

const closed: readonly (readonly [path: string, form: RegExp])[] = [
  ['BussinessDocType', /^[0-3]$/],
  ['Paper', /^[01]$/],
];

/** Paths of fields whose value is outside its closed list. */
export function wrongFields(one: EdxmlPackage<unknown>): string[] {
  if (one.kind === 'status') return [];
  const values = {
    BussinessDocType: one.trace?.Bussiness?.BussinessDocType,
    Paper: one.trace?.Bussiness?.Paper,
  };
  return closed
    .filter(([path, form]) => {
      const value = values[path as keyof typeof values];
      return value !== undefined && !form.test(value);
    })
    .map(([path]) => `TraceHeaderList/Bussiness/${path}`);
}
