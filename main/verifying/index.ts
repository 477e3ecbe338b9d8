// The surface of the room: the verdict on a PDF's signatures, and what it takes to feed it. It holds no logic.
//
//   verifyPdf(source, options) -> {verdict, needs}                          pure: no network, no clock
//   verifyWithFetcher(source, options, fetcher, limitMs) -> {verdict, needs}  fetches what is missing, then judges again
//   readTrustFile(bytes) -> {anchors, intermediates, crls}                  PEM, DER, p7b; self-signed = anchor
export type { Fetcher, FetchRequest } from './fetching';
export type { RevocationNeed } from './judgement';
export { joinTrust, readTrustFile, type TrustMaterial } from './trust-file';
export { type VerifyAnswer, type VerifyOptions, verifyPdf, verifyWithFetcher } from './verify';
