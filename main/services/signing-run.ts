// One login for a frozen list: every file made ready, its hash listed, the PIN asked, then one signature after another.
// It holds no PIN and no key, and each file has its own ticket.
import { createHash, randomUUID } from 'node:crypto';
import type { SigningRequest, SigningRole } from '../../preload/contract/calls';
import { Failure } from '../../preload/contract/failure';
import type { ActId } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import { completeSignature, knownSigner, type ReadyToSign } from '../signing';
import type { TokenSession } from '../token/client';
import type { SigningChecks } from './signing-checks';
import { type FileToSign, orderOf, pinRequest } from './signing-orders';
import type { SigningParts, SigningResult } from './signing-parts';
import { pdfSigner, roleRefusal } from './signing-rules';
import type { Signers } from './signing-signers';

/** One file that is to be signed under the login that is about to be asked for. */
interface Task extends FileToSign {
  readonly ready: ReadyToSign;
  /** SHA-256 of the attributes: what the session may sign. */
  readonly hash: string;
}

/** Runs lists over the parts of the service. */
export function createRun(parts: SigningParts, checks: SigningChecks, signers: Signers) {
  /** One login for all of these; each has its own ticket, and its output counts from the moment its bytes are on the disk. */
  async function signTasks(
    requests: readonly SigningRequest[],
    fingerprint: string,
    role: SigningRole,
  ): Promise<ReadonlyMap<ActId, SigningResult>> {
    const documents = new Map<SigningRequest, OutgoingDocument>();
    for (const request of requests) documents.set(request, await checks.checkedDocument(request));
    const chosen = await signers.choose(fingerprint);
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
    const checked = await checks.result(written.sha256, at, request);
    await parts.memory.closed(ticket);
    return checked;
  }

  return { signTasks };
}
