// A signing service over fakes for tests: a token that counts and may go, a journal of lines, documents as many as wanted. The
// CMS is not made here: it only matters which bytes the token is asked to sign, and when.
import { createHash } from 'node:crypto';
import type { BatchOutcome, BatchProgress } from '../../preload/contract/batch';
import { Failure } from '../../preload/contract/failure';
import {
  type ActId,
  asSha256,
  type DeskId,
  newActId,
  newDeskId,
  type Sha256,
} from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest } from '../../preload/contract/signing-request';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import type { TokenSession } from '../token/client';
import { createSigning, type SigningParts } from './signing';

export const agency = 'UBND tỉnh Lạng Sơn';
export const hex = (text: string): Sha256 => asSha256(createHash('sha256').update(text).digest('hex'));
export const fingerprint = hex('certificate');

const signature = (signer: string, field: string): SignatureVerdict => ({
  field,
  kind: 'signature',
  signer,
  issuer: 'CA',
  level: 'B-B',
  integrity: 'intact',
  coverage: 'whole-file',
  chain: 'trusted',
  revocation: 'good',
  time: { source: 'signingTime', value: '2026-11-20T02:00:00Z' },
  changes: 'none',
  permitted: true,
  codes: [],
});
const valid: FileVerdict = {
  verdict: 'valid',
  signatures: [signature('Trần Thị Bình', 'LanhDao')],
  codes: [],
};
const unsigned: FileVerdict = { verdict: 'unsigned', signatures: [], codes: [] };

function file(name: string): Attachment {
  return {
    sha256: hex(name),
    name,
    description: '',
    contentType: 'application/pdf',
    size: 1,
    verdict: null,
    verifiedAt: null,
    problem: null,
  };
}

/** A document with its files by name, the first of them the letter itself. */
export function documentOf(names: readonly string[], subject = 'V/v giải ngân'): OutgoingDocument {
  const [main = 'van-ban.pdf', ...annexes] = names;
  return {
    id: newDeskId(),
    main: file(main),
    annexes: annexes.map(file),
    facts: { number: '318', notation: 'UBND-KT', subject, receivers: [{ code: 'G12', name: '' }] },
  } as unknown as OutgoingDocument;
}

export function requestFor(
  document: OutgoingDocument,
  name: string,
  role: SigningRequest['role'],
  act: ActId = newActId(),
): SigningRequest {
  return {
    act,
    documentId: document.id,
    role,
    input: hex(name),
    fingerprint,
    placement: null,
    title: '',
    pages: role === 'seal' ? 1 : 0,
    number: '318/UBND-KT',
    issuedOn: null,
  };
}

export class SigningWorld {
  readonly documents = new Map<DeskId, OutgoingDocument>();
  readonly asked: PinRequest[] = [];
  readonly frozen: (readonly string[])[] = [];
  /** What the token signed, in order. */
  readonly signed: string[] = [];
  readonly outputs = new Map<string, Sha256>();
  /** `opened|signed|closed ACT`, as the journal would hold them. */
  readonly lines: string[] = [];
  readonly progress: BatchProgress[] = [];
  readonly told: BatchOutcome[] = [];
  /** What was asked to run later; a test runs it by hand. */
  readonly later: (() => void)[] = [];
  /** Inputs that no leader has signed. */
  readonly leaderless = new Set<Sha256>();
  /** Inputs whose signature the disk does not take. */
  readonly diskless = new Set<Sha256>();
  ended = 0;
  goesAfter = Number.POSITIVE_INFINITY;
  refuses = false;
  time = Date.parse('2026-11-20T03:00:00Z');
  /** Called when the token is given a file, before it signs. */
  atToken: (index: number) => void | Promise<void> = () => undefined;
  private readonly tickets = new Map<string, string>();
  readonly service = createSigning(this.parts());

  add(...documents: readonly OutgoingDocument[]): void {
    for (const one of documents) this.documents.set(one.id, one);
  }

  private session(hashes: readonly string[]): TokenSession {
    let over = false;
    const session = {
      algorithm: 'rsa-sha256',
      certificate: new Uint8Array(1),
      chain: [],
      sign: async (bytes: Uint8Array) => {
        await this.atToken(this.signed.length);
        if (over || this.signed.length >= this.goesAfter) throw new Failure('token-removed');
        const hash = createHash('sha256').update(bytes).digest('hex');
        if (!hashes.includes(hash)) throw new Failure('token-not-listed');
        this.signed.push(Buffer.from(bytes).toString());
        this.time += 400;
        return bytes;
      },
      end: async () => {
        over = true;
        this.ended += 1;
      },
    };
    return session as unknown as TokenSession;
  }

  private parts(): SigningParts {
    const card = {
      fingerprint,
      subject: agency,
      issuer: 'CA',
      notAfter: '2030-01-01T00:00:00Z',
      keyType: 'RSA',
      reason: null,
      authority: false,
    };
    const token = {
      module: '/m',
      serial: '1',
      label: 'T',
      manufacturer: '',
      pin: 'ready',
      certificates: [card],
    };
    return {
      blobs: {
        freeSpace: async () => ({ low: false }),
        size: async () => 1,
        derive: async (input: Sha256) => {
          if (this.diskless.has(input)) throw new Failure('disk-full');
          return { sha256: hex(`signed ${input}`) };
        },
      },
      tokens: {
        list: async () => [{ path: '/m', ok: true, module: { path: '/m', tokens: [token] } }],
        open: async ({ hashes }: { hashes: string[] }) => {
          this.frozen.push(hashes);
          return this.session(hashes);
        },
      },
      drivers: () => ['/m'],
      prepare: async (input: Sha256) => ({
        prepared: { increment: new Uint8Array(1) },
        attributes: Buffer.from(`attributes of ${input}`),
      }),
      verdictOf: async (sha256: Sha256) => (this.leaderless.has(sha256) ? unsigned : valid),
      pagesOf: async () => 1,
      askPin: async (asked: PinRequest) => {
        this.asked.push(asked);
        if (this.refuses) throw new Failure('cancelled');
      },
      memory: {
        outputOf: (act: ActId) => this.outputs.get(act) ?? null,
        opened: async (ticket: string, act: ActId) => {
          this.tickets.set(ticket, act);
          this.lines.push(`opened ${act}`);
        },
        signed: async (ticket: string, output: Sha256) => {
          this.outputs.set(this.tickets.get(ticket) ?? '', output);
          this.lines.push(`signed ${this.tickets.get(ticket)}`);
        },
        closed: async (ticket: string) => void this.lines.push(`closed ${this.tickets.get(ticket)}`),
        document: (id: DeskId) => this.documents.get(id) ?? null,
        hasNumber: () => true,
      },
      agencyName: agency,
      profile: 'clerk',
      image: async () => null,
      placeOf: async () => null,
      blanksOf: async () => [],
      now: () => new Date(this.time),
      tell: (name: string, payload: unknown) => {
        if (name === 'batch.progress') this.progress.push(payload as BatchProgress);
        if (name === 'batch.outcome') this.told.push((payload as { outcome: BatchOutcome }).outcome);
      },
      schedule: (_milliseconds: number, run: () => void) => {
        this.later.push(run);
        return () => {
          const at = this.later.indexOf(run);
          if (at >= 0) this.later.splice(at, 1);
        };
      },
    } as unknown as SigningParts;
  }
}
