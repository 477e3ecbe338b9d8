// Archives for tests as a library does not write them: any names, also two alike, in any bytes. Stored, never packed.
export interface StoredEntry {
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  /** General purpose flags; bit 11 says that the name is UTF-8. */
  readonly flags?: number;
}

/** A zip of these entries in this order. Its check sums are 0: the reader asks for none. */
export function storedZip(entries: readonly StoredEntry[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, flags = 0 } of entries) {
    const nameBytes = Buffer.from(name);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(flags, 6);
    head.writeUInt32LE(bytes.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(nameBytes.length, 26);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    row.writeUInt16LE(flags, 8);
    row.writeUInt32LE(bytes.length, 20);
    row.writeUInt32LE(bytes.length, 24);
    row.writeUInt16LE(nameBytes.length, 28);
    row.writeUInt32LE(offset, 42);
    files.push(head, nameBytes, Buffer.from(bytes));
    directory.push(row, nameBytes);
    offset += head.length + nameBytes.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...files, ...directory, end]));
}
