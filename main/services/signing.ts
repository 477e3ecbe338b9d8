// Signs documents, one PIN for a list that is frozen before it: gate of law, certificate, frozen hash, PIN window, C_Sign, fsync, check from disk, ticket.
// It holds no PIN and no key, reads no foreign byte itself, and never makes a second output for an act.
import { createHash, randomUUID } from 'node:crypto';
import type { SignerCard, SigningRequest, SigningRole } from '../../preload/contract/calls';
import { assert, codeOf, Failure } from '../../preload/contract/failure';
import { type ActId, asInstant, asSha256, type Sha256 } from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { OutgoingDocument } from '../../preload/contract/records';
import { type FileVerdict, verdictOfSignature } from '../../preload/contract/verdict';
import type { BlobStore } from '../blobs';
import {
  completeSignature,
  knownSigner,
  type ReadyToSign,
  type Role,
  type Signer,
  type SigningOrder,
  signingGate,
} from '../signing';
import { type ChosenCertificate, certificatesOf, type TokenClient, type TokenSession } from '../token/client';
import type { SigningMemory } from './signing-memory';
import { earlierOf, isFileOf, pdfSigner, roleRefusal } from './signing-rules';

export interface SigningParts {
  readonly blobs: BlobStore;
  readonly tokens: TokenClient;
  /** Absolute paths of the drivers on this machine. */
  readonly drivers: () => readonly string[];
  /** In the reading host: parses the foreign PDF and prepares the increment. */
  readonly prepare: (
    input: Sha256,
    order: SigningOrder,
    signer: Omit<Signer, 'sign'>,
  ) => Promise<ReadyToSign>;
  readonly verdictOf: (sha256: Sha256) => Promise<FileVerdict>;
  /** Pages of a stored PDF, counted by the reading host: the PIN window never repeats what a page of documents claims. */
  readonly pagesOf: (sha256: Sha256) => Promise<number>;
  /** Shows the PIN window over the session and resolves when the token is logged in. */
  readonly askPin: (request: PinRequest, session: TokenSession) => Promise<void>;
  readonly memory: SigningMemory;
  readonly agencyName: string;
  readonly profile: 'clerk' | 'leader';
  readonly image: (role: SigningRole) => Promise<Uint8Array | null>;
  readonly now: () => Date;
}

export interface SigningResult {
  readonly output: Sha256;
  readonly size: number;
  readonly signer: string;
  readonly level: string;
  readonly verdict: FileVerdict;
  readonly at: Date;
  /** Name and description of the file that was signed. */
  readonly name: string;
  readonly description: string;
}

/** One file that is to be signed under the login that is about to be asked for. */
interface Task {
  readonly request: SigningRequest;
  readonly document: OutgoingDocument;
  readonly ready: ReadyToSign;
  readonly pages: number;
  /** SHA-256 of the attributes: what the session may sign. */
  readonly hash: string;
}

function cardOf(chosen: ChosenCertificate, role: SigningRole, parts: SigningParts): SignerCard {
  const { certificate, token } = chosen;
  const reason =
    certificate.reason ?? roleRefusal(role, certificate.subject, parts.agencyName, parts.profile);
  return {
    fingerprint: asSha256(certificate.fingerprint),
    holder: certificate.subject.replace(/\d{6,}/g, '***'),
    issuer: certificate.issuer,
    tokenLabel: token.label,
    validTo: asInstant(new Date(certificate.notAfter)),
    keyType: certificate.keyType,
    usable: reason === null && token.pin !== 'locked',
    reason: reason ?? (token.pin === 'locked' ? 'token-pin-locked' : null),
    pinState: token.pin,
  };
}

function orderOf(
  request: SigningRequest,
  image: Uint8Array | null,
  document: OutgoingDocument,
  now: Date,
): SigningOrder {
  const { placement } = request;
  const place =
    placement === null
      ? {}
      : {
          place: {
            page: placement.page - 1,
            rect: { x: placement.x, y: placement.y, width: placement.width, height: placement.height },
          },
        };
  const picture = image === null ? {} : { image };
  switch (request.role) {
    case 'leader':
      return { what: { role: 'leader', ...picture, ...place }, time: now };
    case 'seal':
      return { what: { role: 'seal', ...picture, ...place }, time: now };
    case 'attachment':
    case 'number': {
      const number = `${document.facts.number}/${document.facts.notation}`;
      return { what: { role: 'attachment', documentNumber: number, ...place }, time: now };
    }
  }
}

