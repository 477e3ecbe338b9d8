// Changes one place in another program's source, and stops the build where that place is not what it was. It reads no file.

/** `text` with the only `from` in it made `to`. Throws where there is none, or more than one. */
export function replaced(text, from, to) {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`pdf.js changed: ${parts.length - 1} of ${from}`);
  return parts.join(to);
}
