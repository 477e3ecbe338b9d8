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
