// Puts the services together over one open profile. It is given everything that is Electron's as values, so the command
// line and the tests can assemble the same services without a window.
import { hostname } from 'node:os';

import { join } from 'node:path';
import { asInstant, type DeskId, type Sha256 } from '../../preload/contract/ids';
import type { PinRequest } from '../../preload/contract/pin';
import type { QuitAnswer } from '../../preload/contract/quitting';
import { stampPictureList } from '../../preload/contract/stamp-pictures';
import { calendarChanges } from '../../preload/contract/working-calendar';
import { type BlobStore, openBlobStore, openWritingThreads } from '../blobs';
import type { ProxyFinder } from '../exchange';
import { type Journal, openJournal } from '../journal';
import { type IntakeReader, type Strikes, strikesInJournal } from '../reading';
import { openNumbers } from '../registers';
import { changeNamedDrivers } from '../settings/named-drivers';
import type { Settings } from '../settings/settings';
import type { TokenClient, TokenSession } from '../token/client';
import { noDrivers, readDriverList } from '../token/drivers';
import { discoverRegistered } from '../token/registry';
import type { UpdateHandlers } from '../updates/open-updates';
import type { Vault } from '../vault';
import { readArrival } from './arrivals';
import { createDevices } from './devices';
import { createDirectory } from './directory/directory';
import { sealedFile } from './directory/sealed-file';
import { createDraftCopies } from './draft-copies';
import { createHand } from './hand/hand';
import { createHandlers } from './handlers';
import { createHistory } from './history/history';
import { createHubService } from './hub-service';
import { createIntake } from './intake/intake';
import { openPasswords, withPasswords } from './intake/passwords';
import { openLevels } from './levels/open-levels';
import { createMarking } from './marking/marking';
import { openExchange } from './open-exchange';
import { dependentFolders } from './open-vault';
import { createPackages, type FrozenMemory } from './packages';
import { createPages } from './pages';
import { openPictureStore } from './pictures/picture-store';
import { createPictures } from './pictures/pictures';
import { createSignerImages } from './pictures/signer-images';
import type { LevelReadingPort, MarkingPort, ReadingPort } from './reading-port';
import { createSecrecy } from './secrecy/secrecy';
import { createSigning, type SigningParts, type SigningService } from './signing';
import type { SigningMemory } from './signing-memory';
import { createStampPictures } from './stamp-pictures/stamp-pictures';
import { createStamps } from './stamps';
import { createUploads } from './uploads';

export interface AssembleParts {
  readonly profile: string;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly runtime: string;
  readonly driverList: string;
  /** The bundle of the threads that write small files. */
  readonly writingThread: string;
  /** Folder of the fonts that are shipped. */
  readonly fonts: string;
  readonly tokens: TokenClient;
  /** Made once the blobs are open, since the host is given their files. */
  readonly startReading: (
    blobs: BlobStore,
    strikes: Strikes,
    passwordOf: (sha256: Sha256) => string | null,
  ) => ReadingPort & LevelReadingPort & IntakeReader & MarkingPort & { close(): void };
  /** The system's proxy for an address; undefined where there is no system to ask. */
  readonly systemProxy?: ProxyFinder;
  readonly askPin: (request: PinRequest, session: TokenSession) => Promise<void>;
  readonly saveCopy: (blobs: BlobStore, sha256: Sha256, name: string) => Promise<boolean>;
  /** Asks for a driver file in a dialog of main's own; null when the person chose none. */
  readonly chooseDriver: () => Promise<string | null>;
  readonly openLink: (address: string) => Promise<boolean>;
  readonly copyText: (text: string) => void;
  readonly report: (where: string, message: string) => void;
  /** What the window says when the program is to end; a command has no window. */
  readonly quit?: (how: QuitAnswer) => void;
  /** Tells the windows that signed files came nearer to their level. */
  readonly levelsChanged: (documents: readonly DeskId[], waiting: number) => void;
  readonly updates: UpdateHandlers;
  readonly tell: SigningParts['tell'];
  readonly now: () => Date;
}

