// The shapes of a batch on the command line: what is ordered, what is prepared, what one file comes to. It does nothing.
import type { Code } from '../../preload/contract/codes';
import type { FileVerdict } from '../../preload/contract/verdict';
import type { Level, ReadyToSign, SigningOrder } from '../signing';
import type { TrustMaterial } from '../verifying';
import type { SignJob } from './sign-arguments';
import type { LevelTools } from './sign-levels';
import type { Placing } from './sign-place';
import type { SignedOutput } from './sign-raised';

/** The device's PIN, and the signing key's own where it has one. */
export interface Pins {
  readonly pin: Uint8Array;
  readonly own?: Uint8Array;
}

export interface BatchOrder {
  readonly order: Omit<SigningOrder, 'time'>;
  readonly pss: boolean;
  readonly lastTry: boolean;
  readonly allowSealFirst: boolean;
  readonly requireTrust: boolean;
  readonly trust: TrustMaterial;
  /** False keeps the network out altogether. */
  readonly online: boolean;
  /** Finds the place of a signature in each file; undefined leaves it to the order and the role's own rule. */
  readonly placing?: Placing | undefined;
  /** The level to raise to, once everything is signed; undefined leaves B-B. */
  readonly raising?: { readonly level: Level; readonly tools: LevelTools } | undefined;
}

/** One output line of the command, in its exact shape. */
export interface SignLine {
  readonly file: string;
  readonly out: string | null;
  readonly ok: boolean;
  readonly code: Code | null;
  readonly field: string | null;
  readonly signer: string;
  readonly level: string | null;
  readonly bytes: number | null;
  readonly warnings: readonly Code[];
  readonly ms: number;
}

export interface Outcome {
  readonly line: SignLine;
  readonly detail: string;
  /** What raising needs of a signed file. */
  readonly signed?: SignedOutput;
}

export interface Prepared {
  readonly job: SignJob;
  readonly ready: ReadyToSign;
  /** SHA-256 of what the token signs. */
  readonly hash: string;
  readonly before: FileVerdict | undefined;
  readonly warnings: readonly Code[];
  /** The page shows no signature block: the place is only the usual one. */
  readonly guessed: boolean;
  readonly spent: number;
}

export interface BatchResult {
  readonly signed: number;
  readonly failed: number;
  /** The PIN was wrong or locked: nothing after it was tried. */
  readonly pinRefused: boolean;
}
