// Looks at the tokens every few seconds and tells when what is plugged in has changed. Never while one is being used, and
// it asks no PIN.
import type { SignerCard, SigningRole } from '../../preload/contract/calls';
import { isFailure } from '../../preload/contract/failure';
import type { SigningService } from './signing';

const everyMilliseconds = 5000;

/** Starts the watch; returns its end. The first look is told always. */
export function watchTokens(
  signing: Pick<SigningService, 'signers' | 'busy'>,
  role: SigningRole,
  tell: (signers: SignerCard[]) => void,
): () => void {
  let last = '';
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || signing.busy()) return;
    looking = true;
    try {
      const signers = await signing.signers(role);
      const now = JSON.stringify(signers);
      if (now !== last) tell(signers);
      last = now;
    } catch (error) {
      // A driver that cannot be read now is looked at again; the signing itself says what is wrong.
      if (!isFailure(error)) throw error;
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), everyMilliseconds);
  return () => clearInterval(timer);
}
