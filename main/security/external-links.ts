// Which addresses may be opened outside the app. Pure; the opening itself stands in navigation.ts.

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
