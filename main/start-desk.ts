// All of start-up that a window need not wait for: services, calls, updates, the clock. It is a bundle of its own, read while the
// page is on its way; the store, the settings and the window's beginning come as values.
import { dirname, join } from 'node:path';

import { app, type BrowserWindow, clipboard, net, powerMonitor, session } from 'electron';
import { asInstant } from '../preload/contract/ids';
import { keepFound, proxyOfList } from './exchange';
import type { Answers } from './ipc/early';
import { deskAnswers, knowWindow, tell } from './ipc/register';
import type { LogEntry } from './log/log';
import { hostHeapMegabytes } from './reading';
import { electronHostProcess } from './runtime/host-process';
import { startAfter } from './runtime/start-after';
import { assemble, type Services } from './services/assemble';
import { type QuietWay, unlockDialogue, type VaultPlace } from './services/open-vault';
import { createReading } from './services/reading';
import { startClock, type TickReason } from './services/sync-clock';
import { watchTokens } from './services/token-watch';
import { readAnchors } from './services/trust';
import { watchHub } from './services/watch-hub';
import type { Settings } from './settings/settings';
import { limitsOf, TokenClient } from './token/client';
import { electronHost } from './token/electron-host';
import { mainObstacles } from './updates/obstacles';
import { openUpdates } from './updates/open-updates';
import { blobReader } from './windows/blob-reader';
import { chooseDriver } from './windows/choose-driver';
import { chooseFolder } from './windows/choose-folder';
import { type OpeningDesk, openDesk } from './windows/desk-window';
import { createLeaving, type Leaving } from './windows/leaving';
import { openLink } from './windows/open-link';
import { askPin } from './windows/pin-window';
import { saveCopy } from './windows/save-copy';
import { bundleFolders } from './windows/sessions';
import { askForVault } from './windows/unlock-window';

export interface StartDeskParts {
  readonly appFolder: string;
  readonly profile: string;
  readonly settings: Settings;
  readonly log: (entry: Omit<LogEntry, 'at'>) => void;
  readonly report: (what: string, detail: string) => void;
  readonly place: VaultPlace;
  /** null where a person must be asked for a passphrase. */
  readonly quiet: QuietWay | null;
  /** The window whose page is on its way already; null where it opens once the store is open. */
  readonly early: OpeningDesk | null;
  /** Who reads sealed files before the store is open waits for this. */
  readonly served: Promise<Services>;
  readonly serve: (services: Services) => void;
  /** What the page has asked waits for these. */
  readonly answer: (answers: Answers) => void;
  /** Has the way to the end before anything is open. */
  readonly leaving: (leave: Leaving) => void;
  readonly opened: () => void;
  readonly now: () => Date;
}

/** Ends this application; the new one begins once this process is gone, so the profile is never open twice. */
function restartAs(leave: Leaving, program: string | null): void {
  const args = process.argv.slice(1);
  if (process.platform === 'win32') app.relaunch({ args });
  else startAfter(process.pid, [program ?? process.execPath, ...args], process.env);
  // Who asked for it wants it now; what is unsent is sent by the new one.
  leave.leaveNow();
}

