// The hub that the switches of `exchange` describe: the same shapes and gates as the desk's settings. It makes no request.
import { parseArgs } from 'node:util';
import { Failure } from '../../preload/contract/failure';
import { defaultLimits, type Hub, proxyOfEnvironment } from '../exchange';
import { type HubSecretName, openHub, secretVariables } from '../services/open-hub';
import { type HubSettings, hubSettings } from '../settings/hub-settings';
import { problemsOf } from '../settings/problems';
import type { CliIo } from './command';
import { callerPath } from './io';

/** Addresses of this machine carry nothing over a wire. */
const loopback = ['127.0.0.1', 'localhost', '::1'];

const options = {
  kind: { type: 'string' },
  endpoint: { type: 'string' },
  'system-id': { type: 'string' },
  'secret-env': { type: 'string' },
  username: { type: 'string' },
  'password-env': { type: 'string' },
  'application-code': { type: 'string' },
  protocol: { type: 'string' },
  client: { type: 'string' },
  service: { type: 'string' },
  namespace: { type: 'string' },
  'user-id': { type: 'string' },
  root: { type: 'string' },
  inbox: { type: 'string' },
  outbox: { type: 'string' },
  done: { type: 'string' },
  'by-receiver': { type: 'boolean' },
  json: { type: 'boolean' },
  type: { type: 'string' },
  out: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  status: { type: 'string' },
  'allow-http': { type: 'string', multiple: true },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
  'key-passphrase-env': { type: 'string' },
  proxy: { type: 'string' },
  timeout: { type: 'string' },
  id: { type: 'string' },
  pid: { type: 'string' },
  name: { type: 'string' },
  mail: { type: 'string' },
  download: { type: 'boolean' },
} as const;

export type Values = ReturnType<typeof parseExchange>['values'];

/** Throws Failure `usage`. */
export function parseExchange(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Failure('usage', error instanceof Error ? error.message : String(error));
  }
}

export function required(
  values: Values,
  name:
    | 'endpoint'
    | 'system-id'
    | 'secret-env'
    | 'out'
    | 'to'
    | 'name'
    | 'mail'
    | 'root'
    | 'username'
    | 'password-env'
    | 'client'
    | 'service',
): string {
  const value = values[name];
  if (value === undefined || value === '') throw new Failure('usage', `--${name}`);
  return value;
}

function networkSettings(values: Values, io: CliIo) {
  const { cert, key, ca } = values;
  if ((cert === undefined) !== (key === undefined)) throw new Failure('usage', '--cert, --key');
  return {
    endpoint: required(values, 'endpoint'),
    plainHttpHosts: [...loopback, ...(values['allow-http'] ?? [])],
    ...(ca === undefined ? {} : { authorities: [callerPath(io, ca)] }),
    ...(cert === undefined || key === undefined
      ? {}
      : { clientCertificate: { certificate: callerPath(io, cert), key: callerPath(io, key) } }),
    ...(values.proxy === undefined ? {} : { proxy: values.proxy }),
  };
}

/** `instance/class/member[/subsystem]`, of a service with `:serviceCode` behind it. */
function memberOf(text: string): Record<string, string> {
  const names = ['instance', 'memberClass', 'memberCode', 'subsystemCode'];
  const parts = text.split('/');
  if (parts.length > names.length) throw new Failure('usage', text);
  return Object.fromEntries(parts.map((part, index) => [names[index] ?? '', part]));
}

function xroadSettings(values: Values) {
  const [provider = '', serviceCode] = required(values, 'service').split(':');
  const { protocol, namespace } = values;
  const given = Object.entries({ protocol, namespace, userId: values['user-id'] });
  return {
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    client: memberOf(required(values, 'client')),
    service: { ...memberOf(provider), ...(serviceCode === undefined ? {} : { serviceCode }) },
  };
}

function rawSettings(values: Values, io: CliIo): Record<string, unknown> {
  const kind = values.kind ?? 'vxp';
  const every = { kind, systemId: required(values, 'system-id') };
  switch (kind) {
    case 'vxp':
      return {
        ...every,
        ...networkSettings(values, io),
        fetchBy: values.download === true ? 'downloadEdoc' : 'getEdoc',
      };
    case 'lgsp':
      return {
        ...every,
        ...networkSettings(values, io),
        username: required(values, 'username'),
        applicationCode: values['application-code'] ?? '',
      };
    case 'xroad':
      return { ...every, ...networkSettings(values, io), ...xroadSettings(values) };
    case 'folder': {
      const { inbox, outbox, done } = values;
      const names = Object.entries({ inbox, outbox, done }).filter(([, value]) => value !== undefined);
      return {
        ...every,
        root: callerPath(io, required(values, 'root')),
        ...Object.fromEntries(names),
        byReceiver: values['by-receiver'] === true,
      };
    }
    default:
      throw new Failure('usage', '--kind vxp|lgsp|xroad|folder');
  }
}

/** Settings of the switches. Throws Failure `usage` with what is wrong. */
export function settingsOf(values: Values, io: CliIo): HubSettings {
  const raw = rawSettings(values, io);
  const parsed = hubSettings.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new Failure('usage', problemsOf(parsed.error, raw).join('; '), { cause: parsed.error });
}

const secretSwitches = {
  'hub-secret': 'secret-env',
  'hub-password': 'password-env',
  'hub-client-key': 'key-passphrase-env',
} as const satisfies Record<HubSecretName, keyof Values>;

/** A secret out of the environment; a switch that names an empty variable is a mistake. */
function secretOf(io: CliIo, variable: string | undefined, name: string): string | null {
  if (variable === undefined) return null;
  const value = io.env[variable];
  if (value === undefined || value === '') throw new Failure('usage', `--${name} names an empty variable`);
  return value;
}

/** The hub of the switches. Throws Failure `usage`, `hub-endpoint-unsafe`, `file-unreadable`. */
export function hubOf(values: Values, io: CliIo): Hub {
  const seconds = Number(values.timeout ?? '60');
  if (!Number.isFinite(seconds) || seconds <= 0) throw new Failure('usage', '--timeout');
  const settings = settingsOf(values, io);
  if ('hub-secret' in secretVariables(settings)) required(values, 'secret-env');
  if ('hub-password' in secretVariables(settings)) required(values, 'password-env');
  const hub = openHub({
    settings,
    secret: (name) => {
      const option = secretSwitches[name];
      return secretOf(io, values[option], option);
    },
    systemProxy: proxyOfEnvironment(io.env),
    now: () => new Date(),
    limits: {
      ...defaultLimits,
      silenceMs: seconds * 1000,
      connectMs: Math.min(seconds * 1000, defaultLimits.connectMs),
    },
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  if (hub === null) throw new Failure('usage', '--secret-env');
  return hub;
}
