// A hub as a model: it takes whatever comes and never recognises a package, answers as the run has drawn, and may be put
// back to an earlier day. It keeps apart what it holds now from everything that ever had an effect.
import type { Hub, HubAnswer, MessageKind, NotSentReason, SendRequest } from '../../main/exchange/hub';
import type { DocumentFacts } from '../../preload/contract/records';
import type { Pulse } from './life';

/**
 * How the next call ends. `late`: it has its effect at once and its answer only after time has passed; `slow`: both come
 * after time has passed; `half`: as much of a package as fits into half of it.
 */
export const fates = [
  'ok',
  'away',
  'busy',
  'refused',
  'mute',
  'answer-lost',
  'late',
  'slow',
  'half',
  'lagging',
] as const;
export type Fate = (typeof fates)[number];

/** A document package of the model is these facts as JSON; a status package names its document and code. */
export type Content =
  | { readonly kind: 'edoc'; readonly facts: DocumentFacts }
  | {
      readonly kind: 'status';
      readonly about: string;
      readonly code: string;
      readonly from: string;
      readonly at: string;
    };

export interface Taken {
  readonly docId: string;
  readonly sha256: string;
  readonly kind: MessageKind;
  readonly content: Content;
  readonly to: readonly string[];
}

interface Waiting {
  readonly kind: MessageKind;
  readonly bytes: Uint8Array;
}

export interface HubState {
  readonly waiting: Map<string, Waiting>;
  readonly taken: Taken[];
}

const answered = <T>(value: T): HubAnswer<T> => ({ kind: 'ok', value });
const notSent = (reason: NotSentReason, retryAfterSeconds: number | null): HubAnswer<never> => ({
  kind: 'not-sent',
  reason,
  detail: '',
  retryAfterSeconds,
});
const unknown: HubAnswer<never> = {
  kind: 'unknown',
  reason: 'timed-out',
  detail: '',
  retryAfterSeconds: null,
};

export const contentOf = (bytes: Uint8Array): Content =>
  JSON.parse(Buffer.from(bytes).toString('utf8')) as Content;

export class ModelHub {
  state: HubState = { waiting: new Map(), taken: [] };
  /** Every effect of a send that there ever was, also of those a restored backup has forgotten. */
  readonly ever: Taken[] = [];
  /** Every package it ever offered that a backup has not taken away before anybody could read it. */
  readonly offered = new Map<string, Waiting>();
  private backup: HubState | null = null;
  private serial = 0;
  private released: (() => void)[] = [];

  /**
   * @param nextFate the drawn end of the next call
   * @param beforeDone called before `done` has its effect: what must be true by then
   */
  constructor(
    private readonly pulse: Pulse,
    private readonly nextFate: (of: 'send' | 'other') => Fate,
    private readonly beforeDone: (docId: string) => void,
  ) {}

  offer(kind: MessageKind, content: Content, docId = this.name('in')): string {
    const waiting = { kind, bytes: Buffer.from(JSON.stringify(content)) };
    this.state.waiting.set(docId, waiting);
    this.offered.set(docId, waiting);
    return docId;
  }

  private name(prefix: string): string {
    this.serial += 1;
    return `${prefix}-${this.serial}`;
  }

  keepBackup(): void {
    this.backup = { waiting: new Map(this.state.waiting), taken: [...this.state.taken] };
  }

  /** Back to the last backup, if there is one; what was offered since is gone with everything else. */
  restore(): void {
    if (this.backup === null) return;
    for (const docId of this.state.waiting.keys()) {
      if (!this.backup.waiting.has(docId)) this.offered.delete(docId);
    }
    this.state = { waiting: new Map(this.backup.waiting), taken: [...this.backup.taken] };
  }

  /** Time has passed: what was slow or late comes to its end. */
  release(): void {
    const all = this.released;
    this.released = [];
    for (const go of all) go();
  }

  private passing(): Promise<void> {
    return new Promise((resolve) => {
      this.released.push(resolve);
    });
  }

  private async call<T>(
    effect: () => HubAnswer<T>,
    whenHalf: () => void = () => undefined,
    of: 'send' | 'other' = 'other',
  ) {
    this.pulse.beats += 1;
    const fate = this.nextFate(of);
    switch (fate) {
      case 'away':
        return notSent('unreachable', null);
      case 'busy':
        return notSent('busy', 600);
      case 'refused':
        return { kind: 'refused', errorCode: '18', errorDesc: 'no' } as HubAnswer<T>;
      case 'mute':
        return unknown;
      case 'half':
        whenHalf();
        return unknown;
      case 'answer-lost':
        effect();
        return unknown;
      case 'late': {
        const answer = effect();
        await this.passing();
        return answer;
      }
      case 'slow':
        await this.passing();
        return effect();
      case 'ok':
      case 'lagging':
        return effect();
    }
  }

  private take(request: SendRequest): HubAnswer<{ docId: string }> {
    const bytes = request.source.read(0, request.source.size);
    const taken: Taken = {
      docId: this.name('out'),
      sha256: request.sha256,
      kind: request.kind,
      content: contentOf(bytes),
      to: [...request.to],
    };
    this.state.taken.push(taken);
    this.ever.push(taken);
    return answered({ docId: taken.docId });
  }

  /** The client of this hub, as main has it. */
  client(): Hub {
    const unasked = () => Promise.reject(new Error('not asked in a simulation'));
    return {
      list: (kind) =>
        this.call(() => {
          const waiting = [...this.state.waiting].filter(([, one]) => one.kind === kind);
          const items = waiting.map(([docId]) => ({
            ...{ docId, serviceType: '', messageType: kind, from: 'G12', to: [], createdTime: '' },
            ...{ updatedTime: '', status: '', statusDesc: '', other: {} },
          }));
          return answered({ items, unreadable: 0 });
        }),
      fetch: async (docId, sink) => {
        const { bytes } = this.state.waiting.get(docId) ?? {};
        if (bytes === undefined) return { kind: 'refused', errorCode: '11', errorDesc: 'gone' };
        const half = () => void sink.write(bytes.subarray(0, bytes.length >> 1));
        return this.call(() => {
          void sink.write(bytes);
          return answered({ sha256: '', size: bytes.length });
        }, half);
      },
      send: (request) => this.call(() => this.take(request), undefined, 'send'),
      acknowledge: (docId) =>
        this.call(() => {
          this.beforeDone(docId);
          this.state.waiting.delete(docId);
          return answered(null);
        }),
      sent: async () => {
        const lags = this.nextFate('other') === 'lagging';
        const items = (lags ? [] : this.state.taken).flatMap((one) => {
          if (one.content.kind !== 'edoc') return [];
          const { facts } = one.content;
          return one.to.map((toCode) => ({
            ...{ serviceType: '', messageType: 'edoc', senderDocId: one.docId, receiverDocId: '' },
            ...{ fromCode: facts.sender.code, toCode, title: facts.subject },
            ...{ notation: `${facts.number}/${facts.notation}`, sentTime: '', receivedTime: '' },
            ...{ sendStatus: '', sendStatusDesc: '', receiveStatus: '', receiveStatusDesc: '', other: {} },
          }));
        });
        return this.call(() => answered({ items, unreadable: 0 }));
      },
      agencies: () => this.call(() => answered({ items: [], unreadable: 0 })),
      ...{ units: unasked, registerAgency: unasked, removeAgency: unasked, count: unasked },
    };
  }
}
