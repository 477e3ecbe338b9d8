// A hub over the REST operations of provincial gateways, wherever they stand (at a gateway, behind a security server). Who
// asks, and what else may go wrong on the way, comes as values. Each method is one attempt; it keeps no state.
import type {
  AgencyItem,
  CallOptions,
  Hub,
  HubAnswer,
  HubFailure,
  Listing,
  MessageKind,
  ReceivedItem,
} from '../hub';
import { type PackageInspector, refusalOfGate } from '../send-gate';
import type { AnswerHead, Transport, TransportBody, TransportLimits } from '../transport';
import { AnswerCut } from '../transport';
import { attemptCall, type Body, type Json, wholeObject } from '../vxp/attempt';
import { envelopeBytes, readAnyPackage } from '../vxp/read-package';
import type { HeaderLine } from '../vxp/sign';
import { noted, refusalOfRest, sentDocId } from './answers';
import { formBody } from './form-body';
import { agencyPage, type WaitingPage, waitingItems } from './listings';

export interface RestSettings {
  /** Address before the operation's name. */
  readonly base: URL;
  readonly transport: Transport;
  readonly inspect: PackageInspector;
  readonly now: () => Date;
  readonly limits: TransportLimits;
  readonly maxPackageBytes: number;
  readonly signedOutCodes: readonly string[];
  /** How many days back lists are asked for. */
  readonly lookbackDays: number;
  readonly firstPage: number;
  /** Header lines that say who asks, fresh for each call; a failure means that nothing was asked. */
  readonly identify: (options: CallOptions | undefined) => Promise<readonly HeaderLine[] | HubFailure>;
  /** Words of somebody between us and the gateway; null when the answer is the gateway's own. Throws AnswerCut. */
  readonly between?: (
    head: AnswerHead,
    body: Body,
    sent: readonly HeaderLine[],
  ) => Promise<HubFailure | null>;
  /** Told when the gateway did not accept who asks, or may not have: a refusal without a number does not say why. */
  readonly onSignedOut?: () => void;
}

interface RestCall<T> {
  readonly method: 'GET' | 'POST';
  readonly operation: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: TransportBody;
  readonly limits?: TransportLimits;
  readonly options: CallOptions | undefined;
  readonly read: (head: AnswerHead, body: Body) => Promise<HubAnswer<T>>;
}

const agenciesPerPage = 1000;
const mostPages = 1000;

const unsupported: HubFailure = {
  kind: 'refused',
  errorCode: '',
  errorDesc: 'Cổng kết nối này không có thao tác này.',
};

/** `yyyy/MM/dd` in Vietnam. */
function wireDay(time: number): string {
  return new Date(time + 7 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '/');
}

function mayBeSignedOut(answer: HubAnswer<unknown>): boolean {
  if (answer.kind === 'refused') return !/^\d+$/.test(answer.errorCode);
  return answer.kind === 'signed-out';
}

export function jsonBody(value: unknown): TransportBody {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  return { size: bytes.length, pieces: () => [bytes] };
}

