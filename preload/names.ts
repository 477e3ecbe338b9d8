// The names of calls and events without their schemas, so that the preload stays a few KB. A test holds them to the table.
import type { CallName } from './contract/calls';
import type { EventName } from './contract/events';

export const callNames = [
  'app.info',
  'app.report',
  'journal.put',
  'journal.latest',
  'journal.arrivals',
  'hub.list',
  'hub.receive',
  'hub.acknowledge',
  'hub.send',
  'hub.attempt',
  'hub.sent',
  'hub.agencies',
  'package.document',
  'package.status',
  'numbers.propose',
  'numbers.give',
  'numbers.stamp',
  'numbers.start',
  'files.begin',
  'files.append',
  'files.finish',
  'files.saveCopy',
  'files.verify',
  'files.read',
  'signing.signers',
  'signing.standing',
  'signing.place',
  'signing.sign',
  'signing.signAll',
  'levels.jobs',
  'levels.file',
  'levels.raise',
  'levels.settle',
  'levels.evidence',
] as const satisfies readonly CallName[];

export const eventNames = [
  'sync.tick',
  'token.changed',
  'progress',
  'levels.changed',
  'app.closing',
] as const satisfies readonly EventName[];
