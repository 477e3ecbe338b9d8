// A hub of folders: a watched share or a stick that someone carries, for sites with no network at all. Packages go out as
// files with names of their own, come in as whatever .edxml lies there, and move to a third folder once they are durable
// here. Each call is one attempt. It reads no package and retries nothing.
import { join } from 'node:path';
import { canonicalAgencyCode, sameAgency } from '../../../preload/contract/agency-code';
import type { AgencyItem, Hub, HubAnswer, HubFailure, Listing, MessageKind, ReceivedItem } from '../hub';
import { type PackageInspector, refusalOfGate } from '../send-gate';
import { AnswerCut } from '../transport';
import { readDirectory } from './directory';
import type { Disk } from './disk';
import { nothingDone, refused } from './disk-answers';
import { fetchFile } from './fetch-file';
import { FolderInbox, type InboxFile, type InboxLook } from './inbox';
import { isSafeCode, ownName } from './names';
import { putPackage } from './put';
import { takeAway } from './take-away';

export interface FolderSettings {
  readonly root: string;
  /** Absolute, or below `root`. */
  readonly inbox: string;
  readonly outbox: string;
  readonly done: string;
  /** One folder a receiver below `outbox`, and this agency's own below `inbox`, be it named by its old or its new code: for a share that many visit. */
  readonly byReceiver: boolean;
  readonly systemId: string;
  readonly disk: Disk;
  readonly inspect: PackageInspector;
  readonly maxPackageBytes: number;
  readonly settleMs: number;
  readonly clock: () => number;
  /** Given: a look waits and looks again where files may still be growing (a command has no second look). */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How long the folder may take to say that it is there; a share that hangs would stop everything. */
  readonly answerMs: number;
}

const unsupported: HubFailure = refused('', 'Thư mục trao đổi không có thao tác này.');
const slow = Symbol('slow');

