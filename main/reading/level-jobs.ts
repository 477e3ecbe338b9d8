// The jobs that raise levels and look at certificates, as the host does them: each reads foreign bytes and gives back values.
// They keep nothing, and the network is main's.
import { prepareDocumentTimestamp, readTimestampReply, securityStoreIncrement } from '../signing';
import { checkSignerStanding, type Fetcher, gatherMaterial, stampCheck } from '../verifying';
import { readRevocationList } from '../verifying/crl';
import { readOcspResponse } from '../verifying/ocsp';
import { fetcherThrough, type Job, withFile } from './job';
import { levelInputs } from './level-protocol';
import type { JobAnswer } from './protocol';

const noFetch: Fetcher = () => Promise.reject(new Error('the network is not asked'));

const prepareStamp: Job<'prepare-stamp'> = (input) => {
  const { access, room, password } = levelInputs['prepare-stamp'].parse(input);
  return withFile(access, (source) => {
    const more = password === null ? {} : { password };
    const { shown, byteRange, warnings, signedBefore, ...rest } = prepareDocumentTimestamp(source, {
      room,
      ...more,
    });
    const prepared = {
      ...rest,
      signedBefore: [...signedBefore],
      byteRange: [...byteRange],
      warnings: [...warnings],
      ...(shown === undefined ? {} : { shown }),
    };
    return { prepared } as JobAnswer<'prepare-stamp'>;
  });
};

const readStamp: Job<'read-stamp'> = async (input) => {
  const { reply, digest, nonce, anchors, intermediates } = levelInputs['read-stamp'].parse(input);
  const token = readTimestampReply(reply, digest, nonce, stampCheck({ anchors, intermediates }));
  return { token: Uint8Array.from(token) };
};

const prepareStore: Job<'prepare-store'> = (input, ask) => {
  const { access, password, now, fetchMilliseconds, ...trust } = levelInputs['prepare-store'].parse(input);
  return withFile(access, async (source) => {
    const material = await gatherMaterial(source, {
      trust,
      now,
      password: password ?? undefined,
      fetcher: fetchMilliseconds === 0 ? noFetch : fetcherThrough(ask),
      ...(fetchMilliseconds === 0 ? {} : { limitMs: fetchMilliseconds }),
    });
    return { increment: securityStoreIncrement(source, material, password ?? undefined) ?? null };
  });
};

const checkSigner: Job<'check-signer'> = async (input, ask) => {
  const { certificate, chain, now, fetchMilliseconds, ...trust } = levelInputs['check-signer'].parse(input);
  const fetcher = fetchMilliseconds === 0 ? noFetch : fetcherThrough(ask);
  const options = { trust, now, limitMs: Math.max(fetchMilliseconds, 1) };
  const found = await checkSignerStanding(certificate, chain, options, fetcher);
  return {
    ...found,
    codes: [...found.codes],
    revokedAt: found.revokedAt ?? null,
    path: [...found.path],
    crls: [...found.crls],
    ocspResponses: [...found.ocspResponses],
  };
};

const answerUntil: Job<'answer-until'> = async (input) => {
  const { kind, answer } = levelInputs['answer-until'].parse(input);
  if (kind === 'crl') return { until: readRevocationList(answer).nextUpdate ?? null };
  const ends = (readOcspResponse(answer)?.singles ?? []).map((one) => one.nextUpdate);
  // A response without nextUpdate says that there is always something newer (RFC 6960 4.2.2.1).
  if (ends.length === 0 || ends.some((one) => one === undefined)) return { until: null };
  return { until: new Date(Math.min(...ends.map((one) => one?.getTime() ?? 0))) };
};

export const levelJobs = {
  'prepare-stamp': prepareStamp,
  'read-stamp': readStamp,
  'prepare-store': prepareStore,
  'check-signer': checkSigner,
  'answer-until': answerUntil,
} as const;