function frozenMemory(journal: Journal, now: () => Date): FrozenMemory {
  return {
    find: (act) => journal.frozenPackage(act),
    remember: async (act, sha256) => {
      await journal.append({ type: 'package-frozen', act, sha256, at: asInstant(now()) });
    },
  };
}

function signingMemory(journal: Journal, now: () => Date): SigningMemory {
  return {
    outputOf: (act) =>
      [...journal.ticketsOf(act)].reverse().find((one) => one.output !== null)?.output ?? null,
    opened: async (ticket, act, input, digest) => {
      await journal.append({ type: 'ticket-opened', ticket, act, input, digest, at: asInstant(now()) });
    },
    signed: async (ticket, output) => {
      await journal.append({ type: 'ticket-signed', ticket, output, at: asInstant(now()) });
    },
    closed: async (ticket) => {
      await journal.append({ type: 'ticket-closed', ticket, at: asInstant(now()) });
    },
    document: async (id) => {
      const put = await journal.putOf('outgoing', id);
      return put?.table === 'outgoing' ? put.row : null;
    },
    hasNumber: (id) =>
      journal.numbers.some((one) => one.value.documentId === id && one.value.register === 'outgoing'),
  };
}

/** Opens the stores of a profile and builds its services. Throws the Failures of the stores: the desk then does not open. */
export async function assemble(parts: AssembleParts) {
  const { profile, settings, vault, now } = parts;
  const [blobFolder = '', journalFolder = ''] = dependentFolders(profile);
  const passwords = await openPasswords(profile, vault);
  const store = await openBlobStore({
    ...{ folder: blobFolder, roomKey: vault.roomKey('blobs'), now },
    threads: openWritingThreads(parts.writingThread),
  });
  const blobs = withPasswords(store, passwords);
  const storeInUse = await blobs.holdsAny();
  const journal = await openJournal({
    folder: journalFolder,
    key: vault.roomKey('journal'),
    storeInUse,
    now,
  });
  const reading = parts.startReading(blobs, strikesInJournal(journal, now), passwords.of);
  const frozen = frozenMemory(journal, now);
  const memory = signingMemory(journal, now);
  const numbers = openNumbers(journal, now);
  const destroy = async (names: readonly Sha256[]): Promise<void> => {
    for (const name of names) {
      if (!(await blobs.has(name))) continue;
      await blobs.toTrash(name);
      await blobs.deleteTrashed(name);
    }
  };
  const secrecy = createSecrecy({
    reading,
    falseAlarms: settings.secrecyFalseAlarms,
    note: async (sha256, docId) => {
      const text = `secrecy mark let through by policy: ${sha256}${docId === null ? '' : ` in ${docId}`}`;
      await journal.append({ type: 'note', text, at: asInstant(now()) });
    },
  });
  const exchange = await openExchange(parts, journal);
  const hub = createHubService({
    hub: exchange,
    reading: settings.hub?.reading ?? 'acknowledge',
    systemId: settings.hub?.systemId ?? settings.agency.code,
    blobs,
    journal,
    readArrival: (docId, packageSha, plain) =>
      readArrival(reading, docId, packageSha, now, destroy, secrecy.isMarkedIn(docId), plain),
    isFalseAlarm: secrecy.namesPackage,
    now,
  });
  const devices = createDevices({
    tokens: parts.tokens,
    list: settings.searchDrivers ? readDriverList(parts.driverList) : noDrivers,
    env: parts.env,
    named: settings.modules,
    registered: settings.searchDrivers ? discoverRegistered(parts.env) : Promise.resolve([]),
    chooseFile: parts.chooseDriver,
    remember: (change) => changeNamedDrivers(profile, change),
    copy: parts.copyText,
    busy: () => signing.busy(),
    machine: () => ({
      version: parts.version,
      runtime: parts.runtime,
      platform: process.platform,
      arch: process.arch,
      at: now(),
    }),
  });
  const trust = await openLevels({
    ...{ profile, settings, vault, blobs, journal, reading, now },
    report: parts.report,
    changed: parts.levelsChanged,
    busy: () => signing.busy(),
    systemProxy: parts.systemProxy,
  });
  const kept = openPictureStore(join(profile, 'pictures'), vault, now, (id) =>
    parts.report('pictures', `a picture cannot be opened: ${id}`),
  );
  const images = createSignerImages(kept, settings);
  const pages = createPages({
    reading,
    blobs,
    memory,
    frozen,
    agencyName: settings.agency.name,
    sealMm: images.sealMm,
    aspect: images.aspect,
    now,
  });
  const signing: SigningService = createSigning({
    before: trust.before,
    after: trust.after,
    blobs,
    tokens: parts.tokens,
    drivers: devices.paths,
    prepare: (input, order, signer) => reading.prepareSignature(input, order, signer),
    verdictOf: (sha256) => reading.verdict(sha256),
    pagesOf: async (sha256) => (await reading.pdfFacts(sha256)).pages,
    askPin: parts.askPin,
    memory,
    pss: settings.pss,
    agencyName: settings.agency.name,
    profile: settings.profile,
    inheritPassword: passwords.inherit,
    image: images.of,
    async placeOf(role, sha256) {
      if (role !== 'leader' && role !== 'seal') return null;
      return (await pages.place({ role, sha256 })).placement;
    },
    blanksOf: (sha256) => pages.blanks(sha256),
    now,
    tell: parts.tell,
    schedule: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const intake = createIntake({
    reading,
    verdicts: reading,
    blobs,
    office: settings.office,
    env: parts.env,
    fonts: parts.fonts,
    passwords,
    unlocked: () => trust.levels.wake(null),
    tell: parts.tell,
    now,
  });
  const handlers = createHandlers({
    intake,
    settings,
    version: parts.version,
    runtime: parts.runtime,
    journal,
    hub,
    packages: createPackages(blobs, frozen, now, settings.hub?.documentType),
    secrecy,
    numbers,
    uploads: createUploads(blobs),
    reading,
    pages,
    pictures: createPictures({
      store: kept,
      check: (png, kind, widthMm) => reading.checkPicture(png, kind, widthMm),
      holderOf: (fingerprint) => signing.holder(fingerprint),
      agencyName: settings.agency.name,
    }),
    stampPictures: createStampPictures({
      blobs,
      list: sealedFile(vault, join(profile, 'stamp-pictures.sealed'), 'stamp-pictures', stampPictureList),
      check: (png) => reading.checkStampPicture(png),
      now,
    }),
    drafts: createDraftCopies({
      reading,
      blobs,
      pages,
      saveCopy: (sha256, name) => parts.saveCopy(blobs, sha256, name),
    }),
    stamps: createStamps({
      reading,
      blobs,
      pages,
      agencyName: settings.agency.name,
      saveCopy: (sha256, name) => parts.saveCopy(blobs, sha256, name),
      now,
    }),
    marking: createMarking({
      reading,
      blobs,
      saveCopy: (sha256, name) => parts.saveCopy(blobs, sha256, name),
      now,
    }),
    history: createHistory({
      ...{ journal, blobs, agency: settings.agency, user: settings.user },
      machine: hostname(),
      now,
    }),
    calendar: sealedFile(vault, join(profile, 'calendar.sealed'), 'calendar', calendarChanges),
    directory: createDirectory({ profile, vault, hub: exchange }),
    hand: createHand({
      blobs,
      journal,
      reading,
      ownCode: settings.agency.code,
      secrecy,
      destroy,
      now,
    }),
    signing,
    devices,
    trust,
    updates: parts.updates,
    saveCopy: (sha256, name) => parts.saveCopy(blobs, sha256, name),
    openLink: parts.openLink,
    report: parts.report,
    quit: parts.quit ?? (() => undefined),
    now,
  });
  return {
    handlers,
    blobs,
    journal,
    signing,
    levels: trust.levels,
    /** The record key, once a window asks. The caller's copy is overwritten by the window's preload. */
    recordKey: () => vault.roomKey('records'),
    async close() {
      parts.tokens.close();
      intake.close();
      trust.levels.close();
      reading.close();
      await journal.close();
      blobs.close();
      vault.lock();
    },
  };
}

export type Services = Awaited<ReturnType<typeof assemble>>;
