import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../preload/contract/failure';
import { asInstant, asSha256, newActId, newDeskId, type Sha256 } from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest } from '../../preload/contract/signing-request';
import { type BlobStore, openBlobStore } from '../blobs';
import { samplePdf } from '../pdf/sample-pdf';
import { knownSigner, readyToSign } from '../signing';
import { testFont, testKey, testSigner } from '../signing/test-signers';
import type { TokenClient, TokenSession } from '../token/client';
import { verifyPdf } from '../verifying';
import { createSigning } from './signing';
import type { SigningMemory } from './signing-memory';

const now = (): Date => new Date();
const agencyName = 'UBND tỉnh Lạng Sơn';
const people = {
  leader: testKey('rsa:2048', '/CN=Trần Thị Bình'),
  agency: testKey('rsa:2048', '/CN=Ủy ban nhân dân tỉnh Lạng Sơn'),
};
const font = testFont();

/** Everything the service stands on: a real store, a real verdict, a token that counts what it signs. */
class Bench {
  readonly documents = new Map<string, OutgoingDocument>();
  readonly outputs = new Map<string, Sha256>();
  readonly asked: PinRequest[] = [];
  signatures = 0;
  numbered = true;
  dieAfterSigning = false;
  refusePin = false;
  constructor(readonly blobs: BlobStore) {}

  private session(who: keyof typeof people, hashes: readonly string[]): TokenSession {
    const { signer } = testSigner(people[who], 'rsa-pkcs1-sha256');
    const session = {
      algorithm: signer.algorithm,
      certificate: signer.certificate,
      chain: [],
      sign: async (bytes: Uint8Array) => {
        expect(hashes).toContain(createHash('sha256').update(bytes).digest('hex'));
        this.signatures += 1;
        return signer.sign(bytes);
      },
      end: async () => undefined,
    };
    return session as unknown as TokenSession;
  }

  private tokens(): TokenClient {
    const card = (who: keyof typeof people, subject: string) => ({
      fingerprint: createHash('sha256').update(people[who].certificate).digest('hex'),
      subject,
      issuer: 'CA',
      notAfter: Date.now() + 1e9,
      keyType: 'RSA-2048',
      authority: false,
      reason: null,
    });
    const token = (label: string, certificate: object) => ({
      module: '/m.so',
      label,
      serial: label,
      manufacturer: 'm',
      pin: 'ready',
      pinPad: false,
      minPin: 4,
      maxPin: 16,
      certificates: [certificate],
    });
    const tokens = [
      token('a', card('leader', 'Trần Thị Bình')),
      token('b', card('agency', 'Ủy ban nhân dân tỉnh Lạng Sơn')),
    ];
    const client = {
      list: async () => [{ path: '/m.so', ok: true, module: { tokens } }],
      open: async ({ tokenLabel, hashes }: { tokenLabel: string; hashes: string[] }) =>
        this.session(tokenLabel === 'a' ? 'leader' : 'agency', hashes),
    };
    return client as unknown as TokenClient;
  }

  private memory(): SigningMemory {
    const tickets = new Map<string, string>();
    return {
      outputOf: (act) => this.outputs.get(act) ?? null,
      opened: async (ticket, act) => void tickets.set(ticket, act),
      signed: async (ticket, output) => {
        this.outputs.set(tickets.get(ticket) ?? '', output);
        if (this.dieAfterSigning) throw new Error('killed');
      },
      closed: async () => undefined,
      document: (id) => this.documents.get(id) ?? null,
      hasNumber: () => this.numbered,
    };
  }

  service(profile: 'clerk' | 'leader') {
    return createSigning({
      blobs: this.blobs,
      tokens: this.tokens(),
      drivers: () => ['/m.so'],
      prepare: async (input, order, signer) => {
        const known = knownSigner({ ...signer, sign: async () => new Uint8Array() });
        return readyToSign(await this.blobs.open(input), order, known, { font });
      },
      verdictOf: async (sha) => {
        const options = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: now() };
        return verifyPdf(await this.blobs.open(sha), options).verdict;
      },
      pagesOf: async () => 3,
      askPin: async (request) => {
        this.asked.push(request);
        if (this.refusePin) throw Object.assign(new Error('no'), { name: 'Failure', code: 'cancelled' });
      },
      memory: this.memory(),
      pss: false,
      agencyName,
      profile,
      image: async () => null,
      placeOf: async () => null,
      blanksOf: async () => [],
      now,
      tell: () => undefined,
      schedule: () => () => undefined,
    });
  }

  /** A document whose newest PDF is this. */
  async add(bytes: Uint8Array): Promise<OutgoingDocument> {
    const { sha256, size } = await this.blobs.put({ kind: 'own-file', docId: '', name: 'a.pdf' }, bytes);
    return this.with(newDeskId(), file(sha256, size));
  }

  with(id: OutgoingDocument['id'], main: Attachment): OutgoingDocument {
    const document = documentOf(id, main);
    this.documents.set(id, document);
    return document;
  }
}

function file(sha256: Sha256, size: number): Attachment {
  const nothing = { verdict: null, verifiedAt: null, problem: null };
  return { sha256, size, name: 'a.pdf', description: '', contentType: 'application/pdf', ...nothing };
}

