// The signatures on an outgoing document: found on the file that came in, or made here through main's PIN window. It holds
// no key, sees no PIN, and decides nothing about the order of law.

import { assert, Failure } from '../../preload/contract/failure';
import { type ActId, asInstant, type DeskId, type Instant, type Sha256 } from '../../preload/contract/ids';
import type { Attachment, OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest, SigningRole } from '../../preload/contract/signing-request';
import type { FileVerdict } from '../../preload/contract/verdict';
import { titleOf } from '../db/identity';
import type { Acts } from '../ledger';
import { actOf } from './act-id';
import { type Context, decideAndSave, readOutgoing } from './context';
import { deskValue } from './desk-call';
import { leaderOf, type OutgoingStep } from './outgoing-states';
import { change, demand, fileOf } from './outgoing-steps';

function instantOr(text: string | null, otherwise: Instant): Instant {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? otherwise : asInstant(new Date(time));
}

/** The leader's signature is on the file already: main verifies the very bytes. Failures `leader-signature-missing`, `verdict-not-good`. */
export async function markSignedElsewhere(context: Context, id: DeskId): Promise<FileVerdict> {
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, id);
    if (document.leaderSignature?.elsewhere === true) {
      const { sha256, verdict: known } = fileOf(document);
      return {
        request: null,
        result: known ?? (await deskValue(context.desk.files.verify({ sha256 }))).verdict,
      };
    }
    demand(document, 'mark-signed-elsewhere');
    const main = fileOf(document);
    const { verdict, at } = await deskValue(context.desk.files.verify({ sha256: main.sha256 }));
    const leader = leaderOf(verdict);
    if (leader === null) {
      throw new Failure(
        verdict.verdict === 'invalid' ? 'verdict-not-good' : 'leader-signature-missing',
        verdict.verdict,
      );
    }
    const step: OutgoingStep = {
      act: 'mark-signed-elsewhere',
      file: { ...main, verdict, verifiedAt: at },
      signature: {
        signer: leader.signer.slice(0, 600),
        at: instantOr(leader.at, at),
        sha256: main.sha256,
        elsewhere: true,
      },
    };
    return { request: { changes: [change(context, document, step)] }, result: verdict };
  });
}

/** The act follows from the bytes, so the same bytes are never signed twice for one step. */
export function signingActOf(id: DeskId, role: SigningRole, input: Sha256): Promise<ActId> {
  return actOf(id, `sign-${role}`, input);
}

async function requestOf(
  document: OutgoingDocument,
  file: Attachment,
  role: SigningRole,
  using: Pick<Parameters<Acts['seal']>[0], 'fingerprint' | 'placement'>,
): Promise<SigningRequest> {
  return {
    act: await signingActOf(document.id, role, file.sha256),
    documentId: document.id,
    role,
    input: file.sha256,
    fingerprint: using.fingerprint,
    placement: using.placement,
    title: document.facts.subject.slice(0, 600),
    pages: role === 'attachment' ? 0 : document.facts.pages,
    number: titleOf(document.facts),
    issuedOn: document.facts.issuedOn,
  };
}

/** Signed here, on a leader's profile and token. */
export function signLeader(context: Context, input: Parameters<Acts['signLeader']>[0]): Promise<void> {
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if (document.leaderSignature !== null) return { request: null, result: undefined };
    demand(document, 'sign-leader');
    const request = await requestOf(document, fileOf(document), 'leader', input);
    const { signature, file } = await deskValue(context.desk.signing.sign(request));
    return {
      request: { changes: [change(context, document, { act: 'sign-leader', file, signature })] },
      result: undefined,
    };
  });
}

/** An annex that takes a signature of its own: main has looked at its content, its name may be anything. */
export function isPdf(file: Attachment): boolean {
  return file.contentType === 'application/pdf';
}

/** NĐ 30 PL I II.8.b: the seal on the document, and the agency's signature on each annex that is a PDF of its own; one PIN. */
export function seal(context: Context, input: Parameters<Acts['seal']>[0]): Promise<void> {
  return decideAndSave(context, async () => {
    const document = await readOutgoing(context, input.id);
    if (document.seal !== null) return { request: null, result: undefined };
    demand(document, 'seal');
    const annexed = document.annexes.filter(isPdf);
    const inputs = [fileOf(document), ...annexed];
    const requests = await Promise.all(
      inputs.map((file, index) =>
        index === 0
          ? requestOf(document, file, document.copy === undefined ? 'seal' : 'copy', input)
          : requestOf(document, file, 'attachment', { ...input, placement: null }),
      ),
    );
    const { results } = await deskValue(context.desk.signing.signAll({ requests }));
    const [main] = results;
    assert(main !== undefined && results.length === inputs.length, 'every file has its signature');
    const { signature, file } = main;
    const annexes = document.annexes.map((annex) => results[inputs.indexOf(annex)]?.file ?? annex);
    return {
      request: { changes: [change(context, document, { act: 'seal', file, annexes, signature })] },
      result: undefined,
    };
  });
}
