// The road to authorities (OCSP, lists, issuer certificates, time stamps), by policy: whether it may be taken at all, through
// which proxy, with which roots for TLS. One attempt a call; it believes nothing that it fetches.
import { readFileSync } from 'node:fs';
import { Failure } from '../../../preload/contract/failure';
import type { ProxyFinder } from '../../exchange';
import { openConnection } from '../../exchange/connect';
import { type HttpRoute, httpFetchBy } from '../../runtime/http-fetcher';
import type { Settings } from '../../settings/settings';
import type { Fetcher } from '../../verifying';

const connectMs = 15_000;

/** How the way to an address is found: by the system, never, or one proxy for all. */
function proxyOf(
  setting: Settings['validation']['proxy'],
  systemProxy: ProxyFinder | undefined,
): ProxyFinder | undefined {
  if (setting === 'none') return undefined;
  if (setting === 'system') return systemProxy;
  const url = new URL(setting);
  return async () => ({ url });
}

/**
 * The fetcher of these settings. `systemProxy` tells the system's proxy for an address; undefined where there is no system to
 * ask. Throws Failure `file-unreadable` for a named root that is not there.
 */
export function validationFetcher(settings: Settings['validation'], systemProxy?: ProxyFinder): Fetcher {
  if (!settings.network) return () => Promise.reject(new Failure('network-by-policy'));
  const proxyFor = proxyOf(settings.proxy, systemProxy);
  if (proxyFor === undefined && settings.authorities.length === 0) return httpFetchBy({});
  const ca = settings.authorities.map((path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new Failure('file-unreadable', path, { cause: error });
    }
  });
  const route: HttpRoute = {
    ...(proxyFor === undefined ? {} : { proxyFor }),
    openSecure: async (url, signal) => {
      const proxy = (await proxyFor?.(url)) ?? null;
      const connection = { ...(ca.length === 0 ? {} : { ca }), ...(proxy === null ? {} : { proxy }) };
      return openConnection(url, connection, connectMs, signal);
    },
  };
  return httpFetchBy(route);
}
