// The surface of the room: PAdES baseline signatures (EN 319 142-1, level B-B) appended to a PDF, and the gate of law.
//
//   knownSigner(signer)                               parses the certificate once; Signer = {certificate, chain, algorithm, sign}
//   readyToSign(source, order, known, {font})         -> {prepared, attributes}: nothing signed yet, nothing written
//   completeSignature(ready, known)                   -> bytes to append (signature checked with the certificate's key)
//   prepareFile, publishSigned, signFile              the same on files: copy, append, fsync, check, rename, fsync of the folder
//   prepareNumberBlanks(source, blanks, {font})       number and date as text fields, before the first signature
//   writeNumber(source, {values, found}, {font})      -> {increment, way}: fills those, or makes fields of the agency's own
//   prepareSignature, embedContents                   the two halves without a signer
//   TimestampClient(authorities).stamp(digest)        -> token; several authorities, pauses, one request at a time
//   signatureValueOf, withSignatureTimestamp          B-T of a signature just made, in the room that was reserved
//   documentTimestampIncrement, securityStoreIncrement  the steps to B-T, B-LT, B-LTA as increments
//   raiseFile(source, output, target, tools)          -> {level, reached, warnings}: these steps on a file, each judged
//   signingGate(facts, policy)                        the code that forbids a signature now, or undefined
//   roleOfField(name)                                 the role of a signature made here, by its field's name
//   shippedFont()                                     the font for {font}, read once
export { matrixOf, putImage } from './appearance';
export { parseSignerCertificate, type SignerCertificate } from './certificate';
export { cmsRoom, digestOf, type SignatureAlgorithm, type Signer } from './cms';
export { prepareDocumentTimestamp } from './document-timestamp';
export { securityStoreIncrement, type ValidationMaterial } from './dss';
export { leaderPlaceOn, roleOfField, type SignedPlace, waitingPlaceOn } from './fields';
export { FontUse } from './font';
export {
  type EarlierSignature,
  type GateFacts,
  type GatePolicy,
  hasBroken,
  signingGate,
  strictPolicy,
} from './gate';
export { geometryOf, type PageGeometry, POINTS_PER_MM, type Rect, rectOf } from './geometry';
export { type NumberOrder, type NumberWay, type WrittenNumber, writeNumber } from './number';
export {
  blankNames,
  fillNumberBlanks,
  type NumberBlank,
  type NumberPart,
  type NumberValues,
  numberParts,
  prepareNumberBlanks,
  readNumberBlanks,
  wordIn,
} from './number-blanks';
export { type NumberTexts, numberFieldNames, prepareNumberFields } from './number-fields';
export { type CheckedPicture, checkPicture, checkStampPicture, type PictureKind } from './picture-check';
export { type PdfImage, pngSize, readPng } from './png';
export { embedContents, type PreparedSignature, prepareSignature, type SigningResources } from './prepare';
export {
  checkNothingLost,
  checkRaisable,
  climbingLevel,
  compareLevels,
  documentTimestampIncrement,
  isStamped,
  type Level,
  levelOf,
  levels,
  nextStep,
  type Stamp,
} from './raise';
export { type RaisedFile, type RaiseTools, raiseFile } from './raise-file';
export type { Place, PlacedText, Role, RoleRequest, SignatureRequest } from './request';
export { shippedBold, shippedFont } from './shipped-font';
export {
  completeSignature,
  type KnownSigner,
  knownSigner,
  type ReadyToSign,
  readyToSign,
  type SigningOrder,
} from './sign';
export {
  checkOutput,
  type FileCheck,
  prepareFile,
  publishAppended,
  publishSigned,
  type SignedFile,
  signFile,
} from './sign-file';
export { type StampFonts, type StampRequest, stampIncrement, stampSize, type UrgencyLevel } from './stamp';
export { pdfDate } from './time';
export { type CheckToken, readTimestampReply, signatureValueOf, withSignatureTimestamp } from './timestamp';
export { parseTrueType, type TrueTypeFont } from './truetype';
export { StampRefused, type TimestampAuthorities, TimestampClient } from './tsa-client';
export { onWritable } from './writable';