function documentOf(id: OutgoingDocument['id'], main: Attachment): OutgoingDocument {
  const organ = { code: 'H37', name: agencyName };
  return {
    id,
    rev: 1,
    state: 'to-seal',
    facts: {
      documentId: '',
      number: '318',
      notation: 'UBND-VX',
      typeName: 'Công văn',
      subject: 'V/v kết nối',
      content: '',
      place: 'Lạng Sơn',
      issuedOn: null,
      signer: { competence: '', position: 'Chủ tịch', name: 'Trần Thị Bình' },
      sender: organ,
      receivers: [{ code: 'G12', name: 'Bộ Tài chính' }],
      toPlaces: [],
      urgency: 0,
      dueOn: null,
      pages: 1,
      copies: 1,
      appendixes: [],
      responseFor: [],
      business: { type: '0', reason: '', targetDocumentId: '' },
      paper: false,
    },
    main,
    annexes: [],
    leaderSignature: null,
    seal: null,
    numberGiven: null,
    packageSha: null,
    hubDocId: null,
    deliveries: [],
    answers: null,
    createdAt: asInstant(now()),
    sentAt: null,
    history: [],
  };
}

function request(document: OutgoingDocument, role: 'leader' | 'seal', act = newActId()): SigningRequest {
  const who = role === 'leader' ? people.leader : people.agency;
  return {
    act,
    documentId: document.id,
    role,
    input: document.main?.sha256 ?? asSha256('0'.repeat(64)),
    fingerprint: asSha256(createHash('sha256').update(who.certificate).digest('hex')),
    placement: { page: 1, x: 300, y: 200, width: 120, height: 60 },
    title: 'nói gì cũng được',
    pages: 1,
    number: '',
    issuedOn: null,
  };
}

async function code(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    return codeOf(error);
  }
}

let bench: Bench;
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-signing-'));
  bench = new Bench(await openBlobStore({ folder, roomKey: randomBytes(32), now }));
});

/** A document the leader has signed, as the clerk gets it. */
async function signedByLeader(): Promise<OutgoingDocument> {
  const draft = await bench.add(samplePdf('table'));
  const [done] = await bench.service('leader').sign([request(draft, 'leader')]);
  if (done === undefined) throw new Error('not signed');
  return bench.with(draft.id, file(done.output, done.size));
}

describe('the gate before the token', () => {
  it('refuses the seal before the leader, before the number, and on bytes that are not the newest', async () => {
    const clerk = bench.service('clerk');
    const unsigned = await bench.add(samplePdf('table'));
    expect(await code(clerk.sign([request(unsigned, 'seal')]))).toBe('leader-missing');
    const document = await signedByLeader();
    bench.numbered = false;
    expect(await code(clerk.sign([request(document, 'seal')]))).toBe('number-missing');
    bench.numbered = true;
    const stale = { ...request(document, 'seal'), input: asSha256('a'.repeat(64)) };
    expect(await code(clerk.sign([stale]))).toBe('signing-bytes-changed');
    const unknown = { ...request(document, 'seal'), documentId: randomUUID() as OutgoingDocument['id'] };
    expect(await code(clerk.sign([unknown]))).toBe('signing-bytes-changed');
    expect(bench.asked).toHaveLength(1);
  });

  it('lets a clerk sign for nobody else, and a leader never seal', async () => {
    const document = await signedByLeader();
    expect(await code(bench.service('clerk').sign([request(document, 'leader')]))).toBe(
      'signing-not-leader-profile',
    );
    expect(await code(bench.service('leader').sign([request(document, 'seal')]))).toBe(
      'signing-not-clerk-profile',
    );
  });
});

describe('a signature', () => {
  it('is checked from the store, keeps every earlier byte, and says in the PIN window what main knows', async () => {
    const document = await signedByLeader();
    const [sealed] = await bench.service('clerk').sign([request(document, 'seal')]);
    expect(sealed?.verdict.signatures.map((one) => one.integrity)).toEqual(['intact', 'intact']);
    const before = await bench.blobs.readRange(request(document, 'seal').input, 0, document.main?.size ?? 0);
    const after = await bench.blobs.readRange(sealed?.output ?? asSha256('0'.repeat(64)), 0, before.length);
    expect(Buffer.from(after).equals(Buffer.from(before))).toBe(true);
    expect(bench.asked.at(-1)?.documents).toEqual([
      { number: '318/UBND-VX', subject: 'V/v kết nối', pages: 3, receivers: 1 },
    ]);
  });

  it('is never made twice for one act, not even after a crash right after it was stored', async () => {
    const document = await signedByLeader();
    const act = newActId();
    bench.dieAfterSigning = true;
    expect(await code(bench.service('clerk').sign([request(document, 'seal', act)]))).toBe('internal');
    bench.dieAfterSigning = false;
    const signed = bench.signatures;
    const [again] = await bench.service('clerk').sign([request(document, 'seal', act)]);
    expect(bench.signatures).toBe(signed);
    expect(again?.output).toBe(bench.outputs.get(act));
  });

  it('is one signature when a window that died asks for the same act again while the first still runs', async () => {
    const document = await signedByLeader();
    const clerk = bench.service('clerk');
    const signed = bench.signatures;
    const asked = bench.asked.length;
    const same = request(document, 'seal');
    const [first, second] = await Promise.all([clerk.sign([same]), clerk.sign([same])]);
    expect(bench.signatures).toBe(signed + 1);
    expect(bench.asked).toHaveLength(asked + 1);
    expect(second?.[0]?.output).toBe(first?.[0]?.output);
  });

  it('leaves nothing behind when the clerk does not sign', async () => {
    const document = await signedByLeader();
    const signed = bench.signatures;
    bench.refusePin = true;
    expect(await code(bench.service('clerk').sign([request(document, 'seal')]))).toBe('cancelled');
    expect(bench.signatures).toBe(signed);
    expect(bench.documents.get(document.id)).toEqual(document);
  });
});
