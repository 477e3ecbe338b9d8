// The surface of the room: other files made PDF. Pictures by our own writer, office files by LibreOffice where it is
// installed. `writeImagePdf`, `fileFacts` and `pdfFonts` parse foreign bytes: the desk calls them in the reading host alone.
export { findOffice } from './find-office';
export { type ImagePdf, writeImagePdf } from './image-pdf';
export { convertOffice, isOfficeKind, type OfficeLimits } from './office';
export { type FileFacts, type FileKind, fileFacts } from './office-facts';
export { fontWarning, pdfFonts, type ReplacedFonts, replacedFonts } from './pdf-fonts';
