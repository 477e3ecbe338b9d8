// Reads one QCVN 102 package from its bytes: tolerant about form, strict about cost. Attachments stream into the sink; what
// the standard does not name is kept as unknown. It judges no signature, no date and no agency.

import type { ByteSource } from '../../preload/contract/byte-source';
import type { Attachment, EdxmlPackage } from '../../preload/contract/edxml';
import { Failure } from '../../preload/contract/failure';
import { AttachmentReader } from './attachments';
import { asUtf8 } from './encoding';
import { manifestPath, readEnvelope, referencesOf } from './envelope';
import { defaultLimits, type EdxmlLimits } from './limits';
import { filledById, filledFrom, keepOddReferences, likelyFilled, type Reference } from './manifest';
import { PackageBuilder, type Step } from './package-builder';
import type { AttachmentSink } from './sink';
import { Tokenizer } from './tokenizer';

/** Bytes of a package: random access, or chunks as they come from a disk or a network. */
export type PackageSource = ByteSource | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const chunkBytes = 1 << 18;

function isByteSource(source: PackageSource): source is ByteSource {
  return 'read' in source && 'size' in source && typeof source.read === 'function';
}

async function* chunksOf(source: PackageSource, limits: EdxmlLimits): AsyncGenerator<Uint8Array> {
  if (isByteSource(source)) {
    if (source.size > limits.packageBytes) throw new Failure('edxml-size', `${source.size} bytes`);
    for (let offset = 0; offset < source.size; offset += chunkBytes) {
      yield source.read(offset, Math.min(chunkBytes, source.size - offset));
    }
    return;
  }
  for await (const chunk of source) {
    for (let offset = 0; offset < chunk.length; offset += chunkBytes) {
      yield chunk.subarray(offset, offset + chunkBytes);
    }
  }
}

/**
 * Reads a package. Each attachment's bytes go to `sink`, whose closing value becomes its `bytes`; an attachment whose
 * wrapping zip is broken keeps its raw bytes and a `code`. Throws a Failure of the codes `edxml-*` for a package that is
 * refused as a whole; bytes written to the sink until then were closed or discarded, never left open.
 * QCVN 102:2016 with its amendment of 2022, and the field practice that the writers' variants show.
 */
export async function readPackage<Body>(
  source: PackageSource,
  sink: AttachmentSink<Body>,
  limits: EdxmlLimits = defaultLimits,
): Promise<EdxmlPackage<Body>> {
  const builder = new PackageBuilder(limits);
  const tokenizer = new Tokenizer(builder, limits);
  const reader = new AttachmentReader(sink, limits);
  const attachments: Attachment<Body>[] = [];
  let references: readonly Reference[] | undefined;
  const run = async (steps: readonly Step[]) => {
    if (builder.envelope !== undefined) references ??= referencesOf(builder.envelope);
    for (const step of steps) await runStep(step, reader, references ?? [], attachments);
  };
  try {
    for await (const bytes of asUtf8(chunksOf(source, limits))) {
      tokenizer.write(bytes);
      const steps = builder.takeSteps();
      if (steps.length > 0) await run(steps);
    }
    tokenizer.end();
    await run(builder.takeSteps());
  } catch (error) {
    await reader.abandon();
    throw error;
  }
  return finish(builder, attachments);
}

async function runStep<Body>(
  step: Step,
  reader: AttachmentReader<Body>,
  references: readonly Reference[],
  attachments: Attachment<Body>[],
): Promise<void> {
  if (step.kind === 'data') return reader.data(step.bytes);
  if (step.kind === 'begin') return reader.begin(filledById(references, step.known));
  const { bytes, code } = await reader.complete(likelyFilled(references, step.meta, attachments.length));
  // Its own elements alone: what the manifest adds is sure once all attachments are known.
  attachments.push({ ...step.meta, ...(code === undefined ? {} : { code }), bytes });
}

function finish<Body>(builder: PackageBuilder, attachments: Attachment<Body>[]): EdxmlPackage<Body> {
  const { envelope, unknown } = builder;
  if (envelope === undefined) throw new Failure(builder.missingEnvelope(), 'edXMLEnvelope is missing');
  const references = referencesOf(envelope);
  const filled = filledFrom(references, attachments);
  const read = readEnvelope(envelope, unknown, filled.length > 0);
  keepOddReferences(references, filled, manifestPath, unknown);
  // By path, so that the order of the writer does not show; of one path the order stays.
  unknown.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return { ...read, attachments: filled, unknown };
}
