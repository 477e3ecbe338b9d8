// One change at a time through the real road: client, attempt in the journal, hub service, reader of packages. What it ended in
// is checked against what is promised: no throw but of our own codes, nothing acknowledged that was not stored, nothing lost.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestSink, readPackage } from '../../main/edxml';
import { createFolderHub, type Hub, inspectPackage, nodeDisk, withJournal } from '../../main/exchange';
import { arrivalJobs } from '../../main/reading/arrival-job';
import { jobAnswers } from '../../main/reading/protocol';
import { readArrival } from '../../main/services/arrivals';
import { deskAnswer } from '../../main/services/hub-answers';
import { createHubService, type HubService } from '../../main/services/hub-service';
import type { ReadingPort, StoredAttachment } from '../../main/services/reading-port';
import type { EdxmlPackage } from '../../preload/contract/edxml';
import { Failure, isFailure } from '../../preload/contract/failure';
import { asSha256, type HubDocId, hubDocId, type Sha256 } from '../../preload/contract/ids';
import { arrival as arrivalShape } from '../../preload/contract/records';
import { Life, Pulse } from '../simulation/life';
import { emptyDisk, type ModelDisk, openModelBlobs, openModelJournal, shaOf } from '../simulation/model-disk';
import { type Below, changedAnswer, changedPackage, chosen } from './change-bytes';
import {
  document,
  documentSha,
  most,
  type Operation,
  type RecordedHub,
  receiver,
  receivers,
} from './recorded-hubs';

/** Longer than any limit of a client: past it something hangs. */
const hangMs = 60_000;
const kinds: ReadonlySet<string> = new Set(['accepted', 'refused', 'not-sent', 'unknown']);

/** A server that answers each request with the bytes it was given, and keeps what it was asked. */
export class Replay {
  port = 0;
  next: Buffer = Buffer.alloc(0);
  signIn: Buffer | null = null;
  asked: string[] = [];
  onRequest: (head: string) => void = () => undefined;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer({ allowHalfOpen: true }, (socket) => this.serve(socket));

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    this.port = address !== null && typeof address === 'object' ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket)).on('error', () => socket.destroy());
    let head = '';
    let answered = false;
    socket.on('data', (bytes) => {
      if (answered) return;
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      answered = true;
      const line = head.slice(0, head.indexOf('\r\n'));
      const signsIn = line.includes('auth/login');
      if (!signsIn) {
        this.asked.push(head);
        this.onRequest(head);
      }
      socket.end(signsIn && this.signIn !== null ? this.signIn : this.next);
    });
  }
}

interface Desk {
  readonly hub: Hub;
  readonly disk: ModelDisk;
  readonly service: HubService;
}

const now = () => new Date('2026-11-20T02:00:00Z');

const noTrust = { anchors: [], intermediates: [], crls: [], now: now() };
const askNobody = () => Promise.reject(new Failure('call-refused', 'nothing is fetched before the gate'));

