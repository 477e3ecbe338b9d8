// Several files under one login, over fakes: a frozen list, one output for an act, and what stays when a device goes.
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { SigningRequest } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import { type ActId, asSha256, newActId, newDeskId, type Sha256 } from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import type { ReadyToSign } from '../signing';
import type { TokenSession } from '../token/client';
import { createSigning, type SigningParts } from './signing';

// The CMS has its own tests: here it only matters which bytes the token is asked to sign, and when.
vi.mock('../signing', async (original) => ({
  ...(await original<typeof import('../signing')>()),
  knownSigner: (signer: unknown) => ({ signer }),
  completeSignature: async (
    ready: ReadyToSign,
    known: { signer: { sign(bytes: Uint8Array): Promise<Uint8Array> } },
  ) => known.signer.sign(ready.attributes),
}));

const agency = 'UBND tỉnh Lạng Sơn';
const hex = (text: string): Sha256 => asSha256(createHash('sha256').update(text).digest('hex'));
const fingerprint = hex('certificate');

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

const id = newDeskId();
const document = {
  id,
  main: file('van-ban.pdf'),
  annexes: [file('phu-luc-1.pdf'), file('phu-luc-2.pdf')],
  facts: {
    number: '318',
    notation: 'UBND-KT',
    subject: 'V/v giải ngân',
    receivers: [{ code: 'G12', name: '' }],
  },
} as unknown as OutgoingDocument;

function request(name: string, role: SigningRequest['role'], act: ActId = newActId()): SigningRequest {
  return {
    act,
    documentId: id,
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

interface World {
  readonly asked: PinRequest[];
  readonly frozen: (readonly string[])[];
  readonly signed: string[];
  readonly outputs: Map<string, Sha256>;
  readonly lines: string[];
  goesAfter: number;
  refuses: boolean;
}

function service(): World & { sign(requests: readonly SigningRequest[]): Promise<{ name: string }[]> } {
  const world: World = {
    asked: [],
    frozen: [],
    signed: [],
    outputs: new Map(),
    lines: [],
    goesAfter: Number.POSITIVE_INFINITY,
    refuses: false,
  };
  const tickets = new Map<string, string>();
  const session = (hashes: readonly string[]) =>
    ({
      algorithm: 'rsa-sha256',
      certificate: new Uint8Array(1),
      chain: [],
      async sign(bytes: Uint8Array) {
        if (world.signed.length >= world.goesAfter) throw new Failure('token-removed');
        const hash = createHash('sha256').update(bytes).digest('hex');
        expect(hashes).toContain(hash);
        world.signed.push(Buffer.from(bytes).toString());
        return bytes;
      },
      end: async () => undefined,
    }) as unknown as TokenSession;
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
  const parts = {
    blobs: {
      freeSpace: async () => ({ low: false }),
      size: async () => 1,
      derive: async (input: Sha256) => ({ sha256: hex(`signed ${input}`) }),
    },
    tokens: {
      list: async () => [{ path: '/m', ok: true, module: { path: '/m', tokens: [token] } }],
      open: async ({ hashes }: { hashes: string[] }) => {
        world.frozen.push(hashes);
        return session(hashes);
      },
    },
    drivers: () => ['/m'],
    prepare: async (input: Sha256) => ({
      prepared: { increment: new Uint8Array(1) },
      attributes: Buffer.from(`attributes of ${input}`),
    }),
    verdictOf: async () => valid,
    pagesOf: async () => 1,
    askPin: async (asked: PinRequest) => {
      if (world.refuses) throw new Failure('cancelled');
      world.asked.push(asked);
    },
    memory: {
      outputOf: (act: ActId) => world.outputs.get(act) ?? null,
      opened: async (ticket: string, act: ActId) => {
        tickets.set(ticket, act);
        world.lines.push(`opened ${act}`);
      },
      signed: async (ticket: string, output: Sha256) => {
        world.outputs.set(tickets.get(ticket) ?? '', output);
        world.lines.push(`signed ${tickets.get(ticket)}`);
      },
      closed: async (ticket: string) => void world.lines.push(`closed ${tickets.get(ticket)}`),
      document: () => document,
      hasNumber: () => true,
    },
    pss: false,
    agencyName: agency,
    profile: 'clerk',
    image: async () => null,
    placeOf: async () => null,
    now: () => new Date('2026-11-20T03:00:00Z'),
  } as unknown as SigningParts;
  const signing = createSigning(parts);
  return Object.assign(world, { sign: (requests: readonly SigningRequest[]) => signing.sign(requests) });
}

const whole = () => [
  request('van-ban.pdf', 'seal'),
  request('phu-luc-1.pdf', 'attachment'),
  request('phu-luc-2.pdf', 'attachment'),
];

describe('a letter and its annexes', () => {
  it('are signed under one login that may sign just these, and the PIN window names each', async () => {
    const world = service();
    const requests = whole();
    const results = await world.sign(requests);
    expect(results.map((one) => one.name)).toEqual(['van-ban.pdf', 'phu-luc-1.pdf', 'phu-luc-2.pdf']);
    expect(world.asked).toHaveLength(1);
    expect(world.asked[0]?.role).toBe('seal');
    expect(world.asked[0]?.documents.map((one) => one.subject)).toEqual([
      'V/v giải ngân',
      'Tệp kèm theo: phu-luc-1.pdf',
      'Tệp kèm theo: phu-luc-2.pdf',
    ]);
    expect(new Set(world.frozen.at(-1)).size).toBe(3);
    // The ticket of a file opens while the one before it is with the token; each file's own lines keep their order.
    const named = requests.map((one) => one.act);
    for (const act of named) {
      expect(world.lines.filter((line) => line.endsWith(act))).toEqual([
        `opened ${act}`,
        `signed ${act}`,
        `closed ${act}`,
      ]);
    }
  });

  it('keep what was signed before the device was pulled out, and only the rest is signed later', async () => {
    const world = service();
    const requests = whole();
    world.goesAfter = 1;
    await expect(world.sign(requests)).rejects.toMatchObject({ code: 'token-removed' });
    expect(world.outputs.size).toBe(1);
    world.goesAfter = Number.POSITIVE_INFINITY;
    await world.sign(requests);
    expect(world.signed).toHaveLength(3);
    expect(world.asked.at(-1)?.documents).toHaveLength(2);
    await world.sign(requests);
    expect([world.signed.length, world.asked.length]).toEqual([3, 2]);
  });

  it('have one signature for a file that stands twice in the list', async () => {
    const world = service();
    const act = newActId();
    const results = await world.sign([
      request('phu-luc-1.pdf', 'attachment', act),
      request('phu-luc-1.pdf', 'attachment', act),
    ]);
    expect([results.length, world.signed.length]).toEqual([2, 1]);
  });

  it('stay unsigned when the clerk does not sign, or when they ask for two certificates at once', async () => {
    const world = service();
    world.refuses = true;
    await expect(world.sign(whole())).rejects.toMatchObject({ code: 'cancelled' });
    const [first, second] = whole();
    if (first === undefined || second === undefined) throw new Error('two requests');
    await expect(world.sign([first, { ...second, fingerprint: hex('other') }])).rejects.toMatchObject({
      code: 'call-refused',
    });
    expect([world.signed, world.lines]).toEqual([[], []]);
  });

  it('are refused whole when one of them is no file of the document', async () => {
    const world = service();
    await expect(world.sign([...whole(), request('khac.pdf', 'attachment')])).rejects.toMatchObject({
      code: 'signing-bytes-changed',
    });
    expect([world.asked, world.signed]).toEqual([[], []]);
  });
});
