// Which addresses a hub may have: https always, plain http only to hosts that policy names. It opens nothing.
import { Failure } from '../../preload/contract/failure';

/** Refuses an address that would carry documents in the clear. Throws Failure `hub-endpoint-unsafe`. */
export function requireSafeAddress(url: URL, plainHttpHosts: readonly string[]): void {
  if (url.protocol === 'https:') return;
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const allowed = url.protocol === 'http:' && plainHttpHosts.some((one) => one.toLowerCase() === host);
  if (!allowed) throw new Failure('hub-endpoint-unsafe', `${url.protocol}//${url.host}`);
}

/**
 * The address of a hub as a person writes it. Throws Failure `usage` when it is no address or carries a password, a query
 * or a fragment, and `hub-endpoint-unsafe`.
 */
export function parseEndpoint(text: string, plainHttpHosts: readonly string[]): URL {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch (error) {
    throw new Failure('usage', 'the endpoint is no URL', { cause: error });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Failure('usage', 'the endpoint may have a host and a path only');
  }
  requireSafeAddress(url, plainHttpHosts);
  return url;
}
