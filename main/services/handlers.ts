// Answers every call of the contract out of the services. One line of work a call; rules stand in the services.
import { hostname } from 'node:os';
import type { AppInfo, CallOutput } from '../../preload/contract/calls';
import { assert } from '../../preload/contract/failure';
import { asInstant, type Sha256 } from '../../preload/contract/ids';
import type { QuitAnswer } from '../../preload/contract/quitting';
import type { Attachment } from '../../preload/contract/records';
import type { CalendarChange } from '../../preload/contract/working-calendar';
import type { CallHandlers } from '../ipc/answer-call';
import type { Journal } from '../journal';
import type { Numbers } from '../registers';
import { hubPlace, hubWaysOf } from '../settings/hub-settings';
import type { Settings } from '../settings/settings';
import type { UpdateHandlers } from '../updates/open-updates';
import { looksLikePdf, verdictOrReason } from './arrivals';
import type { DeviceService } from './devices';
import type { Directory } from './directory/directory';
import type { SealedFile } from './directory/sealed-file';
import type { DraftCopies } from './draft-copies';
import type { HandService } from './hand/hand';
import type { History } from './history/history';
import type { HubService } from './hub-service';
import type { Intake } from './intake/intake';
import type { OpenLevels } from './levels/open-levels';
import type { MarkingHandlers } from './marking/marking';
import type { Packages } from './packages';
import type { PageService } from './pages';
import type { PictureService } from './pictures/pictures';
import type { ReadingPort } from './reading-port';
import type { Secrecy } from './secrecy/secrecy';
import type { SigningService } from './signing';
import { signedFileOf } from './signing-parts';
import type { StampPictures } from './stamp-pictures/stamp-pictures';
import type { StampService } from './stamps';
import type { createUploads } from './uploads';

export interface HandlerParts {
  readonly settings: Settings;
  readonly version: string;
  readonly runtime: string;
  readonly journal: Journal;
  readonly hub: HubService;
  readonly packages: Packages;
  readonly numbers: Numbers;
  readonly uploads: ReturnType<typeof createUploads>;
  readonly intake: Intake;
  readonly reading: ReadingPort;
  readonly pages: PageService;
  readonly stamps: StampService;
  readonly drafts: DraftCopies;
  readonly pictures: PictureService;
  readonly stampPictures: StampPictures;
  readonly hand: HandService;
  readonly directory: Directory;
  readonly secrecy: Secrecy;
  readonly history: History;
  readonly calendar: SealedFile<CalendarChange[]>;
  readonly signing: SigningService;
  readonly devices: DeviceService;
  readonly trust: OpenLevels;
  readonly updates: UpdateHandlers;
  readonly marking: MarkingHandlers;
  /** Asks the person where, then writes a copy; false when the person did not want to. */
  readonly saveCopy: (sha256: Sha256, name: string) => Promise<boolean>;
  readonly openLink: (address: string) => Promise<boolean>;
  readonly report: (where: string, message: string) => void;
  readonly quit: (how: QuitAnswer) => void;
  readonly now: () => Date;
}

async function checkedFile(parts: HandlerParts, sha256: Sha256): Promise<CallOutput<'files.verify'>> {
  const verdict = await verdictOrReason(parts.reading, sha256);
  const pages = verdict.verdict === 'unreadable' ? 0 : (await parts.reading.pdfFacts(sha256)).pages;
  return { verdict, at: asInstant(parts.now()), pages };
}

function info(parts: HandlerParts): AppInfo {
  const { settings } = parts;
  const { hub } = settings;
  return {
    version: parts.version,
    runtime: parts.runtime,
    agency: settings.agency,
    profile: settings.profile,
    user: settings.user,
    hub: {
      kind: hub?.kind ?? '',
      ...(hub === null ? { endpoint: '', secure: false } : hubPlace(hub)),
      takes: hub?.reading === 'take',
      ways: hubWaysOf(hub),
      configured: hub !== null && settings.profile === 'clerk',
    },
    notation: settings.notation,
    place: settings.place,
    machine: hostname().slice(0, 200),
    needsNumbers: settings.profile === 'clerk' && parts.numbers.needsStart,
    now: asInstant(parts.now()),
  };
}

