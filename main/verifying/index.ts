// The surface of the room: the verdict on a PDF's signatures, and what it takes to feed it. It holds no logic.
//
//   verifyPdf(source, options) -> {verdict, needs}                          pure: no network, no clock
//   verifyWithFetcher(source, options, fetcher, limitMs) -> {verdict, needs}  fetches what is missing, then judges again
//   gatherMaterial(source, options) -> what it takes to check a file later   checkSignerStanding(...) -> one certificate now
//   stampCheck(trust)(token) -> TSTInfo of a token that holds
//   readTrustFile(bytes) -> {anchors, intermediates, crls}                  PEM, DER, p7b; self-signed = anchor
export type { Fetched, Fetcher, FetchRequest } from './fetching';
export type { RevocationNeed } from './judgement';
export { gatherMaterial } from './material';
export { checkSignerStanding, type SignerStanding } from './signer-standing';
export { stampCheck } from './stamp-check';
export { joinTrust, readTrustFile, type TrustMaterial } from './trust-file';
export { type VerifyAnswer, type VerifyOptions, verifyPdf, verifyWithFetcher } from './verify';
