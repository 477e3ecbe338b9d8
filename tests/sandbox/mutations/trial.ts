// One changed PDF through reader, verifier and writer: what came of it, and whether anything happened that never may. It
// measures nothing.

import { checkVerdict } from '../../../main/cli/sign-judge';
import { pageObjects, samplePdf } from '../../../main/pdf/sample-pdf';
import {
  completeSignature,
  type KnownSigner,
  readyToSign,
  type SigningResources,
} from '../../../main/signing';
import { verifyPdf } from '../../../main/verifying';
import { bytesSource } from '../../../preload/contract/byte-source';
import { codeOf, isFailure } from '../../../preload/contract/failure';

export interface Trial {
  /** `signed`, or the code of the refusal. */
  readonly outcome: string;
  /** What never may happen; undefined where all is well. */
  readonly fault: string | undefined;
}

const time = new Date('2026-03-02T03:04:05Z');

function verdict(bytes: Uint8Array) {
  const given = { anchors: [], intermediates: [], crls: [], ocspResponses: [], now: time };
  return verifyPdf(bytesSource(bytes), given).verdict;
}

async function sign(bytes: Uint8Array, known: KnownSigner, resources: SigningResources): Promise<Uint8Array> {
  const source = bytesSource(bytes);
  const before = verdict(bytes);
  const ready = readyToSign(source, { what: { role: 'leader' }, time }, known, resources);
  const output = new Uint8Array(Buffer.concat([bytes, await completeSignature(ready, known)]));
  checkVerdict(verdict(output), ready, before);
  return output;
}

/** Tries to sign; only a Failure is a refusal, and none may come from the check of what was written. */
export async function tryOne(
  bytes: Uint8Array,
  known: KnownSigner,
  resources: SigningResources,
): Promise<Trial> {
  try {
    await sign(bytes, known, resources);
    return { outcome: 'signed', fault: undefined };
  } catch (error) {
    const outcome = codeOf(error);
    if (!isFailure(error))
      return { outcome, fault: error instanceof Error ? `${error.stack}` : String(error) };
    return { outcome, fault: outcome === 'signing-verification-failed' ? error.message : undefined };
  }
}

/** Documents to begin with: every kind of cross-reference, with and without a form, saved twice, signed. */
export async function baseDocuments(known: KnownSigner, resources: SigningResources): Promise<Uint8Array[]> {
  const form = [
    ...pageObjects('/Annots [5 0 R] ', '/AcroForm << /Fields [5 0 R 6 0 R] /SigFlags 1 >> '),
    {
      number: 5,
      body: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (O ky) /P 3 0 R /Rect [50 50 200 120] >>',
    },
    { number: 6, body: '<< /FT /Tx /T (ten) /V (Nguyen Van A) >>' },
  ];
  const kinds = ['table', 'stream', 'object-streams', 'hybrid'] as const;
  const plain = kinds.flatMap((kind) => [samplePdf(kind), samplePdf(kind, form)]);
  const signed = await Promise.all(plain.map((one) => sign(one, known, resources)));
  const twice = await Promise.all(signed.slice(0, 4).map((one) => sign(one, known, resources)));
  return [...plain, ...signed, ...twice];
}
