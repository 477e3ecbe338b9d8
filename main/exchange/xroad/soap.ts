// The axis' operations as SOAP services behind X-Road (PR-MESS 4.0.25): the operation's name is the service code, parameters
// are elements, packages are attachments. Each method is one attempt; it keeps no state.
import { Base64Decoder } from '../base64-decoder';
import type { CallOptions, Hub, HubAnswer, HubFailure } from '../hub';
import { type PackageInspector, refusalOfGate } from '../send-gate';
import { AnswerCut, type Transport, type TransportLimits } from '../transport';
import {
  agencyItems,
  countOf,
  documentIdOf,
  receivedItems,
  refusalOf,
  sentItems,
  unitItems,
} from '../vxp/answers';
import { attemptCall, type Json } from '../vxp/attempt';
import { CountingSink, envelopeBytes } from '../vxp/read-package';
import type { HeaderLine } from '../vxp/sign';
import type { ClientId, ServiceId } from './identifiers';
import { contentIdOf, readSoapAnswer } from './soap-answer';
import { childOf, type XmlNode } from './soap-read';
import { plainSoap, type SoapBody, type SoapRequest, soapWithPackage } from './soap-write';

export interface XroadSoapSettings {
  /** Address of the agency's own security server. */
  readonly endpoint: URL;
  readonly client: ClientId;
  /** The provider; its service code is the operation's name. */
  readonly provider: Omit<ServiceId, 'serviceCode'>;
  readonly namespace: string;
  readonly userId?: string | undefined;
  readonly newId: () => string;
  readonly transport: Transport;
  readonly inspect: PackageInspector;
  readonly limits: TransportLimits;
  readonly maxPackageBytes: number;
  readonly signedOutCodes: readonly string[];
}

type Parameters = SoapRequest['parameters'];

/** Text of a leaf, else an object by the names of its elements. */
function plainValue(node: XmlNode): unknown {
  if (node.children.length === 0) return node.text;
  return Object.fromEntries(node.children.map((child) => [child.local, plainValue(child)]));
}

/** The elements of a list: each is made of elements, or empty, which says that there is nothing in its place. */
function isListOf(nodes: readonly XmlNode[]): boolean {
  const isEntry = ({ children, text }: XmlNode) => children.length > 0 || text === '';
  return nodes.every(isEntry) && nodes.some((node) => node.children.length > 0);
}

/** The entries below the only `data`, in as many wrappings as there are; null where it is an entry itself. */
function entriesInside(data: XmlNode): readonly XmlNode[] | null {
  let inner = data.children;
  if (!isListOf(inner)) return null;
  for (
    let only = inner[0];
    inner.length === 1 && only !== undefined && isListOf(only.children);
    only = inner[0]
  )
    inner = only.children;
  return inner;
}

/** The wrapper as the axis' JSON: `data` is every element of that name, what is inside the only one, or the words in it. */
function jsonOf(wrapper: XmlNode): Json {
  const rest = wrapper.children.filter((child) => child.local !== 'data');
  const data = wrapper.children.filter((child) => child.local === 'data');
  const only = data.length === 1 ? data[0] : undefined;
  const beside = Object.fromEntries(rest.map((child) => [child.local, plainValue(child)]));
  // Some services wrap the JSON of the axis instead of writing elements.
  if (only !== undefined && only.children.length === 0 && only.text !== '')
    return { ...beside, data: only.text };
  const entries = (only === undefined ? null : entriesInside(only)) ?? data;
  const found = entries.filter((child) => child.children.length > 0).map(plainValue);
  return found.length === 0 ? beside : { ...beside, data: found };
}

const nothing = async (): Promise<void> => undefined;

