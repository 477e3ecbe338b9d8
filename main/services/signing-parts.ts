// What the signing service stands on, and what one signature comes to, for the service and for the ledger. It signs nothing.
import type { SignedFile } from '../../preload/contract/batch';
import type { EventName, EventPayload } from '../../preload/contract/events';
import { asInstant, type Sha256 } from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { Placement, SigningRequest, SigningRole } from '../../preload/contract/signing-request';
import type { FileVerdict } from '../../preload/contract/verdict';
import type { BlobStore } from '../blobs';
import type { NumberBlank, ReadyToSign, Signer, SigningOrder } from '../signing';
import type { TokenClient, TokenSession } from '../token/client';
import type { Schedule } from './run-control';
import type { SigningMemory } from './signing-memory';
import type { BeforeSigning } from './validation/before-signing';

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
  /** RSA signatures as PSS on devices that offer it. */
  readonly pss: boolean;
  readonly agencyName: string;
  readonly profile: 'clerk' | 'leader';
  /** The picture that a role shows for the holder of this certificate, or null. */
  readonly image: (role: SigningRole, certificate: Uint8Array) => Promise<Uint8Array | null>;
  /** Looks at the certificate before its PIN; a Failure refuses it. */
  readonly before?: Pick<BeforeSigning, 'check' | 'look'>;
  /** A signed file is durable and verified, perhaps for the second time: whoever raises its level takes over. */
  readonly after?: (request: SigningRequest, done: SigningResult) => Promise<void>;
  /** Where a role's picture goes on these bytes when nobody chose a place; null leaves it to the role's own rule. */
  readonly placeOf: (role: SigningRole, input: Sha256) => Promise<Placement | null>;
  /** Blanks of number and date on these bytes, to be made fields before the leader's signature. */
  readonly blanksOf: (input: Sha256) => Promise<readonly NumberBlank[]>;
  readonly now: () => Date;
  /** Tells the windows. */
  /** Lets a file be opened by the password of the one it came of. */
  readonly inheritPassword?: (from: Sha256, to: Sha256) => Promise<void>;
  readonly tell: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly schedule: Schedule;
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

/** A signature as the ledger keeps it, with its file. */
export function signedFileOf(done: SigningResult): SignedFile {
  const at = asInstant(done.at);
  return {
    signature: { signer: done.signer, at, sha256: done.output, elsewhere: false },
    file: {
      sha256: done.output,
      name: done.name,
      description: done.description,
      contentType: 'application/pdf',
      size: done.size,
      verdict: done.verdict,
      verifiedAt: at,
      problem: null,
    },
    level: done.level,
  };
}
