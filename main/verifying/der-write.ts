// Writes the few DER structures that verifying itself makes: a status request, and a re-sorted attribute set.
// It reads nothing.

/** One tag-length-value over the joined parts. */
export function derWrite(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  const header = length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets];
  return Buffer.concat([Uint8Array.from(header), ...parts]);
}

/** DER of an OBJECT IDENTIFIER in dotted form. */
export function derOid(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [(arcs[0] ?? 0) * 40 + (arcs[1] ?? 0), ...arcs.slice(2)]) {
    const group = [arc & 0x7f];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128))
      group.unshift((rest & 0x7f) | 0x80);
    octets.push(...group);
  }
  return derWrite(0x06, Uint8Array.from(octets));
}

/** A SET OF with its members in DER order (X.690 11.6). */
export function derSetOf(members: readonly Uint8Array[]): Uint8Array {
  return derWrite(0x31, ...[...members].sort((one, other) => Buffer.compare(one, other)));
}
