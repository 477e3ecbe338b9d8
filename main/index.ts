// The order of start-up and nothing else: sandbox, one instance, profile, the window's page on its way, then all the rest, which
// is a bundle of its own: a start waits for this file to be read before anything is seen.
import { join } from 'node:path';
import { app, protocol } from 'electron';
import { type Code, sentenceOf, sentences } from '../preload/contract/codes';
import { codeOf, isFailure } from '../preload/contract/failure';
import { listenEarly } from './ipc/early';
import { openLog } from './log/log';
import { letHeapGrow } from './runtime/heap-growth';
import { systemKeyring } from './runtime/keyring';
import { scheme } from './security/origin';
import type { Services } from './services/assemble';
import { dependentFolders, quietWay, type VaultPlace } from './services/open-vault';
import { defaultProfile, isRefused, parseArguments } from './settings/arguments';
import { claimData } from './settings/data-version';
import { readSettings } from './settings/settings';
import { blobReader } from './windows/blob-reader';
import { openDesk } from './windows/desk-window';
import { showFailure } from './windows/failure-box';
import type { Leaving } from './windows/leaving';

letHeapGrow();
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
/** An end that was wanted before anything was open. */
let ending = false;

async function start(): Promise<void> {
  await claimData(profile, app.getVersion());
  const settings = readSettings(profile);
  const log = openLog(profile, now);
  const report: Report = (what, detail) => log({ where: 'main', code: what, ref: '', detail });
  process.on('unhandledRejection', (error) => {
    report('unhandled-rejection', error instanceof Error ? (error.stack ?? error.message) : 'value');
  });
  const { passphraseFrom } = settings;
  const place: VaultPlace = {
    folder: join(profile, 'vault'),
    dependents: dependentFolders(profile),
    keyring: systemKeyring(),
    recoveryKeyFile: settings.recoveryKey,
    passphrase: passphraseFrom === undefined ? undefined : process.env[passphraseFrom],
    now,
  };

  let serve: (services: Services) => void = () => undefined;
  const served = new Promise<Services>((resolve) => {
    serve = resolve;
  });
  // Where nobody is asked for a passphrase the page is on its way before anything else is read: what it calls for waits.
  const quiet = await quietWay(place);
  const reader = blobReader(served.then((one) => one.blobs));
  const answer = listenEarly();
  const early = quiet === null ? null : openDesk(appFolder, reader, report);
  // Reading the rest, and stretching a passphrase, would hold up the files that the page waits for.
  await early?.loaded;
  const { startDesk } = await import('./start-desk');
  await startDesk({
    ...{ appFolder, profile, settings, log, report, place, quiet, early, served, serve, answer, now },
    leaving: (leave) => {
      leaving = leave;
    },
    opened: () => {
      deskWasOpened = true;
    },
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
    if (deskWasOpened || leaving === null) app.quit();
  });
  app.once('before-quit', () => {
    ending = true;
  });
  await app.whenReady();
  try {
    await start();
  } catch (error) {
    // Start-up that an end broke off is no failure, and a box of the system would hold that end up.
    if (leaving === null ? ending : leaving.underWay()) return;
    const code = codeOf(error);
    const words = isCode(code) ? sentenceOf(code) : '';
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : code}\n${words}\n`);
    // Which setting is wrong: names of fields and what is expected there, never a value.
    const about = isFailure(error) && code === 'settings-broken' ? error.detail : '';
    showFailure(isCode(code) ? code : 'internal', undefined, about);
    app.exit(1);
  }
}

void main();