export function createFolderHub(settings: FolderSettings): Hub {
  const { disk } = settings;
  const own = settings.byReceiver ? [settings.systemId] : [];
  const doneFolder = join(settings.done, ...own);
  const inboxes = new Map<string, FolderInbox>();

  function inboxIn(folder: string): FolderInbox {
    const known = inboxes.get(folder);
    if (known !== undefined) return known;
    const fresh = new FolderInbox({ disk, folder, settleMs: settings.settleMs, clock: settings.clock });
    inboxes.set(folder, fresh);
    return fresh;
  }

  /** A sender names the folder by the code it knows: each of both forms, in letters of any case, is this agency's own. */
  async function ownInboxes(): Promise<FolderInbox[]> {
    if (!settings.byReceiver) return [inboxIn(settings.inbox)];
    const names = await disk.names(settings.inbox);
    const mine = names.filter((name) => sameAgency(name, settings.systemId));
    return mine.map((name) => inboxIn(join(settings.inbox, name)));
  }

  /**
   * null when the folder is there. It is never made: where a stick is pulled out, its empty mount point must not fill up
   * with packages that nobody carries.
   */
  async function away(folder: string): Promise<HubFailure | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<typeof slow>((resolve) => {
      timer = setTimeout(() => resolve(slow), settings.answerMs);
    });
    try {
      const facts = await Promise.race([disk.facts(folder), late]);
      if (facts === slow) {
        const detail = `the folder is silent for ${settings.answerMs} ms`;
        return { kind: 'not-sent', reason: 'folder-missing', detail, retryAfterSeconds: null };
      }
      if (facts.isFolder) return null;
      return { kind: 'not-sent', reason: 'folder-missing', detail: 'no folder', retryAfterSeconds: null };
    } catch (error) {
      return nothingDone(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs one call; errors of the disk before any change are `not-sent` or the disk's refusal. */
  async function attempt<T>(folder: string, act: () => Promise<HubAnswer<T>>): Promise<HubAnswer<T>> {
    const gone = await away(folder);
    if (gone !== null) return gone;
    try {
      return await act();
    } catch (error) {
      if (error instanceof AnswerCut) {
        return { kind: 'unknown', reason: error.reason, detail: error.message, retryAfterSeconds: null };
      }
      return nothingDone(error);
    }
  }

  async function look() {
    const first = await lookOnce();
    if (first.growing === 0 || settings.wait === undefined) return first;
    await settings.wait(settings.settleMs);
    return lookOnce();
  }

  async function lookOnce(): Promise<InboxLook> {
    const files: InboxFile[] = [];
    let growing = 0;
    for (const inbox of await ownInboxes()) {
      const seen = await inbox.look();
      files.push(...seen.files);
      growing += seen.growing;
    }
    return { files, growing };
  }

  async function unchanged(docId: string): Promise<InboxFile[]> {
    const found: InboxFile[] = [];
    for (const inbox of await ownInboxes()) found.push(...(await inbox.unchanged(docId)));
    return found;
  }

  /** One entry a content, the oldest first. */
  async function listed(kind: MessageKind): Promise<Listing<ReceivedItem>> {
    const { files, growing } = await look();
    const byContent = new Map<string, InboxFile>();
    for (const file of [...files].sort((left, right) => left.modifiedMs - right.modifiedMs)) {
      if (file.kind === kind && !byContent.has(file.sha256)) byContent.set(file.sha256, file);
    }
    // Of which kind a file is that is still being copied nobody knows: it is counted once.
    return { items: [...byContent.values()].map(itemOf), unreadable: kind === 'edoc' ? growing : 0 };
  }

  async function filesOf(docId: string): Promise<InboxFile[]> {
    const known = await unchanged(docId);
    if (known.length > 0) return known;
    await look();
    return unchanged(docId);
  }

  async function receiversRefused(receivers: readonly string[]): Promise<HubFailure | null> {
    const odd = [settings.systemId, ...receivers].find((code) => !isSafeCode(code));
    if (odd !== undefined) return { kind: 'blocked', code: 'header-not-ascii', detail: odd };
    if (receivers.length === 0) return refused('18', 'Không có nơi nhận.');
    const directory = await readDirectory(disk, settings.root);
    if (directory === null) return null;
    const codes = new Set(directory.items.flatMap((one) => [one.code, one.oldCode]).map(canonicalAgencyCode));
    const unknown = receivers.find((code) => !codes.has(canonicalAgencyCode(code)));
    return unknown === undefined
      ? null
      : refused('18', `Mã cơ quan không có trong danh bạ của thư mục: ${unknown}`);
  }

  return {
    list: (kind) => attempt(settings.inbox, async () => ({ kind: 'ok', value: await listed(kind) })),
    count: (kind) =>
      attempt(settings.inbox, async () => ({ kind: 'ok', value: (await listed(kind)).items.length })),
    fetch: (docId, sink, options) =>
      attempt(settings.inbox, async () => {
        const [file] = await filesOf(docId);
        if (file === undefined) return refused('ENOENT', 'Gói tin không còn trong thư mục trao đổi.');
        const { maxPackageBytes } = settings;
        const path = join(file.folder, file.name);
        const answer = await fetchFile(disk, path, file, sink, maxPackageBytes, options?.signal);
        // Size and time say that it is the same file, and it is another one: the next look reads it anew.
        if (answer.kind === 'unknown' && answer.reason === 'garbled') inboxIn(file.folder).forget(file.name);
        return answer;
      }),
    async send(request, options) {
      const refusal = await refusalOfGate(request, settings.inspect, settings.maxPackageBytes);
      if (refusal !== null) return refusal;
      return attempt(settings.outbox, async () => {
        const no = await receiversRefused(request.to);
        if (no !== null) return no;
        const { source, sha256, kind, to } = request;
        const put = (folder: string, receivers: readonly string[]) => {
          const name = ownName({ kind, from: settings.systemId, to: receivers, sha256 });
          return putPackage({ disk, folder, name, source, sha256, signal: options?.signal });
        };
        if (!settings.byReceiver) {
          return (await put(settings.outbox, to)) ?? { kind: 'ok', value: { docId: sha256 } };
        }
        for (const [index, code] of to.entries()) {
          const failure = await put(join(settings.outbox, code), [code]);
          if (failure !== null) return index === 0 ? failure : partly(failure);
        }
        return { kind: 'ok', value: { docId: sha256 } };
      });
    },
    acknowledge: (docId, status) =>
      attempt(settings.inbox, async () => {
        // Nobody reads along in a folder: only the end of the work has an effect.
        if (status !== 'done') return { kind: 'ok', value: null };
        for (const file of await filesOf(docId)) {
          await takeAway(disk, file, doneFolder);
          inboxIn(file.folder).forget(file.name);
        }
        return { kind: 'ok', value: null };
      }),
    // What was put may have been carried away since: the folder keeps no list, and its silence proves nothing.
    sent: async () => unsupported,
    agencies: () =>
      attempt<Listing<AgencyItem>>(settings.root, async () => {
        const directory = await readDirectory(disk, settings.root);
        return directory === null ? unsupported : { kind: 'ok', value: directory };
      }),
    units: async () => unsupported,
    registerAgency: async () => unsupported,
    removeAgency: async () => unsupported,
  };
}

/** Some receivers have the package and some do not: doing it again completes it, saying "not sent" would be wrong. */
function partly(failure: HubFailure): HubFailure {
  if (failure.kind === 'unknown') return failure;
  const detail = 'detail' in failure ? failure.detail : failure.errorDesc;
  return { kind: 'unknown', reason: 'cut', detail, retryAfterSeconds: null };
}

function itemOf(file: InboxFile): ReceivedItem {
  const time = new Date(file.modifiedMs).toISOString();
  return {
    docId: file.sha256,
    serviceType: 'eDoc',
    messageType: file.kind,
    from: file.from,
    to: file.to,
    createdTime: time,
    updatedTime: time,
    status: 'initial',
    statusDesc: '',
    other: { name: file.name, size: file.size },
  };
}
