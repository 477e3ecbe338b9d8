// Names of attachments made safe for a disk, on Windows too. It touches no disk.

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
const longest = 200;

/** The extension of a name, lower case, without the dot; empty when it has none. */
export function extensionOf(name: string): string {
  const base = name.replace(/^.*[\\/]/s, '').trim();
  const dot = base.lastIndexOf('.');
  return dot <= 0 || dot === base.length - 1 ? '' : base.slice(dot + 1).toLowerCase();
}

/**
 * One path segment made from a stranger's name: no folder, no control or bidirectional character, no device name, no
 * trailing dot or blank, at most 200 UTF-8 bytes with the extension kept. `fallback` stands in when nothing is left.
 */
export function safeFileName(name: string, fallback = 'tep-dinh-kem'): string {
  const base = name
    .normalize('NFC')
    .replace(/^.*[\\/]/s, '')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const named = base === '' ? fallback : base;
  return shortened(reserved.test(named) ? `_${named}` : named);
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  const extension = extensionOf(name);
  const end = extension === '' || extension.length > 20 ? '' : `.${extension}`;
  let stem = name.slice(0, name.length - end.length);
  while (Buffer.byteLength(stem) + Buffer.byteLength(end) > longest) stem = [...stem].slice(0, -1).join('');
  return `${stem.trimEnd()}${end}`;
}
