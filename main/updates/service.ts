// Carries out what the state machine orders: asks the source, downloads, installs, remembers. Everything of the system (clock,
// carrier, installer, restart) comes as a value. It never restarts by itself.
import { codeOf, Failure, isFailure } from '../../preload/contract/failure';
import { asInstant, type Instant } from '../../preload/contract/ids';
import type { RestartObstacle, UpdateMode, UpdateView } from '../../preload/contract/updates';
import { diskFailure } from '../runtime/disk-failure';
import { decide, remember } from './decide';
import { type MemoryFile, outcomeOf } from './memory';
import { openRelease, type PackageKind, type Release, type ReleaseFile, type UpdateKey } from './release';
import { releaseName, type UpdateSource } from './source';
import { step, type UpdateEvent, type UpdateOrder, type UpdateState } from './state';
import type { Transport } from './transport';

export interface UpdateParts {
  readonly mode: UpdateMode;
  readonly ring: 'pilot' | 'general';
  readonly automatic: boolean;
  readonly current: string;
  /** As releases name it, e.g. linux-x64. */
  readonly platform: string;
  /** The package this installation takes; null where it takes none by itself. */
  readonly kind: PackageKind | null;
  readonly keys: readonly UpdateKey[];
  /** null while no folder has been chosen. */
  readonly source: UpdateSource | null;
  readonly memory: MemoryFile;
  readonly carrier: () => Promise<Transport>;
  /** Installs and arranges the restart; the application ends soon after it resolves. */
  readonly install: (path: string, release: Release, file: ReleaseFile) => Promise<void>;
  /** What main knows to be in the way of a restart. */
  readonly busy: () => Promise<readonly RestartObstacle[]>;
  readonly changed: (view: UpdateView) => void;
  readonly report: (what: string, detail: string) => void;
  readonly now: () => Date;
}

export interface UpdateService {
  view(): UpdateView;
  /** Compares what an installation was meant to bring with what runs, then is ready for questions. */
  start(): Promise<void>;
  check(): Promise<void>;
  take(): Promise<void>;
  /** Obstacles that keep it from restarting; none when it is on its way. Failure `update-not-ready`. */
  restart(obstacles: readonly RestartObstacle[]): Promise<readonly RestartObstacle[]>;
  /** Looks into another source from now on. */
  lookInto(source: UpdateSource): Promise<void>;
  /** Lines for support: states, versions and codes. */
  diagnostics(): Promise<readonly string[]>;
  close(): void;
}

/** Failures of an installation that the same version would meet again. */
const lasting = new Set(['update-install-failed', 'update-not-applied']);

function codeFor(error: unknown): ReturnType<typeof codeOf> {
  const code = codeOf(error);
  return code === 'internal' ? 'update-unreachable' : code;
}

function installCode(error: unknown): ReturnType<typeof codeOf> {
  const found = diskFailure(error);
  if (!isFailure(found)) return 'update-install-failed';
  return found.code === 'disk-full' ? 'update-disk-full' : found.code;
}

