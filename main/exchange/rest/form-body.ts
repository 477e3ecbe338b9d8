// A frozen package as a multipart/form-data upload (RFC 7578): text fields, then the file, its end held back until its hash
// is the promised one. It knows no header of a request.
import { randomBytes } from 'node:crypto';
import type { ByteSource } from '../../../preload/contract/byte-source';
import { checkedPieces } from '../package-body';
import type { TransportBody } from '../transport';

export interface FormBody {
  readonly contentType: string;
  readonly body: TransportBody;
}

export interface FormFile {
  readonly field: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly source: ByteSource;
  readonly sha256: string;
}

/** Names and values must be plain ASCII without quotes: this program's own words and codes. */
export function formBody(fields: Readonly<Record<string, string>>, file: FormFile): FormBody {
  const boundary = `----van-thu-${randomBytes(18).toString('hex')}`;
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = Buffer.from(
    `${texts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="${file.field}"; filename="${file.fileName}"\r\n` +
      `Content-Type: ${file.contentType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: {
      size: head.length + file.source.size + tail.length,
      *pieces() {
        yield head;
        yield* checkedPieces(file.source, file.sha256);
        yield tail;
      },
    },
  };
}
