// The surface of the room: marks over pages as annotations of a PDF, as part of its pages, and back. It knows no store, no window
// and no signature's cryptography.
//
//   markIncrement(source, order, font)     the bytes to append that write marks as standard annotations, and the signs that show as a box
//   flattenIncrement(source, order, font)  the same as part of the pages: nothing to take off again
//   notesPageCount(marks, inFile, font)    how many pages of notes' words that puts behind the last
//   readMarks(source, fileSha)             the annotations of a file as marks: ours exactly, others as the nearest kind
//   asImported(read)                       all of them on the layer of what other programs wrote
//   answerable(read)                       what marks of this desk may answer in that file
//   sheetPdf(sheet, fonts)                 the sheet of an incoming document as a new file
export { hasPlace } from './drawing';
export { flattenIncrement, notesPageCount } from './flatten';
export { answerable, asImported, importedId, type ReadMark, type ReadMarks, readMarks } from './read';
export { sheetPdf, sheetTitle } from './sheet';
export { type MarkingOrder, markIncrement, type WrittenMarks } from './write';
