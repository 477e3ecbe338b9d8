// The calls about devices, pictures, signatures, runs of many and levels: a part of the table in calls.ts. It holds no behaviour.
import { z } from 'zod';
import { batchDocuments, batchId, batchOutcome, batchProgress, signedFile } from './batch';
import { type CallShape, call, nothing } from './call';
import { driverCard } from './devices';
import { day, deskId, sha256 } from './ids';
import { levelJob, levelsPolicy, standing } from './levels';
import { pictureBytes, pictureCard, pictureId, pictureWidth } from './pictures';
import { attachment } from './records';
import {
  placedWord,
  placement,
  placeRole,
  signerCard,
  signingRequest,
  signingRole,
  urgencyLevel,
} from './signing-request';

export const signingCalls = {
  /** Every driver found on this machine with what it shows; no PIN. Failure `token-busy` while something is being signed. */
  'devices.look': call(nothing, z.strictObject({ drivers: z.array(driverCard) })),
  /** Looks at one driver again. */
  'devices.test': call(z.strictObject({ id: driverCard.shape.id }), driverCard),
  /** Main's own dialog asks for a driver file; one that answers as PKCS#11 is remembered. null: the person did not want to. */
  'devices.choose': call(nothing, z.strictObject({ driver: driverCard.nullable() })),
  /** Takes back a driver that was chosen here. */
  'devices.forget': call(z.strictObject({ id: driverCard.shape.id }), nothing),
  /** Main puts what it knows of drivers and devices into the clipboard: no PIN, no personal number. */
  'devices.copyDiagnostics': call(nothing, z.strictObject({ lines: z.number().int() })),
  /** Pictures of signers that are kept on this machine, the newest first. */
  'pictures.list': call(nothing, z.strictObject({ pictures: z.array(pictureCard).max(200) })),
  /** Keeps a picture for the holder of a certificate that is there, in place of an earlier one. Failures `picture-*`. */
  'pictures.put': call(
    z.strictObject({
      fingerprint: sha256,
      png: pictureBytes,
      /** null: as the file says, else the usual size. */
      widthMm: pictureWidth.nullable(),
    }),
    z.strictObject({ picture: pictureCard }),
  ),
  /** Says how wide a kept picture really is. */
  'pictures.resize': call(
    z.strictObject({ id: pictureId, widthMm: pictureWidth }),
    z.strictObject({ picture: pictureCard }),
  ),
  'pictures.remove': call(z.strictObject({ id: pictureId }), nothing),
  'signing.signers': call(
    z.strictObject({ role: signingRole }),
    z.strictObject({ signers: z.array(signerCard) }),
  ),
  /** How a certificate on a device stands now: path, dates, status; null where nobody may be asked. */
  'signing.standing': call(
    z.strictObject({ fingerprint: sha256 }),
    z.strictObject({ standing: standing.nullable() }),
  ),
  /**
   * Where the role's image would stand on the page, found from its text. For the role `number`, `words` are the number,
   * day and month where `numbers.stamp` would write them (points, origin lower left); none where the page has no blank.
   */
  'signing.place': call(
    z.strictObject({
      role: placeRole,
      sha256,
      number: z.number().int().positive().optional(),
      date: day.optional(),
      urgency: urgencyLevel.optional(),
    }),
    z.strictObject({
      placement,
      found: z.boolean(),
      words: z.array(placedWord).max(10),
      /**
       * How `numbers.stamp` would write them: into fields made ready before the first signature, or as fields of the agency's
       * own; null for other roles and where the page has no blank.
       */
      way: z.enum(['blanks', 'fields']).nullable().default(null),
      /** Sizes as shown of the pages that were read, so that the place can be kept inside; points. */
      sizes: z
        .array(z.strictObject({ page: z.number().int(), width: z.number(), height: z.number() }))
        .max(1000),
      pages: z.number().int().min(0),
    }),
  ),
  /** Opens the PIN window, signs, verifies the file on disk. The same act never signs twice. */
  'signing.sign': call(signingRequest, signedFile),
  /** The same for several files of one certificate with one PIN: the list is frozen before the PIN window opens. */
  'signing.signAll': call(
    z.strictObject({ requests: z.array(signingRequest).min(1).max(500) }),
    z.strictObject({ results: z.array(signedFile) }),
  ),
  /**
   * Signs many documents with one PIN; resolves when the run is over, with every document and what became of it. What is
   * signed meanwhile is told by `batch.outcome` too. Failure `batch-running` while another run is under way.
   */
  'batch.start': call(
    z.strictObject({ batch: batchId, fingerprint: sha256, documents: batchDocuments }),
    z.strictObject({ outcomes: z.array(batchOutcome) }),
  ),
  /** Between two signatures. The login is kept for a limited time. Failure `batch-over`. */
  'batch.pause': call(z.strictObject({ batch: batchId }), nothing),
  'batch.resume': call(z.strictObject({ batch: batchId }), nothing),
  /** What is signed stays signed; nothing more is begun. Failure `batch-over`. */
  'batch.cancel': call(z.strictObject({ batch: batchId }), nothing),
  /** The run under way, also one that another page of this window began; null when there is none. */
  'batch.running': call(nothing, z.strictObject({ progress: batchProgress.nullable() })),
  /** Of these documents those whose every file was signed before: the window that asked for it may never have heard. */
  'batch.recover': call(
    z.strictObject({ documents: batchDocuments }),
    z.strictObject({ outcomes: z.array(batchOutcome) }),
  ),
  /** Signed files on their way to their level: of one document, or all. */
  'levels.jobs': call(
    z.strictObject({ documentId: deskId.nullable() }),
    z.strictObject({ policy: levelsPolicy, jobs: z.array(levelJob).max(100_000) }),
  ),
  /** The newest file that came of a signed one, with its verdict; null when nothing was raised. */
  'levels.file': call(z.strictObject({ input: sha256 }), z.strictObject({ file: attachment.nullable() })),
  /** Tries now what waits: of one document, or all. */
  'levels.raise': call(z.strictObject({ documentId: deskId.nullable() }), nothing),
  /** Before a package is frozen: gives raising the time that policy allows. */
  'levels.settle': call(z.strictObject({ documentId: deskId }), nothing),
  /** What was kept of the check before a signature (TT 15/2025 Art. 5.4); `evidence` is a blob of its own. */
  'levels.evidence': call(
    z.strictObject({ sha256 }),
    z.strictObject({
      evidence: z
        .strictObject({
          sha256,
          name: z.string().max(200),
          signer: z.string().max(600),
          result: standing,
          certificates: z.number().int(),
          crls: z.number().int(),
          ocspResponses: z.number().int(),
        })
        .nullable(),
    }),
  ),
} as const satisfies Record<string, CallShape>;
