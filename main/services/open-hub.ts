// Builds the hub that settings name: its transport with the profile's own authorities, certificate and proxy, and its client.
// Which secrets there are is decided here; it makes no request.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { rootCertificates } from 'node:tls';
import { assertNever, Failure } from '../../preload/contract/failure';
import {
  createFolderHub,
  createLgspHub,
  createVxpHub,
  createXroadRestHub,
  createXroadSoapHub,
  defaultLimits,
  type Hub,
  inspectPackage,
  nodeDisk,
  nodeTransport,
  type ProxyFinder,
  parseEndpoint,
  type Transport,
  type TransportLimits,
} from '../exchange';
import type { HubSettings, NetworkHubSettings } from '../settings/hub-settings';

export interface OpenHubParts {
  readonly settings: HubSettings;
  /** The secret that a field of the settings names, or null where none was ever given. */
  readonly secret: (name: HubSecretName) => string | null;
  readonly systemProxy: ProxyFinder | undefined;
  readonly now: () => Date;
  /** In place of what follows from the settings. */
  readonly limits?: TransportLimits;
  /** For a command, which has no second look at a folder. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export type HubSecretName = 'hub-secret' | 'hub-password' | 'hub-client-key';

/** The environment variable of each secret that a kind of hub has. */
export function secretVariables(settings: HubSettings): Partial<Record<HubSecretName, string | undefined>> {
  if (settings.kind === 'folder') return {};
  return {
    ...(settings.kind === 'xroad' ? {} : { 'hub-secret': settings.secretFrom }),
    ...(settings.kind === 'lgsp' ? { 'hub-password': settings.passwordFrom } : {}),
    'hub-client-key': settings.clientCertificate?.passphraseFrom,
  };
}

/** A PEM file of the settings. Throws Failure `file-unreadable`. */
function pem(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('file-unreadable', path, { cause: error });
  }
}

function proxyOf(
  settings: NetworkHubSettings,
  systemProxy: ProxyFinder | undefined,
): ProxyFinder | undefined {
  if (settings.proxy === 'none') return undefined;
  if (settings.proxy === 'system') return systemProxy;
  const url = new URL(settings.proxy);
  return async () => ({ url });
}

function transportOf(settings: NetworkHubSettings, parts: OpenHubParts): Transport {
  const { authorities, clientCertificate } = settings;
  const passphrase = parts.secret('hub-client-key');
  const proxy = proxyOf(settings, parts.systemProxy);
  return nodeTransport({
    plainHttpHosts: settings.plainHttpHosts,
    ...(authorities.length === 0 ? {} : { ca: [...rootCertificates, ...authorities.map(pem)] }),
    ...(clientCertificate === undefined
      ? {}
      : {
          clientCertificate: {
            cert: pem(clientCertificate.certificate),
            key: pem(clientCertificate.key),
            ...(passphrase === null ? {} : { passphrase }),
          },
        }),
    ...(proxy === undefined ? {} : { proxyFor: proxy }),
  });
}

function limitsOf(settings: NetworkHubSettings): TransportLimits {
  return { ...defaultLimits, silenceMs: settings.timeoutSeconds * 1000 };
}

/** The hub, or null while a secret that it needs was never given. Throws `hub-endpoint-unsafe`, `file-unreadable`. */
export function openHub(parts: OpenHubParts): Hub | null {
  const { settings, now } = parts;
  const maxPackageBytes = settings.maxPackageMegabytes * 1024 * 1024;
  switch (settings.kind) {
    case 'vxp': {
      const secret = parts.secret('hub-secret');
      if (secret === null) return null;
      return createVxpHub({
        endpoint: parseEndpoint(settings.endpoint, settings.plainHttpHosts),
        identity: { systemId: settings.systemId, secret },
        transport: transportOf(settings, parts),
        inspect: inspectPackage,
        now,
        limits: parts.limits ?? limitsOf(settings),
        maxPackageBytes,
        fetchBy: settings.fetchBy,
        hashFile: settings.hashFile,
        signedOutCodes: settings.signedOutCodes,
      });
    }
    case 'lgsp': {
      const secretKey = parts.secret('hub-secret');
      const password = parts.secret('hub-password');
      if (secretKey === null || password === null) return null;
      const { systemId, username, applicationCode, lookbackDays, firstPage, signedOutCodes } = settings;
      return createLgspHub({
        endpoint: parseEndpoint(settings.endpoint, settings.plainHttpHosts),
        systemId,
        secretKey,
        username,
        password,
        applicationCode,
        transport: transportOf(settings, parts),
        inspect: inspectPackage,
        now,
        limits: parts.limits ?? limitsOf(settings),
        maxPackageBytes,
        signedOutCodes,
        lookbackDays,
        firstPage,
      });
    }
    case 'xroad': {
      const { client, service, userId, namespace, signedOutCodes, lookbackDays, firstPage } = settings;
      const shared = {
        endpoint: parseEndpoint(settings.endpoint, settings.plainHttpHosts),
        client,
        userId,
        newId: randomUUID,
        transport: transportOf(settings, parts),
        inspect: inspectPackage,
        limits: parts.limits ?? limitsOf(settings),
        maxPackageBytes,
        signedOutCodes,
      };
      return settings.protocol === 'rest'
        ? createXroadRestHub({ ...shared, service, now, lookbackDays, firstPage })
        : createXroadSoapHub({ ...shared, provider: service, namespace });
    }
    case 'folder': {
      const below = (name: string) => (isAbsolute(name) ? name : join(settings.root, name));
      return createFolderHub({
        root: settings.root,
        inbox: below(settings.inbox),
        outbox: below(settings.outbox),
        done: below(settings.done),
        byReceiver: settings.byReceiver,
        systemId: settings.systemId,
        disk: nodeDisk,
        inspect: inspectPackage,
        maxPackageBytes,
        settleMs: settings.settleSeconds * 1000,
        clock: () => performance.now(),
        answerMs: 15_000,
        ...(parts.wait === undefined ? {} : { wait: parts.wait }),
      });
    }
    default:
      return assertNever(settings);
  }
}
