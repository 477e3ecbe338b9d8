// How the update server is reached, as policy says: straight or through a proxy, with the runtime's roots or the agency's own.
// It sends nothing.
import { readFileSync } from 'node:fs';
import { Failure } from '../../preload/contract/failure';
import { openConnection } from '../exchange/connect';
import type { HttpProxy, HttpRoute } from '../runtime/http-fetcher';
import type { Policy } from './policy';

/** The proxy is one for all, so that a request need not wait to know its way. */
export interface UpdateRoute extends HttpRoute {
  readonly proxy?: HttpProxy;
}

function proxyAt(address: string): HttpProxy {
  const url = new URL(address);
  if (url.username === '') return { url };
  const account = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  url.username = '';
  url.password = '';
  return { url, authorization: `Basic ${Buffer.from(account).toString('base64')}` };
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('policy-broken', `policy.json: updates.authorities: không đọc được ${path}`, {
      cause: error,
    });
  }
}

/** The route of a policy. Throws Failure `policy-broken` where a root cannot be read. */
export function routeOf(policy: Pick<Policy['updates'], 'proxy' | 'authorities'>): UpdateRoute {
  const { authorities } = policy;
  if (policy.proxy === undefined && authorities.length === 0) return {};
  const proxy = policy.proxy === undefined ? undefined : proxyAt(policy.proxy);
  const connection = {
    ...(authorities.length === 0 ? {} : { ca: authorities.map(readAuthority) }),
    ...(proxy === undefined ? {} : { proxy }),
  };
  return {
    ...(proxy === undefined ? {} : { proxy, proxyFor: async () => proxy }),
    openSecure: (address, signal) => openConnection(address, connection, 15_000, signal),
  };
}
