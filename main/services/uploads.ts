// Files the clerk brings in, piece by piece, into sealed blobs. It trusts the bytes for what they are, never the name.
import { randomUUID } from 'node:crypto';
import { Failure } from '../../preload/contract/failure';
import type { Sha256 } from '../../preload/contract/ids';
import type { BlobStore, SealedWriter } from '../blobs';
import { startsPdf } from '../convert/kind';
import { safeFileName } from '../edxml';

interface Upload {
  readonly writer: SealedWriter;
  readonly name: string;
  readonly size: number;
  received: number;
  head: Uint8Array;
}

export interface UploadedFile {
  readonly sha256: Sha256;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
}

const mostOpen = 8;
/** What the reading host, the packages and the axis can still bear. */
const mostBytes = 2 ** 30;

/** Content type by the first bytes (magic numbers), with the name deciding only between zip containers. */
export function sniff(head: Uint8Array, name: string): string {
  const text = Buffer.from(head.subarray(0, 1024)).toString('latin1');
  if (text.startsWith('PK\u0003\u0004')) {
    const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const office: Readonly<Record<string, string>> = {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      odt: 'application/vnd.oasis.opendocument.text',
      ods: 'application/vnd.oasis.opendocument.spreadsheet',
    };
    return office[extension] ?? 'application/zip';
  }
  // Behind archives: one that keeps a PDF as it is has that PDF's header near its beginning.
  if (startsPdf(head)) return 'application/pdf';
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'image/tiff';
  if (text.startsWith('{\\rtf')) return 'application/rtf';
  if (text.startsWith('\u0089PNG')) return 'image/png';
  if (text.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  return 'application/octet-stream';
}

/** A PDF under the name of something else would be opened by the wrong program at its receivers. */
function namedByContent(name: string, contentType: string): string {
  return contentType === 'application/pdf' && !/\.pdf$/i.test(name) ? `${name}.pdf` : name;
}

/** Uploads over one store; at most eight at a time. */
export function createUploads(blobs: BlobStore) {
  const uploads = new Map<string, Upload>();

  function find(id: string): Upload {
    const upload = uploads.get(id);
    if (upload === undefined) throw new Failure('call-refused', 'no such upload');
    return upload;
  }

  async function drop(id: string): Promise<void> {
    const upload = uploads.get(id);
    uploads.delete(id);
    await upload?.writer.abort();
  }

  return {
    /** Throws Failure `file-empty`, `file-too-large`, and those of the disk. */
    async begin(name: string, size: number): Promise<string> {
      if (size === 0) throw new Failure('file-empty', name);
      if (size > mostBytes) throw new Failure('file-too-large', `${size}`);
      if (uploads.size >= mostOpen) {
        const oldest = uploads.keys().next();
        if (oldest.done !== true) await drop(oldest.value);
      }
      const id = randomUUID();
      const safe = safeFileName(name);
      const writer = await blobs.writer('own-file', safe, '', size);
      uploads.set(id, { writer, name: safe, size, received: 0, head: new Uint8Array(0) });
      return id;
    },

    async append(id: string, bytes: Uint8Array): Promise<void> {
      const upload = find(id);
      if (upload.received + bytes.length > upload.size) {
        await drop(id);
        throw new Failure('call-refused', 'more bytes than were said');
      }
      if (upload.received === 0) upload.head = Uint8Array.from(bytes.subarray(0, 1024));
      upload.received += bytes.length;
      await upload.writer.write(bytes);
    },

    async finish(id: string): Promise<UploadedFile> {
      const upload = find(id);
      uploads.delete(id);
      if (upload.received !== upload.size) {
        await upload.writer.abort();
        throw new Failure('call-refused', 'fewer bytes than were said');
      }
      const written = await upload.writer.finish();
      const contentType = sniff(upload.head, upload.name);
      return { ...written, name: namedByContent(upload.name, contentType), contentType };
    },
  };
}
