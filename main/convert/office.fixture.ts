// Office files for tests: the parts that a reader needs and no more. They say one paragraph in Times New Roman.
import { strToU8, zipSync } from 'fflate';

/** An OpenDocument text; `more` replaces or adds parts. */
export function odt(text: string, more: Readonly<Record<string, string>> = {}): Uint8Array {
  const spaces =
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"';
  const files = {
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': `<?xml version="1.0"?><office:document-content ${spaces} office:version="1.2"><office:font-face-decls><style:font-face style:name="F" svg:font-family="'Times New Roman'"/></office:font-face-decls><office:automatic-styles><style:style style:name="P" style:family="paragraph"><style:text-properties style:font-name="F"/></style:style></office:automatic-styles><office:body><office:text><text:p text:style-name="P">${text}</text:p></office:text></office:body></office:document-content>`,
    'META-INF/manifest.xml':
      '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, body]) => [name, strToU8(body)])), {
    level: 0,
  });
}

/** A Word document. */
export function wordFile(text: string): Uint8Array {
  const office = 'http://schemas.openxmlformats.org';
  const word = `${office}/wordprocessingml/2006/main`;
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>';
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${word}"><w:body><w:p><w:r><w:rPr>${font}</w:rPr><w:t>${text}</w:t></w:r></w:p></w:body></w:document>`,
  };
  const declared = Object.entries(parts).map(([name, body]) => [
    name,
    strToU8(`<?xml version="1.0"?>${body}`),
  ]);
  return zipSync(Object.fromEntries(declared));
}
