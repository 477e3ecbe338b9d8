// The order of signatures of one batch at the token: each made once, the next asked for while the chip makes one.
import { createHash } from 'node:crypto';
import { completeSignature, type KnownSigner, type Signer } from '../signing';
import type { Prepared } from './sign-lines';

/**
 * The signer with each signature made once: equal files prepared in the same second have equal attributes, and the
 * list that was frozen before the PIN holds them once.
 */
export function signingOnce(identity: KnownSigner, signer: Signer): KnownSigner {
  const made = new Map<string, Promise<Uint8Array>>();
  const sign = (attributes: Uint8Array): Promise<Uint8Array> => {
    const key = createHash('sha256').update(attributes).digest('hex');
    const signature = made.get(key) ?? signer.sign(attributes);
    made.set(key, signature);
    return signature;
  };
  return { certificate: identity.certificate, signer: { ...signer, sign } };
}

type Answer = { readonly increment: Uint8Array } | { readonly error: unknown };

/** Asks for the next signature while the token makes one, so that a slow chip never waits for this process. */
export class AskedAhead {
  readonly #asked = new Map<Prepared, Promise<Answer>>();

  constructor(
    private readonly list: readonly Prepared[],
    private readonly known: KnownSigner,
  ) {}

  /** The finished increment of one file of the list. With `ahead` the one after it is asked for too. */
  async increment(one: Prepared, ahead: boolean): Promise<Uint8Array> {
    const mine = this.#ask(one);
    const next = this.list[this.list.indexOf(one) + 1];
    if (ahead && next !== undefined) void this.#ask(next);
    const answer = await mine;
    this.#asked.delete(one);
    if ('error' in answer) throw answer.error;
    return answer.increment;
  }

  #ask(one: Prepared): Promise<Answer> {
    const known = this.#asked.get(one);
    if (known !== undefined) return known;
    // A refusal waits here until its file's turn comes.
    const asked = completeSignature(one.ready, this.known).then(
      (increment): Answer => ({ increment }),
      (error: unknown): Answer => ({ error }),
    );
    this.#asked.set(one, asked);
    return asked;
  }
}