/** The hub's calls over a real client, with the model's disk below and the reading host's own job on what came. */
function deskOver(hub: Hub): Desk {
  const disk = emptyDisk();
  const life = new Life(new Pulse());
  const journal = openModelJournal(disk, life);
  const blobs = openModelBlobs(disk, life);
  disk.blobs.set(asSha256(documentSha), document);
  let attempts = 0;
  const log = {
    append: async (record: object) =>
      void (await journal.append(record as Parameters<typeof journal.append>[0])),
  };
  const nextAttempt = () => {
    attempts += 1;
    return `attempt-${attempts}`;
  };
  const reading = {
    async readPackage(packageSha: Sha256): Promise<EdxmlPackage<StoredAttachment>> {
      const content = Uint8Array.from(disk.blobs.get(packageSha) ?? []);
      const answer = await arrivalJobs['read-arrival']({ ...noTrust, content }, askNobody);
      const read = jobAnswers['read-arrival'].parse(answer);
      const attachments = read.attachments.map(({ bytes, ...meta }) => {
        const { content: stored, ...seen } = bytes;
        const sha256 = asSha256(createHash('sha256').update(stored).digest('hex'));
        disk.blobs.set(sha256, stored);
        return { ...meta, bytes: { ...seen, sha256, size: stored.length } };
      });
      return { ...read, attachments };
    },
    verdict: () => Promise.reject(new Failure('reader-crashed', 'no PDF is judged here')),
    saysSecret: () => Promise.reject(new Failure('reader-crashed', 'no file is read here')),
    firstPageText: () => Promise.reject(new Failure('reader-crashed', 'no PDF is read here')),
  } as unknown as ReadingPort;
  const destroy = async (names: readonly Sha256[]): Promise<void> => {
    for (const name of names) disk.blobs.delete(name);
  };
  const journalled = withJournal(hub, log, now, nextAttempt);
  const service = createHubService({
    hub: journalled,
    systemId: 'H37',
    reading: 'acknowledge',
    blobs: blobs as Parameters<typeof createHubService>[0]['blobs'],
    journal: journal as Parameters<typeof createHubService>[0]['journal'],
    readArrival: (docId, sha) => readArrival(reading, docId, sha, now, destroy),
    isFalseAlarm: () => false,
    now,
  });
  return { hub: journalled, disk, service };
}

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came of it in ${hangMs} ms`)), hangMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Null when it ended as it may; a value is given to `look`. */
async function ended<T>(work: () => Promise<T>, look: (value: T) => string | null): Promise<string | null> {
  try {
    return look(await within(work()));
  } catch (error) {
    return isFailure(error) ? null : `${error instanceof Error ? error.stack : String(error)}`;
  }
}

const known = (answer: { readonly kind: string }): string | null =>
  kinds.has(answer.kind) ? null : `an answer of no kind: ${answer.kind}`;

function isSafe(disk: ModelDisk, docId: string): boolean {
  return disk.entries.some((entry) => {
    if (entry.type !== 'arrival' || entry.arrival.docId !== docId) return false;
    const sha = 'packageSha' in entry.arrival ? entry.arrival.packageSha : null;
    return sha === null || disk.blobs.has(sha);
  });
}

/** What came in is here as it came, and is told as done only then; what did not come can be fetched again. */
async function receiving(
  desk: Desk,
  docId: HubDocId,
  wasAsked: () => number,
  mend: (what: 'receive' | 'acknowledge') => void,
): Promise<string | null> {
  let came = false;
  const first = await ended(
    () => desk.service.receive(docId, 'edoc'),
    ({ answer, arrival }) => {
      came = arrival !== null;
      if (arrival !== null && !arrivalShape.safeParse(arrival).success)
        return 'an arrival against the contract';
      if (arrival !== null && !isSafe(desk.disk, docId)) return 'an arrival that is not stored';
      return known(answer);
    },
  );
  if (first !== null) return first;
  for (const [sha, bytes] of desk.disk.blobs) if (shaOf(bytes) !== sha) return 'a blob under a wrong name';
  if (!came) {
    const before = wasAsked();
    const early = await ended(
      () => desk.service.acknowledge(docId),
      () => 'done was told for what is not here',
    );
    if (early !== null) return early;
    if (wasAsked() !== before) return 'the hub was told of a package that is not here';
    mend('receive');
    const again = await desk.service.receive(docId, 'edoc');
    if (again.arrival === null)
      return `the good answer is not taken any more: ${JSON.stringify(again.answer)}`;
    if (!desk.disk.blobs.has(asSha256(documentSha))) return 'the good answer is not what is stored';
  }
  mend('acknowledge');
  return ended(() => desk.service.acknowledge(docId), known);
}

async function sending(desk: Desk): Promise<string | null> {
  const sha = asSha256(documentSha);
  const fault = await ended(() => desk.service.send('row#1', sha, 'edoc', receivers), known);
  const attempt = desk.service.attempt('row#1');
  if (fault === null && attempt.kind !== 'answered') return `the attempt is ${attempt.kind} in the journal`;
  return fault;
}

/** One changed answer of one operation of one kind of hub. */
export async function answerTrial(hub: RecordedHub, replay: Replay, below: Below): Promise<string | null> {
  const operation = chosen([...hub.answers.keys(), 'receive', 'receive'] as Operation[], below);
  const good = (of: Operation) => hub.answers.get(of) ?? Buffer.alloc(0);
  replay.signIn = hub.signIn !== null && below(12) === 0 ? changedAnswer(hub.signIn, below) : hub.signIn;
  replay.next = changedAnswer(good(operation), below);
  replay.asked = [];
  const desk = deskOver(hub.client(replay.port));
  let early = '';
  replay.onRequest = () => {
    const begun = desk.disk.entries.some((entry) => entry.type === 'attempt');
    if (operation === 'send' && !begun) early = 'bytes left before their attempt was in the journal';
  };
  const mend = (what: Operation) => {
    replay.signIn = hub.signIn;
    replay.next = good(what);
  };
  const docId = hubDocId.parse(hub.docId);
  const fault = await run(operation, desk, docId, () => replay.asked.length, mend, below);
  if (fault !== null || early !== '') return `${hub.name} ${operation}: ${fault ?? early}`;
  return null;
}

async function run(
  operation: Operation,
  desk: Desk,
  docId: HubDocId,
  wasAsked: () => number,
  mend: (what: Operation) => void,
  below: Below,
): Promise<string | null> {
  const { service } = desk;
  switch (operation) {
    case 'list':
      return ended(
        () => service.list(chosen(['edoc', 'status'] as const, below)),
        ({ answer, items }) =>
          answer.kind !== 'accepted' && items.length > 0 ? 'items without an answer' : known(answer),
      );
    case 'receive':
      return receiving(desk, docId, wasAsked, mend);
    case 'acknowledge': {
      const changed = mend;
      const receivedFirst = async () => {
        // The package itself comes well; only the word about `done` is changed.
        const { arrival } = await service.receive(docId, 'edoc');
        return arrival === null ? 'the good answer is not taken' : null;
      };
      return acknowledging(service, docId, receivedFirst, changed);
    }
    case 'send':
      return sending(desk);
    case 'sent':
      return ended(
        () => service.sent('edoc'),
        ({ answer }) => known(answer),
      );
    case 'agencies':
      return ended(
        () => desk.hub.agencies(),
        (answer) => known(deskAnswer(answer)),
      );
  }
}

async function acknowledging(
  service: HubService,
  docId: HubDocId,
  receive: () => Promise<string | null>,
  mend: (what: Operation) => void,
): Promise<string | null> {
  const replayed = mend;
  replayed('receive');
  const fault = await receive();
  if (fault !== null) return fault;
  return ended(() => service.acknowledge(docId), known);
}

const names = [
  'goi.edxml',
  'gói tin.edxml',
  'a.EDXML',
  '.edxml',
  `${'x'.repeat(200)}.edxml`,
  'a.edxml.part',
  'a.txt',
];

/** One changed package in a watched folder, under a name that is good or odd. */
export async function folderTrial(below: Below): Promise<string | null> {
  const root = mkdtempSync(join(tmpdir(), 'fuzz-folder-'));
  let time = 0;
  try {
    for (const name of ['in', 'out', 'done']) mkdirSync(join(root, name));
    const hub = createFolderHub({
      ...{ root, inbox: join(root, 'in'), outbox: join(root, 'out'), done: join(root, 'done') },
      ...{ byReceiver: false, systemId: receiver, disk: nodeDisk, inspect: inspectPackage },
      ...{ maxPackageBytes: most, settleMs: 1000, clock: () => time, answerMs: 30_000 },
    });
    writeFileSync(join(root, 'in', chosen(names, below)), changedPackage(document, below));
    const desk = deskOver(hub);
    await desk.service.list('edoc');
    time += 5000;
    const listed: HubDocId[] = [];
    for (const kind of ['edoc', 'status'] as const) {
      const fault = await ended(
        () => desk.service.list(kind),
        ({ answer, items }) => {
          listed.push(...items.map((item) => item.docId));
          return known(answer);
        },
      );
      if (fault !== null) return `folder list: ${fault}`;
    }
    for (const docId of listed) {
      const fault = await ended(
        () => desk.service.receive(docId, 'edoc'),
        ({ answer, arrival }) =>
          arrival !== null && !isSafe(desk.disk, docId) ? 'not stored' : known(answer),
      );
      if (fault !== null) return `folder receive: ${fault}`;
      const told = await ended(
        () => desk.service.acknowledge(docId),
        (answer) =>
          answer.kind === 'accepted' && !isSafe(desk.disk, docId)
            ? 'done for what is not stored'
            : known(answer),
      );
      if (told !== null) return `folder acknowledge: ${told}`;
    }
    return null;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** One changed package through the reader alone, in pieces of any size. */
export async function packageTrial(samples: readonly Buffer[], below: Below): Promise<string | null> {
  const bytes = changedPackage(chosen(samples, below), below);
  const piece = 1 + below(70_000);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += piece) pieces.push(bytes.subarray(at, at + piece));
  const fault = await ended(
    () => readPackage(pieces, digestSink),
    (one) => (one.kind === 'edoc' || one.kind === 'status' ? null : 'a package of no kind'),
  );
  return fault === null ? null : `reader: ${fault}`;
}
