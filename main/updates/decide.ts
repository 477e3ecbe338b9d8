// Whether a signed release is for this machine now. Pure: clock, memory and policy come as values.
import { Failure } from '../../preload/contract/failure';
import { compareVersions, type PackageKind, type Release, type ReleaseFile } from './release';

/** The newest publication this machine has ever accepted as genuine. */
export interface Seen {
  readonly serial: number;
  readonly version: string;
  /** SHA-256 of the description of that serial. */
  readonly digest: string;
  /** Whose publications were counted; not written by the first versions. */
  readonly ring?: 'pilot' | 'general' | undefined;
}

export interface Machine {
  readonly current: string;
  readonly platform: string;
  readonly ring: 'pilot' | 'general';
  readonly kind: PackageKind | null;
  /** 0 to 99, drawn once for each machine. */
  readonly lot: number;
  readonly seen: Seen | null;
  readonly now: Date;
}

export type Decision =
  | { readonly kind: 'current' }
  /** Genuine and newer, but this machine's turn has not come. */
  | { readonly kind: 'later' }
  | { readonly kind: 'offer'; readonly release: Release; readonly file: ReleaseFile | null };

/**
 * Judges a genuine release. `file` is null where only the fact is told, since this kind of installation takes no package.
 * @throws Failure `update-metadata-broken`, `update-expired`, `update-replayed`, `update-no-package`
 */
export function decide(release: Release, digest: string, machine: Machine): Decision {
  const { current } = machine;
  const seen = seenIn(machine.ring, machine.seen);
  if (release.platform !== machine.platform) throw new Failure('update-metadata-broken', release.platform);
  if (release.ring === 'pilot' && machine.ring !== 'pilot')
    throw new Failure('update-metadata-broken', 'ring');
  if (seen !== null) {
    if (release.serial < seen.serial) throw new Failure('update-replayed', `serial ${release.serial}`);
    // One number, two descriptions: somebody tells different machines different things.
    if (release.serial === seen.serial && digest !== seen.digest)
      throw new Failure('update-replayed', 'digest');
    const older = compareVersions(release.version, seen.version) < 0;
    if (older && release.rollbackFrom.length === 0) throw new Failure('update-replayed', release.version);
  }
  if (machine.now.getTime() >= Date.parse(release.expires))
    throw new Failure('update-expired', release.expires);
  const step = compareVersions(release.version, current);
  if (step === 0) return { kind: 'current' };
  if (step < 0 && !release.rollbackFrom.includes(current)) return { kind: 'current' };
  // Who goes back, or mends a hole, does not wait for a lot.
  const staged = release.deadline === null && step > 0;
  if (staged && machine.lot >= release.staged) return { kind: 'later' };
  const file = machine.kind === null ? null : release.files.find((one) => one.kind === machine.kind);
  if (file === undefined) throw new Failure('update-no-package', machine.kind ?? '');
  return { kind: 'offer', release, file };
}

/** What was seen in a ring: a machine that changes rings begins anew, since each counts for itself. */
function seenIn(ring: Machine['ring'], seen: Seen | null): Seen | null {
  return seen?.ring === undefined || seen.ring === ring ? seen : null;
}

/** What is remembered after a genuine, unexpired release was seen in a ring. */
export function remember(before: Seen | null, release: Release, digest: string, ring: Machine['ring']): Seen {
  const seen = seenIn(ring, before);
  const highest =
    seen !== null && compareVersions(seen.version, release.version) > 0 && release.rollbackFrom.length === 0
      ? seen.version
      : release.version;
  return { serial: Math.max(seen?.serial ?? 0, release.serial), version: highest, digest, ring };
}
