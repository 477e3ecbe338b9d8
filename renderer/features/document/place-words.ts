// Says where a step of the history came from as a clerk calls it: a hub by its kind and host, a machine by its name. Pure.
import type { Words } from '../../i18n/text';

const kinds = ['vxp', 'lgsp', 'xroad', 'folder'] as const;

/** The host of an address, or the last folder of a path; the whole text when it is neither. */
function shortPlace(endpoint: string): string {
  const host = /^[a-z]+:\/\/([^/?#]+)/i.exec(endpoint)?.[1];
  if (host !== undefined) return host;
  return endpoint.split(/[/\\]/).filter(Boolean).at(-1) ?? endpoint;
}

/** `from` as rows keep it: "vxp https://…" for a hub, the machine's name otherwise. */
export function placeWords(from: string, t: Words['t']): string {
  const [kind, ...rest] = from.split(' ');
  const known = kinds.find((one) => one === kind);
  if (known === undefined) return from;
  const place = shortPlace(rest.join(' '));
  const words = t(`history.from-${known}`);
  return place === '' ? words : `${words} (${place})`;
}
