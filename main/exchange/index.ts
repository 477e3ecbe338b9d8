// What other rooms may use of exchange. It only names; everything else here is the room's own.
export type { ConnectionSettings } from './connect';
export { parseEndpoint } from './endpoint';
export { createFolderHub, type FolderSettings } from './folder/client';
export { type Disk, nodeDisk } from './folder/disk';
export { type FolderWatchParts, systemNotices, watchInbox } from './folder/watch';
export {
  type AcknowledgeStatus,
  type AgencyEntry,
  type AgencyItem,
  type CallOptions,
  codeOfAnswer,
  type FetchedPackage,
  type Hub,
  type HubAnswer,
  type HubFailure,
  type Listing,
  type MessageKind,
  type NotSentReason,
  type PackageSink,
  type ReceivedItem,
  type SendRequest,
  type SentItem,
  type SentPackage,
  type UnitItem,
  type UnknownReason,
} from './hub';
export { inspectPackage } from './inspect-package';
export { createLgspHub, type LgspSettings } from './lgsp/client';
export { type NodeTransportSettings, nodeTransport } from './node-transport';
export { packageSha256 } from './package-body';
export type { PackageFacts, PackageInspector } from './send-gate';
export { keepFound, type Proxy, type ProxyFinder, proxyOfEnvironment, proxyOfList } from './system-proxy';
export { defaultLimits, type Transport, type TransportLimits } from './transport';
export { unusableHub } from './unusable-hub';
export { createVxpHub, type VxpSettings } from './vxp/client';
export type { VxpIdentity } from './vxp/sign';
export {
  type AnswerRecord,
  type AttemptRecord,
  type ExchangeJournal,
  type ExchangeRecord,
  withJournal,
} from './with-journal';
export { isIdentifierPart } from './xroad/identifiers';
export { createXroadRestHub, type XroadRestSettings } from './xroad/rest';
export { createXroadSoapHub, type XroadSoapSettings } from './xroad/soap';
