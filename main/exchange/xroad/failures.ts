// X-Road's own errors, by the type that stands in X-Road-Error or in faultcode: whether the message can have reached the
// service. Errors of the service itself are not of this kind. Pure.
import type { HubFailure } from '../hub';

/** The consumer's own security server stops before anything is forwarded. */
const beforeForwarding = new Set([
  'Server.ClientProxy.OutdatedGlobalConf',
  'Server.ClientProxy.UnknownMember',
  'Server.ClientProxy.CannotCreateSignature',
  'Server.ClientProxy.SslAuthenticationFailed',
]);

/** The provider's security server stops before it asks the service. */
const refusedByProvider = new Set([
  'Server.ServerProxy.UnknownService',
  'Server.ServerProxy.ServiceDisabled',
  'Server.ServerProxy.InvalidServiceType',
]);

const notAllowed = new Set([
  'Server.ServerProxy.AccessDenied',
  'Server.ClientProxy.SslAuthenticationFailed',
  'Client.SslAuthenticationFailed',
]);

export function xroadFailure(type: string, message: string, detail: string): HubFailure {
  const errorDesc = [message, detail]
    .filter((text) => text !== '')
    .join(' · ')
    .slice(0, 1000);
  if (notAllowed.has(type)) return { kind: 'signed-out', errorCode: type, errorDesc };
  if (type === 'Client' || type.startsWith('Client.') || refusedByProvider.has(type)) {
    return { kind: 'refused', errorCode: type, errorDesc };
  }
  const words = `${type}: ${errorDesc}`;
  if (beforeForwarding.has(type)) {
    return { kind: 'not-sent', reason: 'busy', detail: words, retryAfterSeconds: null };
  }
  return { kind: 'unknown', reason: 'server-error', detail: words, retryAfterSeconds: null };
}
