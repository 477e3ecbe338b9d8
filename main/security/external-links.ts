// Which addresses may be opened outside the app, and which may be asked about. Pure; it opens nothing.

/** Hosts of the state that the app's own texts link to. */
const hosts: ReadonlySet<string> = new Set([
  'ca.gov.vn',
  'rootca.gov.vn',
  'neac.gov.vn',
  'chinhphu.vn',
  'vanban.chinhphu.vn',
]);

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    // A foreign file may write anything.
    return null;
  }
}

/** A listed host (or its www.), whatever the scheme, without port or credentials. */
function isListed(url: URL): boolean {
  return (
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    hosts.has(url.hostname.replace(/^www\./, ''))
  );
}

/** True for https to a listed host (or its www.), without port or credentials; mailto only by policy. */
export function mayOpenOutside(address: string, policy: { readonly mailto: boolean }): boolean {
  const url = parsed(address);
  if (url === null) return false;
  if (url.protocol === 'mailto:') return policy.mailto;
  return url.protocol === 'https:' && isListed(url);
}

export interface AskedAddress {
  /** The host, or the receiver of a letter: what the person is asked about. In ASCII, so that no letter looks like another. */
  readonly where: string;
  readonly address: string;
  /** `listed` may be opened; of the others this is why not: plain http to a listed host, a letter, a host of no list. */
  readonly kind: 'listed' | 'insecure' | 'mail' | 'unlisted';
}

/** A link of a foreign file as it may be asked about; null for what is never opened: files, programs, hidden names. */
export function askedAddress(address: string): AskedAddress | null {
  const url = parsed(address);
  if (url === null) return null;
  if (url.protocol === 'mailto:') return { where: url.pathname, address: url.href, kind: 'mail' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // A name before the host is there to look like another host.
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  const kind = !isListed(url) ? 'unlisted' : url.protocol === 'https:' ? 'listed' : 'insecure';
  return { where: url.host, address: url.href, kind };
}
