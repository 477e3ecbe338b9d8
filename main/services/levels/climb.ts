// Raises one stored file towards a level: each increment is a new blob, judged from the disk and journalled before the next is
// begun. What fails leaves the file, and the levels reached before, as they were.
import type { Code } from '../../../preload/contract/codes';
import { codeOf, Failure } from '../../../preload/contract/failure';
import type { Sha256 } from '../../../preload/contract/ids';
import type { LevelName } from '../../../preload/contract/levels';
import type { FileVerdict } from '../../../preload/contract/verdict';
import {
  checkNothingLost,
  checkRaisable,
  compareLevels,
  embedContents,
  type Level,
  levelOf,
  nextStep,
  type PreparedSignature,
} from '../../signing';

export interface ClimbParts {
  readonly verdictOf: (sha256: Sha256) => Promise<FileVerdict>;
  readonly prepareStamp: (sha256: Sha256, room: number) => Promise<PreparedSignature>;
  /** Null when nothing is missing in the store. Throws Failure `signing-validation-data-missing`. */
  readonly prepareStore: (sha256: Sha256) => Promise<Uint8Array | null>;
  /** A token over what has this SHA-256. Throws Failure `signing-timestamp-failed`, `timestamp-limited`. */
  readonly stamp: (digest: Uint8Array) => Promise<Uint8Array>;
  readonly derive: (sha256: Sha256, increment: Uint8Array) => Promise<Sha256>;
  /** Resolves when it is in the journal that `output` came of it. */
  readonly reached: (output: Sha256, level: LevelName) => Promise<void>;
}

/** Room for a token with the certificates of its authority, bytes. */
const tokenRoom = 16_384;
/** Stamp, store, stamp, and one more for a store that brought only a part. */
const mostSteps = 4;

/** A file that no network and no waiting makes better. */
export function isFinal(code: Code): boolean {
  const final: readonly Code[] = [
    'earlier-signature-broken',
    'signing-nothing-to-raise',
    'signing-would-break-earlier',
    'signing-certified-closed',
    'revocation-revoked',
    'blob-missing',
    'blob-damaged',
    'file-kills-reader',
  ];
  // A password may still be entered.
  return final.includes(code) || (code.startsWith('pdf-') && code !== 'pdf-password-needed');
}

async function stamped(file: Sha256, parts: ClimbParts): Promise<Uint8Array> {
  const prepared = await parts.prepareStamp(file, tokenRoom);
  const token = await parts.stamp(prepared.digest);
  try {
    return embedContents(prepared, token);
  } catch (error) {
    if (codeOf(error) !== 'signing-gap-too-small') throw error;
    const wider = await parts.prepareStamp(file, token.length + 2048);
    return embedContents(wider, await parts.stamp(wider.digest));
  }
}

/** A stamp lies over everything already and does not count: another one of the same kind would not either. */
function isUselesslyStamped(verdict: FileVerdict): boolean {
  const last = verdict.signatures.at(-1);
  return last?.kind === 'timestamp' && last.integrity === 'intact' && last.coverage === 'whole-file';
}

/**
 * Raises `file` to `target`; resolves with the level that it has then. Throws Failures of the steps: the increments made
 * before stay. `signing-level-lower`: everything is there that could be had, and it does not reach.
 */
export async function climb(file: Sha256, target: Level, parts: ClimbParts): Promise<LevelName> {
  let current = file;
  let verdict = await parts.verdictOf(current);
  checkRaisable(verdict);
  for (let step = 0; step < mostSteps; step += 1) {
    const next = nextStep(verdict, target);
    if (next === null) break;
    if (next === 'stamp' && isUselesslyStamped(verdict)) break;
    const increment = next === 'stamp' ? await stamped(current, parts) : await parts.prepareStore(current);
    if (increment === null) break;
    const output = await parts.derive(current, increment);
    const after = await parts.verdictOf(output);
    checkNothingLost(verdict, after);
    await parts.reached(output, levelOf(after));
    current = output;
    verdict = after;
  }
  const level = levelOf(verdict);
  // Older kinds of signatures have no levels: with them a file is as high as it can be once the others are.
  if (compareLevels(level, target) < 0 && nextStep(verdict, target) !== null) {
    throw new Failure('signing-level-lower', level);
  }
  return level;
}
