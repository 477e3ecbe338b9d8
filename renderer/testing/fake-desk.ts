// A main process for tests: journal, numbers, packages, signing and a hub that never deduplicates, all in memory and alive
// over any number of windows. Calls can be made to freeze before or after their effect, which is how a window dies.

import type { BatchDocument, BatchOutcome } from '../../preload/contract/batch';
import { usualWays } from '../../preload/contract/business';
import type { AppInfo, CallResult, HubAnswer } from '../../preload/contract/calls';
import type { DeskApi } from '../../preload/contract/desk-api';
import type { EventPayload } from '../../preload/contract/events';
import { asInstant, asSha256, type HubDocId, type Sha256 } from '../../preload/contract/ids';
import { putsText } from '../../preload/contract/journal-puts';
import type { LevelJob } from '../../preload/contract/levels';
import type {
  Arrival,
  Attachment,
  DocumentFacts,
  DocumentStatus,
  LedgerPut,
} from '../../preload/contract/records';

import type { CalendarChange } from '../../preload/contract/working-calendar';

export interface SentPackage {
  readonly row: string;
  readonly packageSha: Sha256;
  readonly kind: 'edoc' | 'status';
  readonly receivers: readonly string[];
  readonly docId: HubDocId;
}

type Value<T> = T extends Promise<CallResult<infer V>> ? V : never;
type Answer<A extends keyof DeskApi, M extends keyof DeskApi[A]> = DeskApi[A][M] extends (
  ...input: never[]
) => infer R
  ? Value<R>
  : never;

/** What tells one wished signature from another. */
interface SignAsked {
  readonly act: string;
  readonly role: string;
}

/** How the hub answers the next attempts; the last one stays. */
export type HubMood = 'up' | 'down' | 'answer-lost' | 'refuses';

export const testInfo: AppInfo = {
  version: '0.1.0',
  runtime: 'test',
  agency: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' },
  profile: 'clerk',
  user: 'Nguyễn Thị Hường',
  hub: {
    kind: 'vxp',
    endpoint: 'http://127.0.0.1',
    secure: false,
    configured: true,
    takes: false,
    ways: usualWays,
  },
  notation: 'UBND',
  place: 'Lạng Sơn',
  machine: 'may-van-thu',
  needsNumbers: false,
  now: asInstant(new Date('2026-11-20T03:00:00Z')),
};

/** Everything main keeps over the death of a window. */
export class FakeMain {
  now = new Date('2026-11-20T03:00:00.000Z');
  info: AppInfo = testInfo;
  readonly latest = new Map<string, LedgerPut>();
  /** Windows that hear events. */
  readonly windows = new Set<(name: 'batch.outcome', payload: EventPayload<'batch.outcome'>) => void>();
  /** So many outcomes of a run are told before its answer. */
  toldOutcomes = 0;
  /** Documents that the gate of law leaves out. */
  readonly refused = new Set<string>();
  readonly arrivals: Arrival[] = [];
  readonly numbers = new Map<string, { key: string; number: number }>();
  readonly packages = new Map<string, { sha: Sha256; facts?: DocumentFacts; status?: DocumentStatus }>();
  readonly signatures = new Map<string, { signature: Answer<'signing', 'sign'>; count: number }>();
  /** What the agency changed of the working calendar. */
  calendar: CalendarChange[] = [];
  /** Files that lie in main, by what reading them gives. */
  readonly byHand = new Map<string, Arrival>();
  /** What waits at the hub for this desk. */
  readonly waiting = new Map<string, { kind: 'edoc' | 'status'; arrival: Arrival }>();
  readonly done: string[] = [];
  readonly sent: SentPackage[] = [];
  /** Signed files on their way to their level. */
  jobs: LevelJob[] = [];
  readonly received: string[] = [];
  readonly calls: string[] = [];
  mood: HubMood = 'up';
  /** Entries of the hub's list of documents that have no name. */
  withoutName = 0;
  /** What the journal has of attempts; a main process that died with the window never wrote the answer. */
  readonly attempts = new Map<string, HubAnswer | null>();
  forgetsAnswers = false;
  /** The hub's sent list shows nothing yet. */
  sentListLags = false;
  journalFails: string | null = null;
  verdict: Answer<'files', 'verify'>['verdict'] = { verdict: 'valid', signatures: [], codes: [] };
  private serial = 0;

  sha(text: string): Sha256 {
    this.serial += 1;
    return asSha256(
      this.serial.toString(16).padStart(8, '0').concat(hexOf(text)).padEnd(64, '0').slice(0, 64),
    );
  }

  instant() {
    return asInstant(this.now);
  }

  private attempt(effect: () => HubDocId | null): HubAnswer {
    switch (this.mood) {
      case 'up':
        return { kind: 'accepted', docId: effect() };
      case 'down':
        return { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: null };
      case 'answer-lost':
        effect();
        return { kind: 'unknown', code: 'hub-timed-out' };
      case 'refuses':
        return { kind: 'refused', code: 'hub-refused', words: 'no such receiver' };
    }
  }

