// Chooses the one window that synchronises: a Web Lock, which frees itself when its window dies. It synchronises nothing.

export interface LockManagerLike {
  request(name: string, options: { signal: AbortSignal }, held: () => Promise<void>): Promise<unknown>;
}

const lockName = 'van-thu-sync-leader';

/** Calls `lead` when this window is the leader. The returned function gives the leadership up. */
export function electLeader(
  locks: LockManagerLike,
  lead: () => void,
  failed: (error: unknown) => void,
): () => void {
  const giveUp = new AbortController();
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  locks
    .request(lockName, { signal: giveUp.signal }, async () => {
      lead();
      await until;
    })
    .catch((error: unknown) => {
      if (!giveUp.signal.aborted) failed(error);
    });
  return () => {
    giveUp.abort();
    release();
  };
}