/** Opens store and services and has the window shown; resolves once everything runs. Throws the Failures of the stores. */
export async function startDesk(parts: StartDeskParts): Promise<void> {
  const { appFolder, profile, settings, log, report, place, quiet, served, serve, now } = parts;
  const leave = createLeaving(report);
  parts.leaving(leave);
  let window: BrowserWindow | null = null;
  function know(opening: OpeningDesk): OpeningDesk {
    window = opening.window;
    knowWindow(opening.window.webContents, 'document');
    leave.watch(opening.window);
    return opening;
  }
  if (parts.early !== null) know(parts.early);
  const vault = quiet === null ? await askForVault(appFolder, unlockDialogue(place), report) : await quiet();
  if (vault === null) return app.quit();

  const bundles = bundleFolders(appFolder);
  const tokenHost = await electronHost(
    join(bundles.main, 'token-host.cjs'),
    // A packed application has no real folder of its own but that of its program.
    app.isPackaged ? dirname(process.execPath) : bundles.main,
  );
  const readingHost = await electronHostProcess({
    entry: join(bundles.main, 'reading-host.cjs'),
    heapMegabytes: hostHeapMegabytes,
    serviceName: 'Văn Thư: đọc tệp',
  });
  const trust = await readAnchors(settings.anchors);
  let opened: Services | null = null;
  const updates = openUpdates({
    profile,
    version: app.getVersion(),
    env: process.env,
    packaged: app.isPackaged,
    appFolder,
    resources: process.resourcesPath,
    busy: async () => (opened === null ? [] : mainObstacles(opened.signing.busy(), opened.journal)),
    tell: (view) => tell('updates.changed', view),
    report,
    chooseFolder: () => chooseFolder(window, 'Chọn thư mục hoặc thiết bị nhớ có bản cập nhật'),
    copyText: (text) => clipboard.writeText(text),
    restart: (program) => restartAs(leave, program),
    now,
  });
  const services: Services = await assemble({
    profile,
    settings,
    vault,
    env: process.env,
    version: app.getVersion(),
    runtime: `Electron ${process.versions.electron ?? ''}, Chromium ${process.versions.chrome ?? ''}`,
    writingThread: join(bundles.main, 'writing-thread.cjs'),
    driverList: join(appFolder, 'resources', 'drivers.json'),
    fonts: join(appFolder, 'resources', 'fonts'),
    tokens: new TokenClient(tokenHost, limitsOf(settings.deviceSeconds), (note) =>
      report('token-mechanism-refused', note),
    ),
    startReading: (blobs, strikes, passwordOf) =>
      createReading({
        startHost: readingHost,
        blobs,
        strikes,
        trust,
        fonts: join(appFolder, 'resources', 'fonts'),
        passwordOf,
        now,
      }),
    // Chromium knows the system's settings; it is asked for a name and sends nothing itself.
    systemProxy: keepFound(
      async (url) => proxyOfList(await session.defaultSession.resolveProxy(url.href)),
      () => performance.now(),
    ),
    askPin: (request, session) => askPin({ appFolder, parent: () => window, report }, request, session),
    saveCopy,
    openLink: (address) => openLink(window, address),
    quit: leave.answer,
    chooseDriver: () => chooseDriver(window),
    copyText: (text) => clipboard.writeText(text),
    report: (where, message) => log({ where: 'window', code: where, ref: '', detail: message }),
    updates: updates.handlers,
    levelsChanged: (documents, waiting) => tell('levels.changed', { documents: [...documents], waiting }),
    tell,
    now,
  });
  opened = services;
  serve(services);
  parts.answer(
    deskAnswers(services.handlers, services.recordKey, ({ ref, call, code, detail }) =>
      log({ where: call, code, ref, detail }),
    ),
  );
  leave.closeFirst(() => services.close());
  const reader = blobReader(served.then((one) => one.blobs));
  const desk = await (parts.early ?? know(openDesk(appFolder, reader, report))).loaded;
  parts.opened();

  const tick = (reason: TickReason): void => {
    tell('sync.tick', { reason, at: asInstant(now()) });
    if (reason === 'network' || reason === 'resume') services.levels.wake(null);
  };
  services.levels.start();
  await updates.begin();
  const stopClock = startClock({
    everySeconds: settings.syncSeconds,
    tick,
    isOnline: () => net.isOnline(),
    setTimer: (run, milliseconds) => {
      const timer = setInterval(run, milliseconds);
      return () => clearInterval(timer);
    },
  });
  const stopWatch = watchTokens(
    services.signing,
    settings.profile === 'leader' ? 'leader' : 'seal',
    (signers) => tell('token.changed', { signers }),
  );
  const stopFolder = watchHub(settings.profile === 'clerk' ? settings.hub : null, {
    changed: () => tick('act'),
    back: () => tick('network'),
  });
  powerMonitor.on('resume', () => tick('resume'));
  leave.closeFirst(() => {
    stopClock();
    stopWatch();
    stopFolder();
    updates.close();
    tell('app.closing', {});
    return services.close();
  });
  leave.asked(desk);
  app.on('second-instance', () => {
    desk.show();
    desk.focus();
  });
}