  private readonly effects = {
    app: {
      info: () => this.info,
      report: () => ({}),
      quit: () => ({}),
    },
    journal: {
      put: ({ puts }: { puts: string }) => {
        for (const put of putsText.parse(puts))
          this.latest.set(`${put.table}/${put.row.id}`, structuredClone(put));
        return { seq: this.latest.size };
      },
      latest: ({ after }: { after: number }) => {
        const all = [...this.latest.values()];
        const puts = structuredClone(all.slice(after, after + 3));
        return { puts, next: after + 3 < all.length ? after + 3 : null };
      },
      arrivals: ({ after }: { after: number }) => {
        const arrivals = structuredClone(this.arrivals.slice(after, after + 2));
        return { arrivals, next: after + 2 < this.arrivals.length ? after + 2 : null };
      },
    },
    hub: {
      list: ({ kind }: { kind: 'edoc' | 'status' }) => {
        const items = [...this.waiting]
          .filter(([, item]) => item.kind === kind)
          .map(([docId]) => ({ docId, kind, from: 'G12' }));
        const answer = this.attempt(() => null);
        const unreadable = kind === 'edoc' ? this.withoutName : 0;
        return answer.kind === 'accepted'
          ? { answer, items, unreadable }
          : { answer, items: [], unreadable: 0 };
      },
      receive: ({ docId }: { docId: string }) => {
        this.received.push(docId);
        const item = this.waiting.get(docId);
        if (this.mood !== 'up' || item === undefined) {
          return {
            answer: { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: null },
            arrival: null,
          };
        }
        if (!this.arrivals.some((known) => known.docId === docId)) this.arrivals.push(item.arrival);
        return { answer: { kind: 'accepted', docId: null }, arrival: structuredClone(item.arrival) };
      },
      acknowledge: ({ docId }: { docId: string }) =>
        this.attempt(() => {
          this.done.push(docId);
          this.waiting.delete(docId);
          return null;
        }),
      send: (input: Omit<SentPackage, 'docId'>) => {
        this.attempts.set(input.row, null);
        const answer = this.attempt(() => {
          const docId = `out-${this.sent.length + 1}` as HubDocId;
          this.sent.push({ ...structuredClone(input), docId });
          return docId;
        });
        if (!this.forgetsAnswers) this.attempts.set(input.row, answer);
        return answer;
      },
      attempt: ({ row }: { row: string }) => {
        const answer = this.attempts.get(row);
        if (answer === undefined) return { kind: 'none' };
        return answer === null ? { kind: 'open' } : { kind: 'answered', answer };
      },
      sent: () => {
        const items = this.sent
          .filter((one) => one.kind === 'edoc')
          .flatMap((one) => {
            const facts = [...this.packages.values()].find((known) => known.sha === one.packageSha)?.facts;
            if (facts === undefined) return [];
            return one.receivers.map((to) => ({
              docId: one.docId,
              from: 'H37',
              to,
              title: facts.subject,
              notation: `${facts.number}/${facts.notation}`,
              sentAt: '2026/11/20 23:59:59',
            }));
          });
        const down = this.mood === 'down';
        const answer: HubAnswer = down
          ? { kind: 'not-sent', code: 'hub-unreachable', retryAfterSeconds: null }
          : { kind: 'accepted', docId: null };
        return { answer, items: down || this.sentListLags ? [] : items };
      },
    },
    agencies: {
      refresh: () => ({
        answer: { kind: 'accepted', docId: null },
        state: { agencies: 3, added: 0, changed: 0, removed: 0 },
      }),
    },
    package: {
      document: ({ act, facts }: { act: string; facts: DocumentFacts }) => this.freeze(act, { facts }),
      status: ({ act, status }: { act: string; status: DocumentStatus }) => this.freeze(act, { status }),
    },
    numbers: {
      propose: ({ register, year }: { register: string; year: number }) => {
        const used = [...this.numbers.values()].filter((one) => one.key.startsWith(`${register}/${year}/`));
        return { next: Math.max(0, ...used.map((one) => one.number)) + 1 };
      },
      give: (input: { act: string; register: string; year: number; number: number }) => {
        const existing = this.numbers.get(input.act);
        if (existing) return { number: existing.number, at: this.instant() };
        const key = `${input.register}/${input.year}/${input.number}`;
        if ([...this.numbers.values()].some((one) => one.key === key)) throw new FakeFailure('number-taken');
        this.numbers.set(input.act, { key, number: input.number });
        return { number: input.number, at: this.instant() };
      },
      stamp: () => ({ file: null }),
      saveDraft: () => ({ saved: true, blanks: 3 }),
      start: () => ({}),
    },
    files: {
      begin: () => ({ upload: crypto.randomUUID() }),
      append: () => ({}),
      finish: () => pdf(this.sha('upload')),
      saveCopy: () => ({ saved: true }),
      verify: () => ({ verdict: this.verdict, at: this.instant(), pages: 1 }),
      read: () => ({ pages: 1, secret: false, text: '' }),
    },
    calendar: {
      read: () => ({ changes: structuredClone(this.calendar) }),
      write: ({ changes }: { changes: CalendarChange[] }) => {
        this.calendar = structuredClone(changes);
        return {};
      },
    },
    hand: {
      bring: ({ sha256 }: { sha256: string }) => {
        const arrival = this.byHand.get(sha256);
        if (arrival === undefined) throw new FakeFailure('hand-unreadable');
        if (!this.arrivals.some((known) => known.docId === arrival.docId)) this.arrivals.push(arrival);
        return { arrival: structuredClone(arrival) };
      },
    },
    levels: {
      jobs: ({ documentId }: { documentId: string | null }) => ({
        policy: { enabled: this.jobs.length > 0, target: 'B-LTA', beforeSending: 'try' },
        jobs: this.jobs.filter((job) => documentId === null || job.documentId === documentId),
      }),
      file: ({ input }: { input: string }) => {
        const newest = this.jobs.find((job) => job.input === input)?.names.at(-1);
        return { file: newest === undefined || newest === input ? null : pdf(newest) };
      },
      raise: () => ({}),
      settle: () => ({}),
      evidence: () => ({ evidence: null }),
    },
    signing: {
      standing: () => ({ standing: null }),
      signers: () => ({ signers: [] }),
      place: () => ({ placement: { page: 1, x: 0, y: 0, width: 1, height: 1 }, found: false, words: [] }),
      sign: (request: SignAsked) => this.signOnce(request),
      signAll: ({ requests }: { requests: SignAsked[] }) => ({
        results: requests.map((request) => this.signOnce(request)),
      }),
    },
    batch: {
      start: ({ batch, documents }: { batch: string; documents: BatchDocument[] }) => {
        const outcomes = documents.map((document) => this.signedOutcome(document));
        for (const outcome of outcomes.slice(0, this.toldOutcomes)) {
          for (const tell of this.windows) tell('batch.outcome', { batch, outcome });
        }
        return { outcomes };
      },
      pause: () => ({}),
      resume: () => ({}),
      cancel: () => ({}),
      running: () => ({ progress: null }),
      recover: ({ documents }: { documents: BatchDocument[] }) => ({
        outcomes: documents
          .filter(({ files }) => files.every(({ act }) => this.signatures.has(act)))
          .map((document) => this.signedOutcome(document)),
      }),
    },
  };