/** The service over one profile. */
export function createUpdates(parts: UpdateParts): UpdateService {
  const { memory, now, report } = parts;
  let state: UpdateState = { kind: 'idle' };
  let source = parts.source;
  let checkedAt: Instant | null = null;
  let updatedFrom: string | null = null;
  let downloaded: string | null = null;
  let carrier: Transport | null = null;
  let work: Promise<void> = Promise.resolve();

  function view(): UpdateView {
    const release =
      'release' in state ? state.release : state.kind === 'failed' ? state.again?.release : undefined;
    const file = 'file' in state ? state.file : null;
    const deadline = release?.deadline ?? null;
    const before =
      state.kind === 'checking' && state.before.kind === 'offered' ? state.before.release : undefined;
    const told = release ?? before;
    return {
      mode: parts.mode,
      current: parts.current,
      phase: state.kind,
      release:
        told === undefined
          ? null
          : {
              version: told.version,
              rollback: told.rollbackFrom.length > 0,
              notes: told.notes,
              size: file?.size ?? 0,
              deadline: told.deadline === null ? null : asInstant(new Date(told.deadline)),
            },
      done: state.kind === 'downloading' ? state.done : null,
      code: state.kind === 'refused' || state.kind === 'failed' ? state.code : null,
      checkedAt,
      updatedFrom,
      overdue: deadline !== null && now().getTime() > Date.parse(deadline),
    };
  }

  async function ask(): Promise<UpdateEvent> {
    const name = releaseName(parts.platform, parts.ring);
    if (source === null) return { kind: 'nothing' };
    try {
      const { bytes, signature } = await source.look(name);
      const { release, digest } = openRelease(bytes, signature, parts.keys);
      const before = await memory.read();
      const decision = decide(release, digest, { ...parts, lot: before.lot, seen: before.seen, now: now() });
      await memory.write({ ...before, seen: remember(before.seen, release, digest, parts.ring) });
      checkedAt = asInstant(now());
      if (decision.kind !== 'offer') return { kind: 'nothing' };
      if (before.failed?.version === release.version) {
        return { kind: 'refuse', code: before.failed.code as ReturnType<typeof codeOf> };
      }
      const automatic = parts.mode === 'self' && parts.automatic;
      return { kind: 'offer', release, file: decision.file, automatic };
    } catch (error) {
      report('update-refused', error instanceof Error ? error.message : 'value');
      const code = codeFor(error);
      return { kind: code === 'update-unreachable' ? 'unreachable' : 'refuse', code };
    }
  }

  async function download(release: Release, file: ReleaseFile): Promise<UpdateEvent> {
    try {
      if (source === null) throw new Failure('update-not-ready');
      carrier = await parts.carrier();
      const base = await source.address(release);
      downloaded = await carrier.download(
        release,
        file,
        base,
        (done) => void apply({ kind: 'progress', done }),
      );
      return { kind: 'arrived' };
    } catch (error) {
      report('update-lost', error instanceof Error ? error.message : 'value');
      return { kind: 'lost', code: isFailure(error) ? error.code : 'update-download-cut' };
    }
  }

  async function install(release: Release, file: ReleaseFile): Promise<UpdateEvent | null> {
    const before = await memory.read();
    try {
      if (downloaded === null) throw new Failure('update-not-ready');
      await memory.write({ ...before, meant: { version: release.version, from: parts.current } });
      await parts.install(downloaded, release, file);
      return null;
    } catch (error) {
      const code = installCode(error);
      report('update-not-installed', error instanceof Error ? error.message : 'value');
      const failed = lasting.has(code) ? { version: release.version, code } : before.failed;
      // On a full disk this cannot be written either: the next start finds what was meant and the old version, and says so.
      await memory.write({ ...before, meant: null, failed }).catch(forgotten);
      return { kind: 'not-installed', code };
    }
  }

  async function carryOut(order: UpdateOrder): Promise<UpdateEvent | null> {
    switch (order.kind) {
      case 'ask':
        return ask();
      case 'download': {
        const release = state.kind === 'downloading' ? state.release : null;
        return release === null ? null : download(release, order.file);
      }
      case 'install':
        return install(order.release, order.file);
    }
  }

  async function apply(event: UpdateEvent): Promise<void> {
    const next = step(state, event);
    if (next.state !== state) {
      state = next.state;
      parts.changed(view());
    }
    for (const order of next.orders) {
      const answer = await carryOut(order);
      if (answer !== null) await apply(answer);
    }
  }

  function forgotten(error: unknown): void {
    report('update-not-remembered', error instanceof Error ? error.message : 'value');
  }

  /** One after another: two questions at once would be one too many. */
  function queued(event: UpdateEvent): Promise<void> {
    const done = work.then(() => apply(event));
    // What one event met is told to whoever sent it; it does not keep the next one from its turn.
    work = done.catch(forgotten);
    return done;
  }

  return {
    view,
    async start() {
      const before = await memory.read();
      const outcome = outcomeOf(before, parts.current);
      if (outcome.kind === 'none') {
        // The lot is drawn once and kept.
        await memory.write(before);
        return;
      }
      if (outcome.kind === 'here') {
        updatedFrom = outcome.from;
        await memory.write({ ...before, meant: null, failed: null });
        parts.changed(view());
        return;
      }
      const code = 'update-not-applied';
      report(code, `meant ${outcome.version}, runs ${parts.current}`);
      await memory.write({ ...before, meant: null, failed: { version: outcome.version, code } });
      await queued({ kind: 'came-up-old', code });
    },
    async check() {
      if (parts.mode !== 'off') await queued({ kind: 'check' });
    },
    take: () => queued({ kind: 'take' }),
    async restart(fromWindow) {
      if (state.kind !== 'ready') throw new Failure('update-not-ready');
      const obstacles = [...new Set([...fromWindow, ...(await parts.busy())])];
      await queued({ kind: 'restart', obstacles });
      return obstacles;
    },
    async lookInto(fresh) {
      source?.close();
      source = fresh;
      await queued({ kind: 'check' });
    },
    async diagnostics() {
      const { seen, meant, failed, lot } = await memory.read();
      const shown = view();
      return [
        `Văn Thư ${parts.current} (${parts.platform}, ${parts.kind ?? 'không tự cài'})`,
        `Chế độ cập nhật: ${parts.mode}; vòng: ${parts.ring}; phần: ${lot}`,
        `Trạng thái: ${shown.phase}${shown.code === null ? '' : ` (${shown.code})`}; hỏi lúc: ${shown.checkedAt ?? 'chưa'}`,
        `Đã thấy: ${seen === null ? 'chưa' : `${seen.version}, số ${seen.serial}, ${seen.digest.slice(0, 16)}`}`,
        `Định cài: ${meant?.version ?? 'không'}; đã hỏng: ${failed === null ? 'không' : `${failed.version} (${failed.code})`}`,
        `Khóa tin cậy: ${parts.keys.map((one) => one.id).join(', ') || 'không có'}`,
      ];
    },
    close() {
      source?.close();
    },
  };
}
