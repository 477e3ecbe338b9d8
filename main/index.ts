// The order of start-up and nothing else: sandbox, one instance, profile, store, services, window, then the clock.
import { dirname, join } from 'node:path';
import { app, clipboard, net, powerMonitor, protocol, session } from 'electron';
import { type Code, sentenceOf, sentences } from '../preload/contract/codes';
import { codeOf, Failure } from '../preload/contract/failure';
import { asInstant } from '../preload/contract/ids';
import { proxyOfList } from './exchange';
import { registerCalls, registerRecordKey, tell } from './ipc/register';
import { openLog } from './log/log';
import { hostHeapMegabytes } from './reading';
import { electronHostProcess } from './runtime/host-process';
import { systemKeyring } from './runtime/keyring';
import { startAfter } from './runtime/start-after';
import { scheme } from './security/origin';
import { assemble, dependentFolders, type Services } from './services/assemble';
import { quietWay, unlockDialogue, type VaultPlace } from './services/open-vault';
import { createReading } from './services/reading';
import { startClock, type TickReason } from './services/sync-clock';
import { watchTokens } from './services/token-watch';
import { readAnchors } from './services/trust';
import { watchHub } from './services/watch-hub';
import { defaultProfile, isRefused, parseArguments } from './settings/arguments';
import { claimData } from './settings/data-version';
import { readSettings } from './settings/settings';
import { limitsOf, TokenClient } from './token/client';
import { electronHost } from './token/electron-host';
import { mainObstacles } from './updates/obstacles';
import { openUpdates } from './updates/open-updates';
import { blobReader } from './windows/blob-reader';
import { chooseDriver } from './windows/choose-driver';
import { chooseFolder } from './windows/choose-folder';
import { openDesk } from './windows/desk-window';
import { showFailure } from './windows/failure-box';
import { createLeaving, type Leaving } from './windows/leaving';
import { openLink } from './windows/open-link';
import { askPin } from './windows/pin-window';
import { saveCopy } from './windows/save-copy';
import { bundleFolders } from './windows/sessions';
import { askForVault } from './windows/unlock-window';

// Every renderer sandboxed, also one that a mistake would make elsewhere (S2).
app.enableSandbox();
// Main speaks to the network by node:https alone, so Chromium's own resolver finds nothing at all (S6).
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
protocol.registerSchemesAsPrivileged([
  {
    scheme,
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      stream: true,
      codeCache: true,
      corsEnabled: true,
    },
  },
]);

const appFolder = app.getAppPath();
const profile = parseArguments(process.argv).profile ?? defaultProfile(process.env, app.getPath('userData'));
app.setPath('userData', profile);
app.setPath('sessionData', join(profile, 'session'));
const now = (): Date => new Date();

type Report = (what: string, detail: string) => void;
let deskWasOpened = false;
let leaving: Leaving | null = null;

/** Ends this application; the new one begins once this process is gone, so the profile is never open twice. */
function restartAs(program: string | null): void {
  const args = process.argv.slice(1);
  if (process.platform === 'win32') app.relaunch({ args });
  else startAfter(process.pid, [program ?? process.execPath, ...args], process.env);
  // Who asked for it wants it now; what is unsent is sent by the new one.
  leaving?.leaveNow();
}

async function start(): Promise<void> {
  await claimData(profile, app.getVersion());
  const settings = readSettings(profile);
  const log = openLog(profile, now);
  const report: Report = (what, detail) => log({ where: 'main', code: what, ref: '', detail });
  process.on('unhandledRejection', (error) => {
    report('unhandled-rejection', error instanceof Error ? (error.stack ?? error.message) : 'value');
  });
  const leave = createLeaving(report);
  leaving = leave;
  const { passphraseFrom } = settings;
  const place: VaultPlace = {
    folder: join(profile, 'vault'),
    dependents: dependentFolders(profile),
    keyring: systemKeyring(),
    recoveryKeyFile: settings.recoveryKey,
    passphrase: passphraseFrom === undefined ? undefined : process.env[passphraseFrom],
    now,
  };

  let window: Electron.BrowserWindow | null = null;
  let serve: (services: Services) => void = () => undefined;
  const served = new Promise<Services>((resolve) => {
    serve = resolve;
  });
  registerRecordKey(async () => (await served).recordKey());
  registerCalls(
    served.then((one) => one.handlers),
    ({ ref, call, code, detail }) => log({ where: call, code, ref, detail }),
  );
  const openWindow = () =>
    openDesk(appFolder, blobReader(served.then((one) => one.blobs)), report, (made) => {
      window = made;
      leave.watch(made);
    });
  // Where nobody is asked for a passphrase the page is loaded while the store opens: what it calls for waits.
  const quiet = await quietWay(place);
  const early = quiet === null ? null : openWindow();
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
    restart: restartAs,
    now,
  });
  const services: Services = await assemble({
    profile,
    settings,
    vault,
    env: process.env,
    version: app.getVersion(),
    runtime: `Electron ${process.versions.electron ?? ''}, Chromium ${process.versions.chrome ?? ''}`,
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
    systemProxy: async (url) => proxyOfList(await session.defaultSession.resolveProxy(url.href)),
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
  leave.closeFirst(() => services.close());
  const desk = await (early ?? openWindow());

  deskWasOpened = true;

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

function isCode(code: string): code is Code {
  return Object.hasOwn(sentences, code);
}

async function main(): Promise<void> {
  // A shipped application starts with no door for a debugger (S22) and never without its sandbox (S2); fuses close the rest.
  if (app.isPackaged && isRefused(process.argv, (name) => app.commandLine.hasSwitch(name))) {
    process.stderr.write(`${sentenceOf('start-refused')}\n`);
    return app.exit(3);
  }
  if (!app.requestSingleInstanceLock()) return app.quit();
  // Between the unlock window and the desk there is a moment without a window: that is no end.
  app.on('window-all-closed', () => {
    if (deskWasOpened) app.quit();
  });
  await app.whenReady();
  try {
    await start();
  } catch (error) {
    // Start-up that an end broke off is no failure, and a box of the system would hold that end up.
    if (leaving?.underWay() === true) return;
    const code = error instanceof Failure ? error.code : codeOf(error);
    const words = isCode(code) ? sentenceOf(code) : '';
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : code}\n${words}\n`);
    // Which setting is wrong: names of fields and what is expected there, never a value.
    const about = error instanceof Failure && code === 'settings-broken' ? error.detail : '';
    showFailure(isCode(code) ? code : 'internal', undefined, about);
    app.exit(1);
  }
}

void main();
