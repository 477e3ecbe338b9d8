// The settings of the hub, one shape a kind, with what a hub's documents leave open as fields of their own. It opens nothing
// and keeps no secret: secrets are named by the environment variable they are taken from once.
import { z } from 'zod';
import { type HubWays, recallBy, usualWays } from '../../preload/contract/business';
import { isIdentifierPart } from '../exchange';
import { absolutePath } from './absolute-path';

const variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'phải là tên một biến môi trường' })
  .optional();

/** What every hub has. */
const everyHub = {
  /** Code that the agency is registered under. */
  systemId: z.string().min(1).max(60),
  /**
   * `take` reads without ever telling the hub, for an agency whose other software is signed in with the same code: what
   * this desk has taken is hidden here and stays listed there.
   */
  reading: z.enum(['acknowledge', 'take']).default('acknowledge'),
  /** No source states a limit; gateways usually have one. */
  maxPackageMegabytes: z.number().int().min(1).max(2048).default(2048),
  /** DocumentType of what is sent: the item alone (18), or its group with the item as TypeDetail (2, 18). */
  documentType: z.enum(['item', 'group']).default('item'),
  /** How a recall is told: a package of type 1 (`package`) or status 13 (`status`). Both are understood. */
  recallBy: recallBy.default('package'),
  /** Whether updates and replacements are answered with 15 and 16; recalls always are. */
  answersChanges: z.boolean().default(true),
  /** The hub's own words for status codes. */
  statusWords: z
    .record(
      z.string().regex(/^\d{2}$/, { error: 'mã trạng thái phải gồm hai chữ số' }),
      z.string().min(1).max(100),
    )
    .default({}),
};

/** The system's proxy, none, or the address of one. */
export const proxySetting = z
  .enum(['system', 'none'])
  .or(
    z.url({
      protocol: /^http$/,
      error: 'phải là system, none hoặc địa chỉ http:// của máy chủ trung gian',
    }),
  )
  .default('system');

/** What hubs over a network have besides. */
const overNetwork = {
  endpoint: z.url({ protocol: /^https?$/, error: 'phải là địa chỉ bắt đầu bằng https:// hoặc http://' }),
  /** Hosts that may be spoken to without TLS: the axis' adapter inside the agency's own network. */
  plainHttpHosts: z.array(z.string().min(1)).default([]),
  /** Certificate authorities for TLS beside the known ones, PEM files. */
  authorities: z.array(absolutePath).default([]),
  /** Shown to a server that asks, PEM files. */
  clientCertificate: z
    .strictObject({ certificate: absolutePath, key: absolutePath, passphraseFrom: variable })
    .optional(),
  proxy: proxySetting,
  timeoutSeconds: z.number().int().min(5).max(3600).default(120),
};

const vxp = z.strictObject({
  kind: z.literal('vxp'),
  ...everyHub,
  ...overNetwork,
  secretFrom: variable,
  /** `downloadEdoc` is of version 2.0.1; not every hub has it. */
  fetchBy: z.enum(['getEdoc', 'downloadEdoc']).default('getEdoc'),
  /** How `hash-file` writes a byte below 16: as the reference client does, without its zero, or as everyone else. */
  hashFile: z.enum(['unpadded', 'padded']).default('unpadded'),
  /** Codes with which the hub says that identity or secret are wrong. */
  signedOutCodes: z.array(z.string().min(1)).default(['15']),
});

/** What the REST operations of gateways leave open. */
const rest = {
  /** How many days back the lists are asked for. */
  lookbackDays: z.number().int().min(1).max(3650).default(30),
  /** The number of the first page of the directory. */
  firstPage: z.number().int().min(0).max(1).default(0),
  signedOutCodes: z.array(z.string().min(1)).default(['15']),
};

const lgsp = z.strictObject({
  kind: z.literal('lgsp'),
  ...everyHub,
  ...overNetwork,
  ...rest,
  /** The agency's key (X-SecretKey). */
  secretFrom: variable,
  username: z.string().min(1).max(200),
  passwordFrom: variable,
  applicationCode: z.string().max(200).default(''),
});

const identifier = z
  .string()
  .max(255)
  .refine(isIdentifierPart, { error: 'không phải mã định danh X-Road (không trống, không có : ; / \\ %)' });

const member = {
  instance: identifier,
  memberClass: identifier,
  memberCode: identifier,
  subsystemCode: identifier.optional(),
};

const xroad = z.strictObject({
  kind: z.literal('xroad'),
  ...everyHub,
  ...overNetwork,
  ...rest,
  /** `rest`: PR-REST r1 and a gateway's operations; `soap`: PR-MESS 4.0 and the axis' operations, packages attached. */
  protocol: z.enum(['rest', 'soap']).default('rest'),
  client: z.strictObject(member),
  service: z.strictObject({
    ...member,
    /** Of `rest`; with `soap` each operation is a service of its own. */
    serviceCode: identifier.default('edoc'),
    serviceVersion: identifier.optional(),
  }),
  /** Of the provider's wrapper elements, `soap` only. */
  namespace: z.string().min(1).default('http://producer.x-road.eu'),
  /** X-Road-UserId, with the country before it. */
  userId: z
    .string()
    .regex(/^[A-Z]{2}[\x21-\x7e]{1,60}$/, { error: 'phải bắt đầu bằng mã nước, ví dụ VN' })
    .optional(),
});

/** A folder below `root`, or anywhere. */
const folderName = z
  .string()
  .min(1)
  .refine((name) => !name.split(/[\\/]/).includes('..'), { error: 'không được chứa ".."' });

const folder = z.strictObject({
  kind: z.literal('folder'),
  ...everyHub,
  root: absolutePath,
  inbox: folderName.default('in'),
  outbox: folderName.default('out'),
  done: folderName.default('done'),
  /** One folder a receiver: for a share that several agencies visit. */
  byReceiver: z.boolean().default(false),
  /** How long a file of a foreign name must stay as it is before it counts as whole. */
  settleSeconds: z.number().min(0).max(3600).default(3),
  /** Between two looks at a share or stick that tells nothing when a file comes. */
  lookSeconds: z.number().min(1).max(3600).default(10),
});

export const hubSettings = z.discriminatedUnion('kind', [vxp, lgsp, xroad, folder]);
export type HubSettings = z.output<typeof hubSettings>;
export type NetworkHubSettings = Exclude<HubSettings, { readonly kind: 'folder' }>;

/** What the window must know of the hub's ways. */
export function hubWaysOf(hub: HubSettings | null): HubWays {
  if (hub === null) return usualWays;
  return { recallBy: hub.recallBy, answersChanges: hub.answersChanges, statusWords: hub.statusWords };
}

/** What the foot of the window may say of a hub. */
export function hubPlace(hub: HubSettings): { readonly endpoint: string; readonly secure: boolean } {
  if (hub.kind === 'folder') return { endpoint: hub.root, secure: true };
  const url = new URL(hub.endpoint);
  return { endpoint: url.host, secure: url.protocol === 'https:' };
}