/** All handlers. */
export function createHandlers(parts: HandlerParts): CallHandlers {
  const { journal, hub, packages, numbers, uploads, intake, pages, signing, devices, trust, directory } =
    parts;
  const { levels } = trust;
  return {
    'app.info': async () => info(parts),
    'app.quit': async ({ how }) => {
      parts.quit(how);
      return {};
    },
    'app.report': async ({ where, message }) => {
      parts.report(where, message);
      return {};
    },
    'journal.put': async ({ puts }) => ({
      seq: await journal.appendAll(puts.map((put) => ({ type: 'put', put }))),
    }),
    'journal.latest': async ({ after }) => {
      const page = await journal.latest(after);
      return { puts: [...page.items], next: page.next };
    },
    'journal.arrivals': async ({ after }) => {
      const page = await journal.arrivals(after);
      return { arrivals: [...page.items], next: page.next };
    },
    'hub.list': ({ kind }) => hub.list(kind),
    'hub.receive': ({ docId, kind }) => hub.receive(docId, kind),
    'hub.acknowledge': ({ docId }) => hub.acknowledge(docId),
    'hub.send': ({ row, packageSha, kind, receivers }) => hub.send(row, packageSha, kind, receivers),
    'hub.attempt': async ({ row }) => hub.attempt(row),
    'hub.sent': ({ kind }) => hub.sent(kind),
    'agencies.refresh': () => directory.refresh(),
    'agencies.find': async ({ text, limit }) => ({ agencies: await directory.find(text, limit) }),
    'agencies.check': async ({ codes }) => ({ checked: await directory.check(codes) }),
    'agencies.favour': async ({ code, on }) => {
      await directory.favour(code, on);
      return {};
    },
    'agencies.groups': async () => ({ groups: await directory.groups() }),
    'agencies.putGroup': async ({ id, group }) => ({ groups: await directory.putGroup(id, group) }),
    'package.document': async ({ act, facts, files }) => {
      levels.demand(files.map((file) => file.sha256));
      await parts.secrecy.demandPlain(files.map((file) => ({ ...file, isPdf: looksLikePdf(file.name, '') })));
      return packages.document(act, facts, files);
    },
    'package.status': ({ act, status }) => packages.status(act, status),
    'numbers.propose': async ({ register, series, year }) => ({
      next: numbers.propose({ register, series, year }),
    }),
    'numbers.give': (input) => numbers.give(input),
    'numbers.start': async ({ year, lastIncoming, lastOutgoing }) => {
      await numbers.start([
        { register: 'incoming', series: null, year, last: lastIncoming },
        { register: 'outgoing', series: null, year, last: lastOutgoing },
      ]);
      return {};
    },
    'numbers.stamp': (input) => pages.stampNumber(input),
    'numbers.saveDraft': ({ sha256, name }) => parts.drafts.save(sha256, name),
    'files.begin': async ({ name, size }) => ({ upload: await uploads.begin(name, size) }),
    'files.append': async ({ upload, bytes }) => {
      await uploads.append(upload, bytes);
      return {};
    },
    'files.finish': async ({ upload }) => {
      const file = await uploads.finish(upload);
      const pdf = file.contentType === 'application/pdf';
      const verdict = pdf ? await verdictOrReason(parts.reading, file.sha256) : null;
      const attachment: Attachment = {
        ...file,
        description: '',
        verdict,
        verifiedAt: verdict === null ? null : asInstant(parts.now()),
        problem: null,
      };
      return attachment;
    },
    'files.preview': ({ sha256 }) => intake.preview(sha256),
    'intake.look': ({ sha256, name }) => intake.look(sha256, name),
    'intake.convert': async ({ work, files }) => ({ file: await intake.convert(work, files) }),
    'intake.unlock': ({ sha256, password, keep }) => intake.unlock(sha256, password, keep),
    'intake.password': async ({ sha256 }) => ({ password: intake.passwordOf(sha256) }),
    'intake.repair': ({ work, file }) => intake.repair(work, file),
    'intake.stop': async ({ work }) => {
      intake.stop(work);
      return {};
    },
    'links.open': async ({ address }) => ({ opened: await parts.openLink(address) }),
    'files.saveCopy': async ({ sha256, name }) => ({ saved: await parts.saveCopy(sha256, name) }),
    'files.verify': ({ sha256 }) => checkedFile(parts, sha256),
    'files.read': ({ sha256 }) => pages.read(sha256),
    'history.save': async ({ as }) => {
      const { sha256, name, rows, last } = await parts.history.make(as);
      return { saved: await parts.saveCopy(sha256, name), rows, last };
    },
    'calendar.read': async () => ({ changes: (await parts.calendar.read()) ?? [] }),
    'calendar.write': async ({ changes }) => {
      await parts.calendar.write(changes);
      return {};
    },
    'hand.read': ({ sha256, name }) => parts.hand.read(sha256, name),
    'hand.bring': async ({ sha256 }) => ({ arrival: await parts.hand.bring(sha256) }),
    'stamps.arrival': (request) => parts.stamps.arrival(request),
    'stamps.urgency': (request) => parts.stamps.urgency(request),
    'devices.look': async () => ({ drivers: await devices.look() }),
    'devices.test': ({ id }) => devices.test(id),
    'devices.choose': async () => ({ driver: await devices.choose() }),
    'devices.forget': async ({ id }) => {
      devices.forget(id);
      return {};
    },
    'devices.copyDiagnostics': async () => ({ lines: await devices.copyDiagnostics() }),
    'stampPictures.list': async () => ({ pictures: await parts.stampPictures.list() }),
    'stampPictures.put': async ({ name, png }) => ({ picture: await parts.stampPictures.put(name, png) }),
    'stampPictures.remove': async ({ sha256 }) => {
      await parts.stampPictures.remove(sha256);
      return {};
    },
    'stampPictures.read': async ({ sha256 }) => ({ png: await parts.stampPictures.read(sha256) }),
    'pictures.list': async () => ({ pictures: await parts.pictures.list() }),
    'pictures.put': async ({ fingerprint, png, widthMm }) => ({
      picture: await parts.pictures.put(fingerprint, png, widthMm),
    }),
    'pictures.resize': async ({ id, widthMm }) => ({ picture: await parts.pictures.resize(id, widthMm) }),
    'pictures.remove': async ({ id }) => {
      await parts.pictures.remove(id);
      return {};
    },
    'signing.signers': async ({ role }) => ({ signers: await signing.signers(role) }),
    'signing.standing': async ({ fingerprint }) => ({ standing: await signing.standing(fingerprint) }),
    'signing.place': (request) => pages.place(request),
    'signing.sign': async (request) => {
      const [done] = await signing.sign([request]);
      assert(done !== undefined, 'one request has one result');
      return signedFileOf(done);
    },
    'signing.signAll': async ({ requests }) => ({
      results: (await signing.sign(requests)).map(signedFileOf),
    }),
    'levels.jobs': async ({ documentId }) => {
      const { enabled, target, beforeSending } = levels.policy;
      return { policy: { enabled, target, beforeSending }, jobs: levels.jobs(documentId) };
    },
    'levels.file': async ({ input }) => ({ file: await trust.file(input) }),
    'levels.raise': async ({ documentId }) => {
      levels.wake(documentId);
      return {};
    },
    'levels.settle': async ({ documentId }) => {
      await levels.settle(documentId);
      return {};
    },
    'levels.evidence': async ({ sha256 }) => ({ evidence: await trust.kept(sha256) }),
    'batch.start': async ({ batch, fingerprint, documents }) => ({
      outcomes: await signing.batches.start(batch, fingerprint, documents),
    }),
    'batch.pause': async ({ batch }) => {
      signing.batches.pause(batch);
      return {};
    },
    'batch.resume': async ({ batch }) => {
      signing.batches.resume(batch);
      return {};
    },
    'batch.cancel': async ({ batch }) => {
      signing.batches.cancel(batch);
      return {};
    },
    'batch.running': async () => ({ progress: signing.batches.running() }),
    ...parts.updates,
    ...parts.marking,
    'batch.recover': async ({ documents }) => ({ outcomes: await signing.batches.recover(documents) }),
  };
}