export function createXroadSoapHub(settings: XroadSoapSettings): Hub {
  const { limits, maxPackageBytes, signedOutCodes } = settings;

  function requestOf(operation: string, parameters: Parameters): SoapRequest {
    const { client, provider, namespace, userId, newId } = settings;
    const service = { ...provider, serviceCode: operation };
    return { client, service, namespace, id: newId(), userId, parameters };
  }

  function linesOf(message: SoapBody): HeaderLine[] {
    return [
      ['Host', settings.endpoint.host],
      ['Accept', 'text/xml, multipart/related'],
      ['Connection', 'close'],
      ['SOAPAction', '""'],
      ['MIME-Version', '1.0'],
      ['Content-Type', message.contentType],
      ['Content-Length', String(message.body.size)],
    ];
  }

  interface SoapCall<T> {
    readonly request: SoapRequest;
    readonly message: SoapBody;
    readonly limits?: TransportLimits;
    readonly options: CallOptions | undefined;
    readonly want?: (wrapper: XmlNode) => string | null;
    readonly sink?: (bytes: Uint8Array) => Promise<void>;
    readonly take: (wrapper: XmlNode) => Promise<T> | T;
  }

  function call<T>(order: SoapCall<T>): Promise<HubAnswer<T>> {
    const { request, message } = order;
    return attemptCall<T>(settings.transport, {
      build: () => ({ method: 'POST', url: settings.endpoint, headers: linesOf(message) }),
      body: message.body,
      limits: order.limits ?? limits,
      options: order.options,
      read: async (head, body) => {
        const expected = { id: request.id, serviceCode: request.service.serviceCode };
        const verdict = await readSoapAnswer(
          head,
          body,
          expected,
          (wrapper) => (refused(wrapper) === null ? (order.want?.(wrapper) ?? null) : null),
          order.sink ?? nothing,
        );
        if ('kind' in verdict) return verdict;
        return refused(verdict) ?? { kind: 'ok', value: await order.take(verdict) };
      },
    });
  }

  function refused(wrapper: XmlNode): HubFailure | null {
    return refusalOf(jsonOf(wrapper), signedOutCodes);
  }

  function ask<T>(
    operation: string,
    parameters: Parameters,
    take: (answer: Json) => T,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<T>> {
    const request = requestOf(operation, parameters);
    return call({ request, message: plainSoap(request), options, take: (wrapper) => take(jsonOf(wrapper)) });
  }

  const kindOf = (kind: string): Parameters => [
    ['servicetype', 'eDoc'],
    ['messagetype', kind],
  ];

  return {
    list: (kind, options) => ask('getReceivedEdocList', kindOf(kind), receivedItems, options),
    sent: (kind, options) => ask('getSentEdocList', kindOf(kind), sentItems, options),
    agencies: (options) => ask('getAgenciesList', [], agencyItems, options),
    units: (options) => ask('getSynchronizeUnit', [], unitItems, options),
    count: (kind, options) =>
      ask(kind === 'edoc' ? 'countReceiveEdoc' : 'countReceiveStatus', kindOf(kind), countOf, options),
    acknowledge: (docId, status, options) =>
      ask(
        'updateStatus',
        [
          ['docId', docId],
          ['status', status],
        ],
        () => null,
        options,
      ),
    registerAgency: (entry, options) =>
      ask('registerAgency', Object.entries(entry) as [string, string][], () => null, options),
    removeAgency: (code, options) => ask('deleteAgency', [['agencycode', code]], () => null, options),
    fetch(docId, sink, options) {
      const store = new CountingSink(sink, maxPackageBytes);
      const request = requestOf('getEdoc', [['docId', docId]]);
      return call({
        request,
        message: plainSoap(request),
        limits: { ...limits, answerBytes: Math.ceil(maxPackageBytes * 1.5) + envelopeBytes },
        options,
        want: (wrapper) => {
          const data = childOf(wrapper, 'data');
          if (data === undefined) throw new AnswerCut('garbled', 'the answer has no data');
          return contentIdOf(data);
        },
        sink: (bytes) => store.write(bytes),
        take: async (wrapper) => {
          const data = childOf(wrapper, 'data');
          if (data !== undefined && contentIdOf(data) === null) {
            const decoder = new Base64Decoder();
            await store.write(decoder.push(data.text));
            await store.write(decoder.end());
          }
          return store.finish();
        },
      });
    },
    async send(request, options) {
      const refusal = await refusalOfGate(request, settings.inspect, maxPackageBytes);
      if (refusal !== null) return refusal;
      const { kind, from, to, source, sha256 } = request;
      const receivers = to.map((code) => ['to', code] as const);
      const soap = requestOf('sendEdoc', [...kindOf(kind), ['from', from], ...receivers]);
      return call({
        request: soap,
        message: soapWithPackage(soap, 'file', { source, sha256 }),
        options,
        take: (wrapper) => ({ docId: documentIdOf(jsonOf(wrapper)) }),
      });
    },
  };
}
