// electron-updater as the carrier: it downloads what a verified description names, whole or only what changed, and starts
// the installers of Windows and macOS. It is told what to bring; it decides nothing and speaks through main's own sockets.
import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { HttpExecutor } from 'builder-util-runtime';
import {
  AppImageUpdater,
  type AppUpdater,
  DebUpdater,
  MacUpdater,
  NsisUpdater,
  Provider,
  type ResolvedUpdateFileInfo,
  type UpdateInfo,
} from 'electron-updater';
import { Failure } from '../../preload/contract/failure';
import { mayFollow } from './redirects';
import type { PackageKind, Release, ReleaseFile } from './release';
import type { UpdateRoute } from './route';

export interface Transport {
  /** Brings a file; gives its place. Throws Failure `update-download-cut`, `update-disk-full`, `update-payload-changed`. */
  download(release: Release, file: ReleaseFile, base: URL, progress: (done: number) => void): Promise<string>;
  /** Windows and macOS: hands the downloaded installer to the system and ends the application. */
  handOver(): void;
}

function addressOf(location: string, from: URL): URL | null {
  try {
    return new URL(location, from);
  } catch {
    // No address at all: nowhere to go.
    return null;
  }
}

/** Redirects of one download that are followed; electron-updater's own count never reaches its limit. */
const mostRedirects = 5;
/** Bytes that an answer may have beyond the file: heads of many ranges in one. */
const spareBytes = 1 << 20;

/** Requests by Node instead of Chromium, whose own resolver this application has switched off. */
class NodeExecutor extends HttpExecutor<ClientRequest> {
  /** Of the file that is brought now. */
  mostBytes = 0;
  private redirects = 0;

  constructor(private readonly route: UpdateRoute) {
    super();
  }

  override createRequest(
    options: RequestOptions,
    callback: (response: IncomingMessage) => void,
  ): ClientRequest {
    return this.begin(options, (response, url) => {
      this.judge(response, url);
      callback(response);
      this.limit(response);
    });
  }

  /** A redirect that may not be followed becomes the answer of a server that has nothing. */
  private judge(response: IncomingMessage, from: URL): void {
    const { location } = response.headers;
    if (location === undefined) return;
    this.redirects += 1;
    const to = addressOf(location, from);
    if (to !== null && this.redirects <= mostRedirects && mayFollow(from, to)) return;
    delete response.headers.location;
    response.statusCode = 421;
    response.statusMessage = 'redirect refused';
    response.resume();
  }

  /** Ends an answer that goes on beyond what was signed, before it fills the disk. */
  private limit(response: IncomingMessage): void {
    let size = 0;
    response.on('data', (part: Buffer) => {
      size += part.length;
      if (size > this.mostBytes + spareBytes)
        response.destroy(new Failure('update-payload-changed', 'longer than was signed'));
    });
  }

  private begin(
    options: RequestOptions,
    answered: (response: IncomingMessage, url: URL) => void,
  ): ClientRequest {
    const { route } = this;
    const host = `${options.hostname ?? ''}${options.port ? `:${options.port}` : ''}`;
    const url = new URL(`${options.protocol ?? 'https:'}//${host}${options.path ?? '/'}`);
    const { protocol, ...rest } = options;
    const callback = (response: IncomingMessage): void => answered(response, url);
    if (url.protocol === 'http:') {
      const loopback = url.hostname === '127.0.0.1';
      if (route.proxy === undefined || loopback) return httpRequest({ ...rest, agent: false }, callback);
      const { hostname, port } = route.proxy.url;
      const { authorization } = route.proxy;
      const headers = {
        ...rest.headers,
        host: url.host,
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      };
      return httpRequest(
        { ...rest, hostname, port: port === '' ? 80 : port, path: url.href, headers, agent: false },
        callback,
      );
    }
    const { openSecure } = route;
    if (openSecure === undefined) return httpsRequest({ ...rest, agent: false }, callback);
    const connect = (_options: unknown, done: (error: Error | null, socket: Socket) => void): undefined => {
      openSecure(url, AbortSignal.timeout(60_000)).then(
        (socket) => done(null, socket),
        (error: unknown) =>
          done(error instanceof Error ? error : new Error('no connection'), undefined as never),
      );
    };
    const headers = { ...rest.headers, host: url.host };
    return httpRequest({ ...rest, headers, createConnection: connect as never }, callback);
  }

