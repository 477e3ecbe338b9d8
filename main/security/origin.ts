// Which page of ours an address is. Pure; it parses addresses and compares whole parts, never prefixes.

/** The scheme never changes: another origin would mean an empty IndexedDB. */
export const scheme = 'app';

/** Hosts under app:// and what they serve. `blob` is bytes only and never a page. */
export type PageHost = 'desk' | 'pin' | 'unlock';
const pageHosts: readonly PageHost[] = ['desk', 'pin', 'unlock'];

/** The page host of an address of ours, or null for anything else (other scheme, port, credentials, unknown host). */
export function pageHostOf(address: string): PageHost | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== `${scheme}:` || url.port !== '' || url.username !== '' || url.password !== '')
    return null;
  return pageHosts.find((host) => host === url.host) ?? null;
}

const startPage: Readonly<Record<PageHost, string>> = {
  desk: 'index.html',
  pin: 'pin.html',
  unlock: 'unlock.html',
};

/** The start page of a host. */
export function pageAddress(host: PageHost): string {
  return `${scheme}://${host}/${startPage[host]}`;
}
