// One life of main over the model's disk and hub: its own hub service, its own journal of attempts and its own registers,
// with models only of what they stand on. It dies at any step and leaves what is on the disk.

import { type ExchangeJournal, withJournal } from '../../main/exchange/with-journal';
import { openNumbers } from '../../main/registers';
import { createHubService } from '../../main/services/hub-service';
import { Failure } from '../../preload/contract/failure';
import { type ActId, asInstant, type HubDocId, type Sha256 } from '../../preload/contract/ids';
import { putsText } from '../../preload/contract/journal-puts';
import type { Arrival, DocumentFacts, DocumentStatus } from '../../preload/contract/records';
import { testInfo } from '../../renderer/testing/fake-desk';
import { Life, type Pulse } from './life';
import { type ModelDisk, openModelBlobs, openModelJournal } from './model-disk';
import { type Content, contentOf, type ModelHub } from './model-hub';

type Call = (input: never) => unknown;

export interface ModelMain {
  readonly life: Life;
  readonly calls: Readonly<Record<string, Call>>;
}

const noFacts = {
  ...{ content: '', place: '', issuedOn: null, signer: { competence: '', position: '', name: '' } },
  ...{ toPlaces: [], urgency: 0, dueOn: null, pages: 1, copies: 0, appendixes: [], responseFor: [] },
};

/** What the reading host would make of a package. */
function arrivalOf(docId: HubDocId, packageSha: Sha256, bytes: Uint8Array, now: Date): Arrival {
  const content = contentOf(bytes);
  const arrivedAt = asInstant(now);
  if (content.kind === 'edoc') {
    const facts = { ...noFacts, ...content.facts } as DocumentFacts;
    return { kind: 'document', docId, packageSha, facts, attachments: [], unknown: [], arrivedAt };
  }
  const status: DocumentStatus = {
    code: content.code,
    from: { code: content.from, name: '' },
    responseFor: { organId: 'H37', code: '', documentId: content.about, promulgationDate: null },
    description: '',
    staff: '',
    at: asInstant(new Date(content.at)),
  };
  return { kind: 'status', docId, packageSha, status, arrivedAt };
}

export function openModelMain(disk: ModelDisk, hub: ModelHub, pulse: Pulse, now: () => Date): ModelMain {
  const life = new Life(pulse);
  const journal = openModelJournal(disk, life);
  const blobs = openModelBlobs(disk, life);
  let attempts = 0;
  const log: ExchangeJournal = {
    append: async (record) => void (await journal.append(record as Parameters<typeof journal.append>[0])),
  };
  const client = hub.client();
  const generation = disk.entries.length;
  const service = createHubService({
    hub: withJournal(
      { ...client, send: (request) => life.through(() => client.send(request)) },
      log,
      now,
      () => {
        attempts += 1;
        return `${generation}-${attempts}`;
      },
    ),
    systemId: 'H37',
    reading: 'acknowledge',
    blobs: blobs as Parameters<typeof createHubService>[0]['blobs'],
    journal: journal as Parameters<typeof createHubService>[0]['journal'],
    readArrival: async (docId, sha256) =>
      arrivalOf(docId, sha256, disk.blobs.get(sha256) ?? new Uint8Array(), now()),
    isFalseAlarm: () => false,
    now,
  });
  const numbers = openNumbers(journal, now);

  async function freeze(act: ActId, content: Content): Promise<{ packageSha: Sha256; size: number }> {
    const known = journal.frozenPackage(act);
    if (known !== null) return { packageSha: known, size: 1 };
    const writer = await blobs.writer('package-out', act, '');
    await writer.write(Buffer.from(JSON.stringify(content)));
    const { sha256 } = await writer.finish();
    await journal.append({ type: 'package-frozen', act, sha256, at: asInstant(now()) });
    return { packageSha: sha256, size: 1 };
  }

  const calls: Record<string, Call> = {
    'app.info': () => testInfo,
    'app.report': () => ({}),
    'journal.put': ({ puts }: { puts: string }) =>
      journal.appendAll(putsText.parse(puts).map((put) => ({ type: 'put', put }))).then((seq) => ({ seq })),
    'journal.latest': async ({ after }: { after: number }) => {
      const { items, next } = await journal.latest(after);
      return { puts: items, next };
    },
    'journal.arrivals': async ({ after }: { after: number }) => {
      const { items, next } = await journal.arrivals(after);
      return { arrivals: items, next };
    },
    'hub.list': ({ kind }: { kind: 'edoc' }) => service.list(kind),
    'hub.receive': ({ docId, kind }: { docId: HubDocId; kind: 'edoc' }) => service.receive(docId, kind),
    'hub.acknowledge': ({ docId }: { docId: HubDocId }) => service.acknowledge(docId),
    'hub.send': (input: { row: string; packageSha: Sha256; kind: 'edoc'; receivers: string[] }) =>
      service.send(input.row, input.packageSha, input.kind, input.receivers),
    'hub.attempt': ({ row }: { row: string }) => service.attempt(row),
    'hub.sent': ({ kind }: { kind: 'edoc' }) => service.sent(kind),
    'agencies.refresh': () => ({
      answer: { kind: 'accepted', docId: null },
      state: { agencies: 0, added: 0, changed: 0, removed: 0 },
    }),
    'calendar.read': () => ({ changes: [] }),
    'package.document': ({ act, facts }: { act: ActId; facts: DocumentFacts }) =>
      freeze(act, { kind: 'edoc', facts }),
    'package.status': ({ act, status }: { act: ActId; status: DocumentStatus }) => {
      const about = status.responseFor.documentId;
      return freeze(act, { kind: 'status', about, code: status.code, from: 'H37', at: status.at });
    },
    'numbers.give': (input: Parameters<typeof numbers.give>[0]) => numbers.give(input),
    'levels.settle': () => ({}),
    'levels.jobs': () => ({
      policy: { enabled: false, target: 'B-B', beforeSending: 'no' },
      jobs: [],
    }),
  };
  // What is on its way in the network when main is gone comes to its end at the hub all the same.
  life.onDeath(() => hub.release());
  return { life, calls };
}

/** A call that main itself refused, or that a disk did. */
export function codeOfFailure(error: unknown): string {
  if (error instanceof Failure) return error.code;
  throw error;
}
