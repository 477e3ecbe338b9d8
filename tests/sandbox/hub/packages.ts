// What the hub reads in packages and the status packages it writes for agencies that it plays, both through the
// project's own edXML reader and writer. It stores nothing.

import { type AttachmentSink, readPackage, writePackage } from '../../../main/edxml';
import { openFileSource } from '../../../main/runtime/file-source';
import type { EdxmlPackage, StatusHeader } from '../../../preload/contract/edxml';
import { isFailure } from '../../../preload/contract/failure';
import { wireTimestamp } from '../../../preload/contract/wire-time';
import type { PackageFacts } from './events';

const dropSink: AttachmentSink<null> = {
  open: async () => ({
    write: async () => undefined,
    close: async () => null,
    discard: async () => undefined,
  }),
};

/** The facts of a package file; undefined when it is not edXML. */
export async function readFacts(path: string): Promise<PackageFacts | undefined> {
  const source = openFileSource(path);
  try {
    return factsOf(await readPackage(source, dropSink));
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  } finally {
    source.close();
  }
}

function texts(values: readonly (string | undefined)[]): string[] {
  return values.filter((value): value is string => value !== undefined && value !== '');
}

function factsOf(read: EdxmlPackage<null>): PackageFacts {
  if (read.kind === 'status') {
    const about = read.header.ResponseFor;
    return {
      kind: 'status',
      documentId: about?.DocumentId ?? '',
      notation: about?.Code ?? '',
      title: read.header.Description ?? '',
      promulgationDate: about?.PromulgationDate ?? '',
      from: read.header.From?.OrganId ?? '',
      to: texts([about?.OrganId]),
      code: read.header.StatusCode ?? '',
      about: about?.DocumentId ?? '',
    };
  }
  const { header, trace } = read;
  const documentId = header.DocumentId ?? '';
  return {
    kind: 'edoc',
    documentId,
    notation: texts([header.Code?.CodeNumber, header.Code?.CodeNotation]).join('/'),
    title: header.Subject ?? '',
    promulgationDate: header.PromulgationInfo?.PromulgationDate ?? '',
    from: header.From?.OrganId ?? '',
    to: texts(header.To.map((organ) => organ.OrganId)),
    code: trace?.Bussiness?.BussinessDocType ?? '0',
    about: trace?.Bussiness?.DocumentId ?? documentId,
  };
}

export interface StatusWish {
  readonly from: { readonly code: string; readonly name: string; readonly mail: string };
  /** The package that is answered. */
  readonly about: PackageFacts;
  readonly statusCode: string;
  readonly description: string;
  readonly now: Date;
}

/** A status package of a played agency. */
export async function writeStatus(wish: StatusWish): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const header: StatusHeader = {
    ResponseFor: {
      OrganId: wish.about.from,
      Code: wish.about.notation,
      DocumentId: wish.about.about,
      PromulgationDate: wish.about.promulgationDate,
    },
    From: { OrganId: wish.from.code, OrganName: wish.from.name, Email: wish.from.mail },
    StatusCode: wish.statusCode,
    Description: wish.description,
    Timestamp: wireTimestamp(wish.now),
    StaffInfo: { Department: 'Văn thư', Staff: 'Hệ thống quản lý văn bản' },
  };
  await writePackage({ kind: 'status', header, trace: null, attachments: [], unknown: [] }, async (bytes) => {
    pieces.push(Uint8Array.from(bytes));
  });
  return Buffer.concat(pieces);
}
