// The road to authorities (OCSP, lists, issuer certificates, time stamps), by policy: whether it may be taken at all, through
// which proxy, with which roots for TLS. One attempt a call; it believes nothing that it fetches.
import { readFileSync } from 'node:fs';
import { Failure } from '../../../preload/contract/failure';
import { openConnection } from '../../exchange/connect';
import { type HttpRoute, httpFetchBy } from '../../runtime/http-fetcher';
import type { Settings } from '../../settings/settings';
import type { Fetcher } from '../../verifying';

const connectMs = 15_000;

/** The fetcher of these settings. Throws Failure `file-unreadable` for a named root that is not there. */
export function validationFetcher(settings: Settings['validation']): Fetcher {
  if (!settings.network) return () => Promise.reject(new Failure('network-by-policy'));
  if (settings.proxy === undefined && settings.authorities.length === 0) return httpFetchBy({});
  const ca = settings.authorities.map((path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new Failure('file-unreadable', path, { cause: error });
    }
  });
  const proxy = settings.proxy === undefined ? undefined : new URL(settings.proxy);
  const connection = {
    ...(ca.length === 0 ? {} : { ca }),
    ...(proxy === undefined ? {} : { proxy: { url: proxy } }),
  };
  const route: HttpRoute = {
    ...(proxy === undefined ? {} : { proxy }),
    openSecure: (url, signal) => openConnection(url, connection, connectMs, signal),
  };
  return httpFetchBy(route);
}
