// The jobs of the reading host by name: each parses one foreign file and gives back values. They keep nothing afterwards.
import { readFileSync } from 'node:fs';
import type { ByteSource } from '../../preload/contract/byte-source';
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { readPackage } from '../edxml';
import {
  checkPicture,
  checkStampPicture,
  knownSigner,
  onWritable,
  parseTrueType,
  prepareNumberBlanks,
  readyToSign,
  type SigningOrder,
  type SigningResources,
  type StampRequest,
  stampIncrement,
  writeNumber,
} from '../signing';
import { verifyPdf, verifyWithFetcher } from '../verifying';
import { arrivalJobs } from './arrival-job';
import { intakeJobs } from './intake-jobs';
import { fetcherThrough, type Job, withFile } from './job';
import { levelJobs } from './level-jobs';
import { markingJobs } from './marking-jobs';
import { pdfFactsJob } from './pdf-facts';
import { previewJobs } from './preview-job';
import { type JobAnswer, type JobName, jobInputs } from './protocol';
import { sealingSink } from './sealing-sink';

const fonts = new Map<string, SigningResources>();
function resourcesFrom(fontPath: string): SigningResources {
  const known = fonts.get(fontPath) ?? { font: parseTrueType(readFileSync(fontPath)) };
  fonts.set(fontPath, known);
  return known;
}

const readPackageJob: Job<'read-package'> = (input, ask) => {
  const { access, docId, ticket } = jobInputs['read-package'].parse(input);
  return withFile(access, (source) => readPackage(source, sealingSink(docId, ask, ticket)));
};

const verifyJob: Job<'verify'> = (input, ask) => {
  const { access, time, password, fetchMilliseconds, ...given } = jobInputs.verify.parse(input);
  const options = {
    ...given,
    ...(time === null ? {} : { time }),
    ...(password === null ? {} : { password }),
  };
  return withFile(access, async (source) => {
    const answer =
      fetchMilliseconds === 0
        ? verifyPdf(source, options)
        : await verifyWithFetcher(source, options, fetcherThrough(ask), fetchMilliseconds);
    return answer as JobAnswer<'verify'>;
  });
};

/** Who opened the file by the user's password alone may not change it where its owner forbids that. Throws `pdf-changes-restricted`. */
function refuseRestricted(source: ByteSource, password: string | undefined): void {
  const restricted = onWritable(source, password, (file) => file.encryption?.restricted === true);
  if (restricted) throw new Failure('pdf-changes-restricted');
}

const prepareSignatureJob: Job<'prepare-signature'> = (input) => {
  const { access, order, signer, fontPath } = jobInputs['prepare-signature'].parse(input);
  const known = knownSigner({
    ...signer,
    sign: () => Promise.reject(new Failure('internal', 'the reading host never signs')),
  });
  return withFile(access, (source) => {
    const { prepared, attributes } = readyToSign(
      source,
      order as SigningOrder,
      known,
      resourcesFrom(fontPath),
    );
    const { shown, byteRange, warnings, signedBefore, ...rest } = prepared;
    if (warnings.includes('pdf-changes-restricted')) throw new Failure('pdf-changes-restricted');
    return {
      prepared: {
        ...rest,
        signedBefore: [...signedBefore],
        byteRange: [...byteRange],
        warnings: [...warnings] as Code[],
        ...(shown === undefined ? {} : { shown }),
      },
      attributes,
    } as JobAnswer<'prepare-signature'>;
  });
};

const prepareNumberJob: Job<'prepare-number'> = (input) => {
  const { access, order, fontPath, password } = jobInputs['prepare-number'].parse(input);
  return withFile(access, (source) => {
    refuseRestricted(source, password ?? undefined);
    return writeNumber(source, order, resourcesFrom(fontPath), password ?? undefined);
  });
};

const prepareBlanksJob: Job<'prepare-blanks'> = (input) => {
  const { access, blanks, fontPath, password } = jobInputs['prepare-blanks'].parse(input);
  return withFile(access, (source) => {
    refuseRestricted(source, password ?? undefined);
    return {
      increment: prepareNumberBlanks(source, blanks, resourcesFrom(fontPath), password ?? undefined),
    };
  });
};

const checkPictureJob: Job<'check-picture'> = async (input) => {
  const { png, kind, widthMm } = jobInputs['check-picture'].parse(input);
  return checkPicture(png, kind, widthMm ?? undefined);
};

const checkStampPictureJob: Job<'check-stamp-picture'> = (input) =>
  Promise.resolve(checkStampPicture(jobInputs['check-stamp-picture'].parse(input).png));

const stampPageJob: Job<'stamp-page'> = (input) => {
  const { access, stamp, at, fontPath, boldPath, password } = jobInputs['stamp-page'].parse(input);
  const fonts = { regular: resourcesFrom(fontPath).font, bold: resourcesFrom(boldPath).font };
  return withFile(access, (source) => {
    refuseRestricted(source, password ?? undefined);
    return { increment: stampIncrement(source, stamp as StampRequest, at, fonts, password ?? undefined) };
  });
};

export const jobs: { readonly [N in JobName]: Job<N> } = {
  'read-package': readPackageJob,
  verify: verifyJob,
  'prepare-signature': prepareSignatureJob,
  'prepare-number': prepareNumberJob,
  'prepare-blanks': prepareBlanksJob,
  'check-picture': checkPictureJob,
  'check-stamp-picture': checkStampPictureJob,
  'stamp-page': stampPageJob,
  'pdf-facts': pdfFactsJob,
  ...arrivalJobs,
  ...intakeJobs,
  ...previewJobs,
  ...levelJobs,
  ...markingJobs,
};
