// Raises the level of a file that the command `sign` has just published as B-B: the time stamp of its signature first, in the
// room reserved for it, then increments. Whatever fails here, the signed file stays.
import { statSync } from 'node:fs';
import type { Code } from '../../preload/contract/codes';
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import type { FileVerdict, SignatureVerdict } from '../../preload/contract/verdict';
import { openFileSource } from '../runtime/file-source';
import {
  compareLevels,
  type Level,
  publishSigned,
  type ReadyToSign,
  raiseFile,
  signatureValueOf,
  withSignatureTimestamp,
} from '../signing';
import type { SignJob } from './sign-arguments';
import { checkVerdict } from './sign-judge';
import type { LevelTools } from './sign-levels';

/** Bytes kept free in /Contents for a token with the certificates of its authority. */
export const TOKEN_ROOM = 16_384;

/** A file signed as B-B, with what its time stamp needs. */
export interface SignedOutput {
  readonly job: SignJob;
  readonly ready: ReadyToSign;
  readonly increment: Uint8Array;
  readonly before: FileVerdict | undefined;
}

interface Raised {
  readonly level: string;
  readonly bytes: number;
  readonly warnings: readonly Code[];
  readonly detail: string;
}

async function verdictOf(path: string, tools: LevelTools): Promise<FileVerdict> {
  const source = openFileSource(path);
  try {
    return await tools.judge(source);
  } finally {
    source.close();
  }
}

/** Publishes the file again with its signature's time stamp. Throws Failure `signing-timestamp-failed` and others. */
async function stampSignature(signed: SignedOutput, tools: LevelTools): Promise<void> {
  const { job, ready, increment, before } = signed;
  const token = await tools.client.stampBytes(signatureValueOf(ready.prepared, increment));
  let stamped: Uint8Array;
  try {
    stamped = withSignatureTimestamp(ready.prepared, increment, token);
  } catch (error) {
    // A token larger than the room goes into a document time stamp, whose room is made for it.
    if (codeOf(error) === 'signing-gap-too-small') return;
    throw error;
  }
  await publishSigned(job.sourcePath, job.outputPath, ready, stamped, async (path) => {
    const own = checkVerdict(await verdictOf(path, tools), ready, before);
    if (own.codes.some((code) => code === 'timestamp-damaged' || code === 'timestamp-mismatch')) {
      throw new Failure('signing-timestamp-wrong', own.codes.join(' '));
    }
  });
}

/** Raises a signed output towards `target`; never throws for what network, authorities or disk do. */
export async function raiseSigned(signed: SignedOutput, target: Level, tools: LevelTools): Promise<Raised> {
  const { outputPath } = signed.job;
  const field = signed.ready.prepared.fieldName;
  // Earlier signatures may be of a kind that has no levels, or broken: this is about the one just made.
  const levelIn = (verdict: FileVerdict): SignatureVerdict['level'] =>
    verdict.signatures.find((one) => one.field === field)?.level ?? 'B-B';
  try {
    await stampSignature(signed, tools);
    const { verdict, bytes, detail, warnings } = await raiseFile(outputPath, outputPath, target, tools);
    const level = levelIn(verdict);
    const reached = compareLevels(level, target) >= 0;
    return { level, bytes, detail, warnings: reached ? [] : warnings };
  } catch (error) {
    if (!isFailure(error)) throw error;
    const level = levelIn(await verdictOf(outputPath, tools));
    const reached = compareLevels(level, target) >= 0;
    const warnings = reached ? [] : [error.code];
    return { level, bytes: statSync(outputPath).size, detail: error.detail, warnings };
  }
}
