// What other rooms may use of edxml. It only names; everything else here is the room's own.
export { decodeGroups, lettersOfBase64, wordsOf } from './base64-groups';
export { bareContentId, foldedContentId } from './content-id';
export { contentTypeFor } from './content-type';
export { extensionOf, safeFileName } from './file-name';
export { fileSink } from './file-sink';
export { contentOf, inlineJson, parsePackageJson, withBodies } from './json';
export { defaultLimits, type EdxmlLimits } from './limits';
export { type PackageSource, readPackage } from './reader';
export { missingFields, wrongFields } from './required';
export { type AttachmentSink, type AttachmentWriter, digestSink, memorySink } from './sink';
export {
  type AttachmentContent,
  type PackageOutput,
  type WriteOptions,
  type WrittenPackage,
  writePackage,
} from './writer';