export function createRestHub(settings: RestSettings): Hub {
  const { limits, maxPackageBytes, signedOutCodes } = settings;

  function addressOf(operation: string, query: Readonly<Record<string, string>> = {}): URL {
    const url = new URL(settings.base);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${operation}`;
    url.search = new URLSearchParams(query).toString();
    return url;
  }

  async function call<T>(order: RestCall<T>): Promise<HubAnswer<T>> {
    const identity = await settings.identify(order.options);
    if (!Array.isArray(identity)) return identity as HubFailure;
    const lines = identity as readonly HeaderLine[];
    const answer = await attemptCall<T>(settings.transport, {
      build: () => {
        const url = addressOf(order.operation, order.query);
        const length: HeaderLine[] =
          order.method === 'POST' ? [['Content-Length', String(order.body?.size ?? 0)]] : [];
        const type: HeaderLine[] =
          order.contentType === undefined ? [] : [['Content-Type', order.contentType]];
        const headers: HeaderLine[] = [
          ['Host', url.host],
          ['Accept', '*/*'],
          ['Accept-Encoding', 'gzip,deflate'],
          ['Connection', 'close'],
          ...lines,
          ...type,
          ...length,
        ];
        return { method: order.method, url, headers };
      },
      body: order.body ?? null,
      limits: order.limits ?? limits,
      options: order.options,
      read: async (head, body) =>
        (await settings.between?.(head, body, lines)) ?? (await order.read(head, body)),
    });
    if (mayBeSignedOut(answer)) settings.onSignedOut?.();
    return answer;
  }

  /** Reads a small JSON answer. */
  function json<T>(take: (answer: Json) => T) {
    return async (head: AnswerHead, body: Body): Promise<HubAnswer<T>> => {
      const answer = await wholeObject(body);
      const refusal = refusalOfRest(answer, signedOutCodes);
      if (refusal !== null) return refusal;
      if (head.status >= 400) throw new AnswerCut('garbled', `the gateway said OK with HTTP ${head.status}`);
      return { kind: 'ok', value: take(answer) };
    };
  }

  /** `turn` is the page after the first and how many entries pages have, by the names of the gateway and those of the axis. */
  function listPage(
    kind: MessageKind,
    turn: { readonly page: number; readonly size: number } | null,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<WaitingPage>> {
    const now = settings.now().getTime();
    const [page, size] = [String(turn?.page), String(turn?.size)];
    const query = {
      messageType: kind,
      fromDate: wireDay(now - settings.lookbackDays * 86_400_000),
      toDate: wireDay(now),
      ...(turn === null ? {} : { page, size, pageIndex: page, pageSize: size }),
    };
    const read = json((answer) => waitingItems(answer, kind));
    return call({ method: 'GET', operation: 'syncReceivedEdocList', query, options, read });
  }

  /**
   * Every page: what was done stays in the list of some gateways, and what waits may stand behind it. What a gateway that knows no
   * pages says there is and does not give is counted; one whose next page is empty has counted something else.
   */
  async function list(
    kind: MessageKind,
    options: CallOptions | undefined,
  ): Promise<HubAnswer<Listing<ReceivedItem>>> {
    const first = await listPage(kind, null, options);
    if (first.kind !== 'ok') return first;
    const items = [...first.value.items];
    const size = first.value.entries;
    let { unreadable, entries: seen, total, goesOn } = first.value;
    // An empty list that says it is not: the clerk hears of it, and everything else goes on.
    if (size === 0) unreadable += total;
    const { firstPage } = settings;
    for (let page = firstPage + 1; size > 0 && (seen < total || goesOn); page++) {
      const next = page < firstPage + mostPages ? await listPage(kind, { page, size }, options) : null;
      if (next !== null && next.kind !== 'ok') return next;
      // A gateway that knows no pages by these names gives the first one again.
      if (next?.value.entries === 0) break;
      if (next === null || next.value.first === first.value.first) {
        unreadable += Math.max(total - seen, 1);
        break;
      }
      items.push(...next.value.items);
      seen += next.value.entries;
      unreadable += next.value.unreadable;
      total = next.value.total;
      goesOn = next.value.goesOn;
    }
    return { kind: 'ok', value: { items, unreadable } };
  }

  async function agencies(options: CallOptions | undefined): Promise<HubAnswer<Listing<AgencyItem>>> {
    const items: AgencyItem[] = [];
    let unreadable = 0;
    let firstCode = '';
    for (let page = settings.firstPage; page < settings.firstPage + mostPages; page++) {
      const query = { page: String(page), size: String(agenciesPerPage) };
      const read = json((answer) => agencyPage(answer, page, settings.firstPage));
      const answer = await call({ method: 'GET', operation: 'getAgenciesList', query, options, read });
      if (answer.kind !== 'ok') return answer;
      const { value } = answer;
      const code = value.items[0]?.code ?? '';
      // A gateway that knows no pages gives everything again.
      if (code !== '' && code === firstCode) break;
      firstCode = firstCode || code;
      items.push(...value.items);
      unreadable += value.unreadable;
      if (value.isLast ?? value.entries < agenciesPerPage) break;
      if (value.entries === 0) break;
    }
    return { kind: 'ok', value: { items, unreadable } };
  }

  return {
    list,
    async count(kind, options) {
      const answer = await list(kind, options);
      return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.items.length } : answer;
    },
    fetch: (docId, sink, options) =>
      call({
        method: 'GET',
        operation: 'getEdoc',
        query: { docId },
        limits: { ...limits, answerBytes: Math.ceil(maxPackageBytes * 1.5) + envelopeBytes },
        options,
        read: (head, body) =>
          readAnyPackage(head, body, {
            sink,
            maxPackageBytes,
            refusalIn: (answer) => refusalOfRest(answer, signedOutCodes),
          }),
      }),
    async send(request, options) {
      const refusal = await refusalOfGate(request, settings.inspect, maxPackageBytes, {
        receiversOfPackage: true,
      });
      if (refusal !== null) return refusal;
      const { source, sha256, kind } = request;
      const form = formBody(
        { messageType: kind },
        { field: 'edocFile', fileName: `${sha256}.edxml`, contentType: 'application/xml', source, sha256 },
      );
      return call({
        method: 'POST',
        operation: 'sendEdoc',
        contentType: form.contentType,
        body: form.body,
        options,
        read: json((answer) => ({ docId: sentDocId(answer) })),
      });
    },
    acknowledge: (docId, status, options) =>
      call({
        method: 'POST',
        operation: 'updateStatus',
        contentType: 'application/json',
        body: jsonBody({ docId, status }),
        options,
        read: json((answer) => noted(answer, status)),
      }),
    agencies,
    sent: async () => unsupported,
    units: async () => unsupported,
    registerAgency: async () => unsupported,
    removeAgency: async () => unsupported,
  };
}
