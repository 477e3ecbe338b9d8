// Which addresses may be opened outside the app, and which may be asked about. Pure; it opens nothing.

/** Hosts of the state that the app's own texts link to. */
const hosts: ReadonlySet<string> = new Set([
  'ca.gov.vn',
  'rootca.gov.vn',
  'neac.gov.vn',
  'chinhphu.vn',
  'vanban.chinhphu.vn',
]);

/** True for https to a listed host (or its www.), without port or credentials; mailto only by policy. */
export function mayOpenOutside(address: string, policy: { readonly mailto: boolean }): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  if (url.protocol === 'mailto:') return policy.mailto;
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    return false;
  return hosts.has(url.hostname.replace(/^www\./, ''));
}

export interface AskedAddress {
  /** The host, or the receiver of a letter: what the person is asked about. In ASCII, so that no letter looks like another. */
  readonly where: string;
  readonly address: string;
}

/** A link of a foreign file as it may be asked about; null for what is never opened: files, programs, hidden names. */
export function askedAddress(address: string): AskedAddress | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol === 'mailto:') return { where: url.pathname, address: url.href };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // A name before the host is there to look like another host.
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return { where: url.host, address: url.href };
}
