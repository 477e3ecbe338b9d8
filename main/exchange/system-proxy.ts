// Reads what the system answers when it is asked for the proxy of an address ("PROXY host:port; DIRECT"). It asks nobody.
import type { ConnectionSettings } from './connect';

export type Proxy = NonNullable<ConnectionSettings['proxy']>;

/** The proxy for an address, or null for none. */
export type ProxyFinder = (url: URL) => Promise<Proxy | null>;

/**
 * The first proxy of the list that a tunnel can be asked of; null where the system says DIRECT first, or names only kinds
 * that this program does not speak (SOCKS, a proxy behind TLS).
 */
export function proxyOfList(list: string): Proxy | null {
  for (const entry of list.split(';')) {
    const [kind = '', place = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (kind.toUpperCase() !== 'PROXY' || place === '') continue;
    try {
      return { url: new URL(`http://${place}`) };
    } catch {
      // No address: the next entry may be one.
    }
  }
  return null;
}

/** A hub has a dozen operations. */
const mostPlaces = 32;

/**
 * The same finder, with what it found kept for a moment: hundreds of requests of one round ask the system once, and who changes
 * the system's proxy has it used within seconds. A failure is not kept.
 * @param clock milliseconds that never go back
 */
export function keepFound(find: ProxyFinder, clock: () => number, milliseconds = 3000): ProxyFinder {
  const found = new Map<string, { readonly at: number; readonly proxy: Promise<Proxy | null> }>();
  return (url) => {
    // A script of the system may look at the path, never at what is asked for.
    const place = `${url.origin}${url.pathname}`;
    const known = found.get(place);
    if (known !== undefined && clock() - known.at < milliseconds) return known.proxy;
    const proxy = find(url);
    if (found.size >= mostPlaces) found.clear();
    found.set(place, { at: clock(), proxy });
    proxy.catch(() => found.delete(place));
    return proxy;
  };
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1']);

function isExcepted(host: string, exceptions: string): boolean {
  return exceptions
    .split(/[\s,]+/)
    .map((one) => one.toLowerCase().replace(/^\*?\./, ''))
    .some((one) => one !== '' && (one === '*' || host === one || host.endsWith(`.${one}`)));
}

/** The proxy as a shell names it: `https_proxy`, `http_proxy`, `no_proxy`, in either case. This machine is spoken to directly. */
export function proxyOfEnvironment(env: Readonly<Record<string, string | undefined>>): ProxyFinder {
  const read = (name: string) => env[name] ?? env[name.toUpperCase()] ?? '';
  return async (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
    const address = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
    if (address === '' || loopbackHosts.has(host) || isExcepted(host, read('no_proxy'))) return null;
    const proxy = new URL(address.includes('://') ? address : `http://${address}`);
    const { username, password } = proxy;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    return {
      url: new URL(`http://${proxy.host}`),
      ...(username === '' ? {} : { authorization: `Basic ${credentials.toString('base64')}` }),
    };
  };
}