  private signedOutcome({ documentId, files }: BatchDocument): BatchOutcome {
    if (this.refused.has(documentId)) return { kind: 'refused', documentId, code: 'leader-missing' };
    return { kind: 'signed', documentId, files: files.map((file) => this.signOnce(file)) };
  }

  private signOnce({ act, role }: SignAsked): Answer<'signing', 'sign'> {
    const existing = this.signatures.get(act);
    if (existing) return existing.signature;
    const sha256 = this.sha(`signed-${role}`);
    const signature = {
      signature: { signer: role, at: this.instant(), sha256, elsewhere: false },
      file: pdf(sha256),
      level: 'B-B',
    };
    this.signatures.set(act, { signature, count: 1 });
    return signature;
  }

  private freeze(act: string, content: { facts?: DocumentFacts; status?: DocumentStatus }) {
    const existing = this.packages.get(act);
    if (existing) return { packageSha: existing.sha, size: 1 };
    const sha = this.sha(`package-${act}`);
    this.packages.set(act, { sha, ...structuredClone(content) });
    return { packageSha: sha, size: 1 };
  }

  /** One call, by name; throws only FakeFailure. */
  run(name: string, input: unknown): unknown {
    const [area, method] = name.split('.') as ['hub', 'list'];
    this.calls.push(name);
    if (name === 'journal.put' && this.journalFails !== null) throw new FakeFailure(this.journalFails);
    const effect = this.effects[area][method] as (given: unknown) => unknown;
    return effect(input);
  }

  /** The status codes of the packages the hub took, in order, as `code>receiver`. */
  statusesSent(): string[] {
    return this.sent
      .filter((one) => one.kind === 'status')
      .map((one) => {
        const known = [...this.packages.values()].find((frozen_) => frozen_.sha === one.packageSha);
        return `${known?.status?.code}>${one.receivers.join('+')}`;
      });
  }
}

export class FakeFailure extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export function pdf(sha256: Sha256, name = 'van-ban.pdf'): Attachment {
  return {
    sha256,
    name,
    description: '',
    contentType: 'application/pdf',
    size: 1000,
    verdict: null,
    verifiedAt: null,
    problem: null,
  };
}

function hexOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
