// Reads a small package as the host does it: from bytes, into bytes, and looks at each of its files while they are at hand. A file
// that cannot be looked at costs its package nothing; the host keeps nothing, opens no file and asks nobody for anything: whether
// the package may be here at all is not known yet.
import { type ByteSource, bytesSource } from '../../preload/contract/byte-source';
import { codeOf } from '../../preload/contract/failure';
import { memorySink, readPackage } from '../edxml';
import { verifyPdf } from '../verifying';
import { arrivalInputs, type InlineAttachment, type Look, mostInline, mostLooks } from './arrival-protocol';
import type { Job } from './job';
import { readText } from './pdf-text';
import type { JobAnswer, JobInput } from './protocol';
import { beginsAsPdf } from './sealing-sink';
import { fileSaysSecret } from './secret-look';

type Given = JobInput<'read-arrival'>;

function verdictOf(source: ByteSource, given: Given): unknown {
  const { anchors, intermediates, crls, now } = given;
  try {
    const { verdict, needs } = verifyPdf(source, { anchors, intermediates, crls, ocspResponses: [], now });
    return needs.length === 0 ? verdict : null;
  } catch (error) {
    return codeOf(error);
  }
}

async function lookAt(source: ByteSource, isPdf: boolean, given: Given): Promise<Look> {
  if (!isPdf) return { kind: 'other', secret: await fileSaysSecret(source) };
  const read = await readText(source, 1, null, null, 0);
  const verdict = verdictOf(source, given);
  return { kind: 'pdf', verdict, firstPage: [...(read?.pieces ?? [])] } as Look;
}

/** A file at which the look itself breaks is asked about alone, so that its package is read all the same. */
async function lookOrNone(...given: Parameters<typeof lookAt>): Promise<Look | null> {
  try {
    return await lookAt(...given);
  } catch {
    return null;
  }
}

const readArrivalJob: Job<'read-arrival'> = async (input) => {
  const given = arrivalInputs['read-arrival'].parse(input);
  const read = await readPackage(bytesSource(given.content), memorySink(mostInline));
  const attachments: { bytes: InlineAttachment }[] = [];
  for (const { bytes: content, ...meta } of read.attachments) {
    const source = bytesSource(content);
    const isPdf = beginsAsPdf(content);
    const looked = read.kind === 'edoc' && attachments.length < mostLooks;
    const look = looked ? await lookOrNone(source, isPdf, given) : null;
    attachments.push({ ...meta, bytes: { content, isPdf, look } });
  }
  return { ...read, attachments } as JobAnswer<'read-arrival'>;
};

export const arrivalJobs = { 'read-arrival': readArrivalJob } as const;
