// Turns the list of names into the frozen API object of a page. It passes no event object and no channel name.
import type { DeskApi } from './contract/desk-api';

export interface BridgeTransport {
  invoke(name: string, input: unknown): Promise<unknown>;
  /** Calls back with every event; returns the unsubscribe. */
  listen(callback: (name: string, payload: unknown) => void): () => void;
}

type Method = (input: unknown) => Promise<unknown>;

/** The API object: one frozen area per first word, one method per call, and `events.on`. */
export function buildDeskApi(
  calls: readonly string[],
  events: readonly string[],
  transport: BridgeTransport,
): DeskApi {
  const areas: Record<string, Record<string, Method>> = {};
  for (const name of calls) {
    const [area = '', method = ''] = name.split('.');
    areas[area] ??= {};
    const methods = areas[area];
    if (methods !== undefined) methods[method] = (input) => transport.invoke(name, input ?? {});
  }
  for (const methods of Object.values(areas)) Object.freeze(methods);
  const known = new Set(events);
  const on = (name: string, callback: (payload: unknown) => void): (() => void) => {
    if (!known.has(name) || typeof callback !== 'function') return () => undefined;
    return transport.listen((told, payload) => {
      if (told === name) callback(payload);
    });
  };
  // The one cast of the bridge: the object is built from the same names the type is derived from.
  return Object.freeze({ ...areas, events: Object.freeze({ on }) }) as unknown as DeskApi;
}