  /** As electron-updater's own executor has it; the base class only knows downloads into memory. */
  async download(
    url: URL,
    destination: string,
    options: Parameters<HttpExecutor<ClientRequest>['downloadToBuffer']>[1],
  ): Promise<string> {
    return options.cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      const request = {
        headers: options.headers ?? undefined,
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: url.port }),
        path: `${url.pathname}${url.search}`,
      };
      const callback = (error: Error | null | undefined): void =>
        error == null ? resolve(destination) : reject(error);
      this.doDownload(
        request as never,
        { destination, options, onCancel, callback, responseHandler: null } as never,
        0,
      );
    });
  }
}

function infoOf(release: Release, file: ReleaseFile): UpdateInfo {
  const one = {
    url: file.name,
    sha512: file.sha512,
    size: file.size,
    ...(file.blockMapSize === undefined ? {} : { blockMapSize: file.blockMapSize }),
  };
  return {
    version: release.version,
    files: [one],
    path: file.name,
    sha512: file.sha512,
    releaseDate: release.published,
  };
}

interface Told {
  readonly info: UpdateInfo;
  readonly base: URL;
}

/** Answers electron-updater's question out of what we verified; no description of its own kind is ever read. */
class VerifiedProvider extends Provider<UpdateInfo> {
  private readonly told: Told;

  constructor(options: { readonly told: Told }, _updater: unknown, runtime: object) {
    super({ ...runtime, isUseMultipleRangeRequest: true } as never);
    this.told = options.told;
  }

  override getLatestVersion(): Promise<UpdateInfo> {
    return Promise.resolve(this.told.info);
  }

  override resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return info.files.map((one) => ({ url: new URL(one.url, this.told.base), info: one }));
  }
}

function updaterOf(kind: PackageKind, app: Application | undefined): AppUpdater {
  switch (kind) {
    case 'AppImage':
      return new AppImageUpdater(null, app);
    case 'deb':
      return new DebUpdater(null, app);
    case 'nsis':
      return new NsisUpdater(null, app);
    case 'mac-zip':
      return new MacUpdater(undefined, app);
    case 'rpm':
      throw new Failure('update-no-package', kind);
  }
}

/** The code of what went wrong on the way. */
export function downloadFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const detail = error instanceof Error ? `${code} ${error.message}`.slice(0, 300) : '';
  if (code === 'ERR_CHECKSUM_MISMATCH')
    return new Failure('update-payload-changed', detail, { cause: error });
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code))
    return new Failure('update-disk-full', detail, { cause: error });
  return new Failure('update-download-cut', detail, { cause: error });
}

/** What electron-updater asks of the application; Electron's own where none is given. */
export type Application = NonNullable<ConstructorParameters<typeof AppImageUpdater>[1]>;

/** The carrier for one kind of package. */
export function updaterTransport(
  kind: PackageKind,
  route: UpdateRoute,
  log: (line: string) => void,
  app?: Application,
): Transport {
  let updater: AppUpdater | null = null;
  function fresh(file: ReleaseFile): AppUpdater {
    const made = updaterOf(kind, app);
    made.autoDownload = false;
    made.autoInstallOnAppQuit = false;
    made.disableWebInstaller = true;
    // A version below the present one is only ever named by a signed way back.
    made.allowDowngrade = true;
    made.logger = { info: log, warn: log, error: log };
    const executor = new NodeExecutor(route);
    executor.mostBytes = file.size;
    (made as unknown as { httpExecutor: unknown }).httpExecutor = executor;
    // Every failure is thrown too; without a listener the event would end the process.
    made.on('error', (error) => log(error.message));
    return made;
  }
  return {
    async download(release, file, base, progress) {
      try {
        const carrier = fresh(file);
        carrier.disableDifferentialDownload = kind === 'AppImage' && file.blockMapSize === undefined;
        updater = carrier;
        carrier.on('download-progress', ({ percent }) => progress(Math.min(1, percent / 100)));
        carrier.setFeedURL({
          provider: 'custom',
          updateProvider: VerifiedProvider,
          told: { info: infoOf(release, file), base },
        } as never);
        const found = await carrier.checkForUpdates();
        if (found === null || !found.isUpdateAvailable)
          throw new Failure('update-not-ready', 'the carrier sees none');
        const [path] = await carrier.downloadUpdate();
        if (path === undefined) throw new Failure('update-not-ready', 'no file');
        return path;
      } catch (error) {
        throw downloadFailure(error);
      }
    },
    handOver() {
      if (updater === null) throw new Failure('update-not-ready');
      updater.quitAndInstall(true, true);
    },
  };
}
