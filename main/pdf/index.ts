// The surface of the room: open a PDF, decrypting it, and read it as any revision left it. It knows no signature's cryptography
// and changes no file.
//
//   openPdf(source, {password?, findStart?}) -> PdfFile (is the PdfView of the newest revision)
//     .revisions            oldest first: {index, startxref, xrefKind, end, endOfMark, marked, trailer, sections}
//     .asOf(i)              PdfView: the file as revision i left it; .numbersOf(i): object numbers that revision i wrote
//     view.trailer .catalogRef .catalog .entry(number) .object(number, generation?) .resolve(value) .get(dict, key)
//     view.pages() .page(i) .acroForm() .fields() .decoded(stream) .stored(stream) .dataSpan(stream) .extent(object)
//   fileSpanOf(object, dict, key)   absolute {start, end} of a value's bytes, with the < > of a hex string
//   dict.duplicates                 keys that stand twice in a dictionary (the last one counts)
//   values: null, boolean, number, or {kind: 'name' | 'string' | 'ref' | 'array' | 'dict' | 'stream', ...} (values.ts)
// Writing:
//   new Increment(file) -> .allocate() .put(ref, ...parts) .putStream(ref, entries, data) .rewrite(object, value, splices) .finish(changeId) -> {bytes, bodyOffset}
//   addAnnotation, addField, addPlainFields (annotate.ts): a widget into its page, a field into the form, touching as little as possible
//   putTextField, fillTextField (text-field.ts): a text field made ready before a signature, and filled after it
//   setKey, appendItem, spliced (edit.ts): one dictionary or array with everything else byte for byte
// Every refusal is a Failure with a code of preload/contract/codes/pdf.ts.
export { addAnnotation, addField, addPlainFields } from './annotate';
export { type ContentStep, contentSteps } from './content';
export { appendItem, latin1, type Splice, setKey, spliced } from './edit';
export type { Entry } from './entries';
export { PdfFile, PdfView } from './file';
export type { PdfField } from './form';
export { type FinishedIncrement, Increment, refSyntax } from './increment';
export { type OpenOptions, openPdf } from './open';
export { Outline } from './outline';
export type { PdfPage } from './pages';
export { undoPngRows } from './predictor';
export { type RebuildReport, rebuildPdf } from './rebuild';
export { type RepairOrder, repairPdf } from './repair';
export type { Revision, Section, XrefKind } from './sections';
export { nameSyntax, numberSyntax, textOf, textSyntax } from './text';
export { fillTextField, putTextField, type TextFieldShape } from './text-field';
export * from './values';
