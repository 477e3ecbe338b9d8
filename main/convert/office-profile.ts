// The throw-away profile LibreOffice runs with: no macros, no links followed, PDF 1.7 with its pictures unreduced.
// It names settings and runs nothing.

interface Setting {
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

const scripting = '/org.openoffice.Office.Common/Security/Scripting';
const exporting = '/org.openoffice.Office.Common/Filter/PDF/Export';

const settings: readonly Setting[] = [
  // 3: very high, only from trusted places, of which there are none; and no macro at all.
  { path: scripting, name: 'MacroSecurityLevel', value: '3' },
  { path: scripting, name: 'DisableMacrosExecution', value: 'true' },
  // Pictures and links that lie elsewhere are not fetched: the document is in no trusted place.
  { path: scripting, name: 'BlockUntrustedRefererLinks', value: 'true' },
  // Never: 0 for texts, 1 for tables.
  { path: '/org.openoffice.Office.Writer/Content/Update', name: 'Link', value: '0' },
  { path: '/org.openoffice.Office.Calc/Content/Update', name: 'Link', value: '1' },
  // 0 is the newest of PDF 1.x that the version writes: 1.6 or 1.7.
  { path: exporting, name: 'SelectPdfVersion', value: '0' },
  { path: exporting, name: 'ReduceImageResolution', value: 'false' },
  { path: exporting, name: 'Quality', value: '95' },
  { path: exporting, name: 'EmbedStandardFonts', value: 'true' },
  // Boxes that could be filled in later have no place in a page that is signed.
  { path: exporting, name: 'ExportFormFields', value: 'false' },
];

/** The content of registrymodifications.xcu. */
export function profileSettings(): string {
  const items = settings.map(
    ({ path, name, value }) =>
      `<item oor:path="${path}"><prop oor:name="${name}" oor:op="fuse"><value>${value}</value></prop></item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${items.join('\n')}
</oor:items>
`;
}
