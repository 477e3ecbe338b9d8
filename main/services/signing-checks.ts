// What is judged before and after a signature: the gate of law over the saved document, the finished file from the disk.
// It never speaks to a token.

import { copyRefusal } from '../../preload/contract/copies';
import { assert, codeOf, Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { OutgoingDocument } from '../../preload/contract/records';
import type { SigningRequest } from '../../preload/contract/signing-request';
import { type FileVerdict, verdictOfSignature } from '../../preload/contract/verdict';
import { type Role, signingGate } from '../signing';
import type { SigningParts, SigningResult } from './signing-parts';
import { earlierOf, isFileOf } from './signing-rules';

/** NĐ 30/2020, Art. 25: a copy is what its form says, of a file that is no signed document itself. */
function checkCopy(document: OutgoingDocument, request: SigningRequest, verdict: FileVerdict): void {
  const { copy } = document;
  if (copy === undefined) throw new Failure('copy-missing', request.documentId);
  const refusal = copyRefusal(copy.form, copy.source, verdict.signatures.length > 0);
  if (refusal !== null) throw new Failure(refusal);
}

/** The checks over the parts of the service. */
export function createChecks(parts: SigningParts) {
  /** The document of a request that law lets be signed now. Throws `signing-bytes-changed` and the gate's codes. */
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
    if (role === 'copy') checkCopy(document, request, verdict);
    return document;
  }

  /** A signed file, read and verified from the disk. Throws `signing-not-verified`. */
  async function result(output: Sha256, at: Date, request: SigningRequest): Promise<SigningResult> {
    const document = await parts.memory.document(request.documentId);
    const files = document === null ? [] : [document.main, ...document.annexes];
    const input = files.find((one) => one?.sha256 === request.input);
    // What was signed before a restart is opened as its input is.
    await parts.inheritPassword?.(request.input, output);
    const verdict = await parts.verdictOf(output);
    // Not read is not refused: to sign anew would make a second output.
    if (verdict.codes.includes('pdf-password-needed')) throw new Failure('pdf-password-needed');
    const last = verdict.signatures.at(-1);
    const size = await parts.blobs.size(output);
    assert(size !== null, 'a signed file is a blob');
    if (last === undefined || last.integrity === 'broken' || last.coverage !== 'whole-file') {
      throw new Failure('signing-not-verified', verdict.verdict);
    }
    const broken = verdict.signatures.some((one) => verdictOfSignature(one) === 'invalid');
    if (broken) throw new Failure('signing-not-verified', verdict.verdict);
    const done = {
      output,
      size,
      signer: last.signer,
      level: last.level,
      verdict,
      at,
      name: input?.name ?? 'van-ban.pdf',
      description: input?.description ?? '',
    };
    await parts.after?.(request, done);
    return done;
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

  return { checkedDocument, result, doneBefore };
}

export type SigningChecks = ReturnType<typeof createChecks>;