/** The signing service over its parts. */
export function createSigning(parts: SigningParts) {
  /** What the last look at the tokens showed; a look costs a driver call, so it is shared for two seconds. */
  let looked: { readonly at: number; readonly found: Promise<readonly ChosenCertificate[]> } | null = null;

  let inUse = 0;
  /** Signatures are made one call after another; the same acts asked again meanwhile are the same call. */
  const underWay = new Map<string, Promise<SigningResult[]>>();
  let tail: Promise<unknown> = Promise.resolve();

  async function lookAtTokens(): Promise<readonly ChosenCertificate[]> {
    const reports = await parts.tokens.list([...parts.drivers()]);
    return certificatesOf(reports);
  }

  function certificates(): Promise<readonly ChosenCertificate[]> {
    const now = parts.now().getTime();
    if (looked === null || now - looked.at > 2000) looked = { at: now, found: lookAtTokens() };
    return looked.found;
  }

  async function choose(fingerprint: string): Promise<ChosenCertificate> {
    looked = null;
    const found = (await certificates()).find((one) => one.certificate.fingerprint === fingerprint);
    if (found === undefined) throw new Failure('signing-signer-absent');
    if (found.certificate.reason !== null) throw new Failure(found.certificate.reason);
    return found;
  }

  async function checkedDocument(request: SigningRequest): Promise<OutgoingDocument> {
    const document = await parts.memory.document(request.documentId);
    if (document === null || !isFileOf(document, request.input)) throw new Failure('signing-bytes-changed');
    const role: Role = request.role;
    const verdict = await parts.verdictOf(request.input);
    const refusal = signingGate({
      role,
      earlier: earlierOf(verdict, parts.agencyName),
      number: parts.memory.hasNumber(request.documentId) ? 'given' : 'missing',
    });
    if (refusal !== undefined) throw new Failure(refusal);
    return document;
  }

  function pinRequest(
    role: SigningRole,
    chosen: ChosenCertificate,
    tasks: readonly Pick<Task, 'request' | 'document' | 'pages'>[],
  ): PinRequest {
    const { certificate, token } = chosen;
    return {
      role,
      holder: certificate.subject.replace(/\d{6,}/g, '***'),
      tokenLabel: token.label,
      tokenMaker: token.manufacturer,
      issuer: certificate.issuer,
      documents: tasks.map(({ request, pages, document: { facts, annexes } }) => {
        const annex = annexes.find((one) => one.sha256 === request.input);
        return {
          number: facts.number === '' ? '' : `${facts.number}/${facts.notation}`,
          subject: annex === undefined ? facts.subject : `Tệp kèm theo: ${annex.name}`,
          pages,
          receivers: facts.receivers.length,
        };
      }),
      tries: token.pin,
      pinPad: token.pinPad,
      minPin: token.minPin,
      maxPin: token.maxPin,
      language: 'vi',
    };
  }

  async function result(output: Sha256, at: Date, request: SigningRequest): Promise<SigningResult> {
    const document = await parts.memory.document(request.documentId);
    const files = document === null ? [] : [document.main, ...document.annexes];
    const input = files.find((one) => one?.sha256 === request.input);
    const verdict = await parts.verdictOf(output);
    const last = verdict.signatures.at(-1);
    const size = await parts.blobs.size(output);
    assert(size !== null, 'a signed file is a blob');
    if (last === undefined || last.integrity === 'broken' || last.coverage !== 'whole-file') {
      throw new Failure('signing-not-verified', verdict.verdict);
    }
    const broken = verdict.signatures.some((one) => verdictOfSignature(one) === 'invalid');
    if (broken) throw new Failure('signing-not-verified', verdict.verdict);
    return {
      output,
      size,
      signer: last.signer,
      level: last.level,
      verdict,
      at,
      name: input?.name ?? 'van-ban.pdf',
      description: input?.description ?? '',
    };
  }

  /** The output that this act already has, or null. Bytes that do not verify are no signature: then the act is done anew. */
  async function doneBefore(request: SigningRequest): Promise<SigningResult | null> {
    const before = parts.memory.outputOf(request.act);
    if (before === null) return null;
    try {
      return await result(before, parts.now(), request);
    } catch (error) {
      if (codeOf(error) !== 'signing-not-verified') throw error;
      return null;
    }
  }

  /** One login for all of these; each has its own ticket, and its output counts from the moment its bytes are on the disk. */
  async function signTasks(
    requests: readonly SigningRequest[],
    fingerprint: string,
    role: SigningRole,
  ): Promise<ReadonlyMap<ActId, SigningResult>> {
    const documents = new Map<SigningRequest, OutgoingDocument>();
    for (const request of requests) documents.set(request, await checkedDocument(request));
    const chosen = await choose(fingerprint);
    for (const request of requests) {
      const refusal = roleRefusal(request.role, chosen.certificate.subject, parts.agencyName, parts.profile);
      if (refusal !== null) throw new Failure(refusal);
    }
    if ((await parts.blobs.freeSpace()).low) throw new Failure('disk-low');

    const { certificate, token } = chosen;
    const at = parts.now();
    // The session is opened twice: first to learn the chain and algorithm, then with the hashes it may sign.
    const place = {
      module: token.module,
      tokenSerial: token.serial,
      tokenLabel: token.label,
      fingerprint: certificate.fingerprint,
      pss: false,
    };
    const probe = await parts.tokens.open({ ...place, hashes: ['0'.repeat(64)] });
    const identity = pdfSigner(probe);
    await probe.end();
    const tasks: Task[] = [];
    for (const [request, document] of documents) {
      const image = await parts.image(request.role);
      const ready = await parts.prepare(request.input, orderOf(request, image, document, at), identity);
      const hash = createHash('sha256').update(ready.attributes).digest('hex');
      tasks.push({ request, document, ready, hash, pages: await parts.pagesOf(request.input) });
    }
    const session = await parts.tokens.open({ ...place, hashes: tasks.map((task) => task.hash) });
    try {
      await parts.askPin(pinRequest(role, chosen, tasks), session);
      const results = new Map<ActId, SigningResult>();
      for (const task of tasks) results.set(task.request.act, await signTask(task, session, at));
      return results;
    } finally {
      await session.end();
    }
  }

  async function signTask(task: Task, session: TokenSession, at: Date): Promise<SigningResult> {
    const { request, document, ready, hash } = task;
    const ticket = randomUUID();
    await parts.memory.opened(ticket, request.act, request.input, hash);
    const increment = await completeSignature(ready, knownSigner(pdfSigner(session)));
    const annex = document.annexes.find((one) => one.sha256 === request.input);
    const name = annex?.name ?? document.main?.name ?? 'van-ban.pdf';
    const about = { kind: 'signed', docId: '', name };
    const written = await parts.blobs.derive(request.input, [increment], about);
    // The bytes are on the disk: from here on this act has its output, whatever happens next.
    await parts.memory.signed(ticket, written.sha256);
    const checked = await result(written.sha256, at, request);
    await parts.memory.closed(ticket);
    return checked;
  }

  async function signAll(requests: readonly SigningRequest[]): Promise<SigningResult[]> {
    const [first] = requests;
    if (first === undefined) return [];
    if (requests.some((one) => one.fingerprint !== first.fingerprint)) throw new Failure('call-refused');
    // One act has one output, also where a file stands twice in the list.
    const results = new Map<ActId, SigningResult>();
    const open = new Map<ActId, SigningRequest>();
    for (const request of requests) {
      const before = await doneBefore(request);
      if (before === null) open.set(request.act, request);
      else results.set(request.act, before);
    }
    if (open.size > 0) {
      const fresh = await signTasks([...open.values()], first.fingerprint, first.role);
      for (const [act, done] of fresh) results.set(act, done);
    }
    return requests.map(({ act }) => {
      const done = results.get(act);
      assert(done !== undefined, 'every request has its result');
      return done;
    });
  }

  /**
   * A window that died while its PIN window stood open asks again: two runs of one act would each find no output and make
   * one of their own.
   */
  function signInTurn(requests: readonly SigningRequest[]): Promise<SigningResult[]> {
    const key = requests.map((one) => one.act).join(' ');
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const started = tail.then(() => signAll(requests)).finally(() => underWay.delete(key));
    underWay.set(key, started);
    tail = started.catch(() => undefined);
    return started;
  }

  return {
    /** True while a signature is being made: nobody else speaks to the token then. */
    busy: () => inUse > 0,

    /** Certificates of every token, each with whether and why it may do this role. */
    async signers(role: SigningRole): Promise<SignerCard[]> {
      // An authority's certificate that a vendor keeps on the token is nobody's to sign with: it would only be noise.
      return (await certificates())
        .filter((one) => !one.certificate.authority)
        .map((one) => cardOf(one, role, parts))
        .sort((a, b) => Number(b.usable) - Number(a.usable));
    },

    /**
     * Signs, in this order, with one PIN. The same act gets its first output again, without a token. Throws Failures of
     * the gate, the token (`token-*`), `cancelled`, `disk-*`, `signing-not-verified`; what was signed before one of them
     * keeps its output, everything else is as it was.
     */
    async sign(requests: readonly SigningRequest[]): Promise<SigningResult[]> {
      inUse += 1;
      try {
        return await signInTurn(requests);
      } finally {
        inUse -= 1;
      }
    },
  };
}

export type SigningService = ReturnType<typeof createSigning>;
