// `edxml check`: what a package holds and what a clerk should look at, as JSON and in Vietnamese lines. It keeps no bytes.
import { createHash } from 'node:crypto';
import type { HandFinding } from '../../preload/contract/hand';
import { weightOf } from '../../preload/contract/hand';
import { markedWords } from '../../preload/contract/package-secrecy';
import { type AttachmentSink, readPackage } from '../edxml';
import { openFileSource } from '../runtime/file-source';
import { findingsOf, type MeasuredBody } from '../services/hand/findings';
import { sniff } from '../services/uploads';
import type { CliIo } from './command';

const measuringSink: AttachmentSink<MeasuredBody> = {
  async open() {
    const hash = createHash('sha256');
    let size = 0;
    let head = Buffer.alloc(0);
    return {
      async write(bytes) {
        if (head.length < 1024) head = Buffer.concat([head, bytes.subarray(0, 1024 - head.length)]);
        hash.update(bytes);
        size += bytes.length;
      },
      close: async (meta) => ({ sha256: hash.digest('hex'), size, content: sniff(head, meta.name ?? '') }),
      discard: async () => undefined,
    };
  },
};

/** Exit 0: nothing to look at first; 1: something is, or the document is secret. Throws the reader's Failures. */
export async function checkPackage(path: string, agency: string, io: CliIo): Promise<number> {
  const source = openFileSource(path);
  try {
    const one = await readPackage(source, measuringSink);
    const secret = one.kind === 'edoc' && markedWords(one).length > 0;
    const findings: readonly HandFinding[] = findingsOf(one, agency);
    const files = one.attachments.map(({ name, bytes }) => ({ name: name ?? '', ...bytes }));
    // The words of a secret document stay out of every output.
    io.json(secret ? { kind: one.kind, secret } : { kind: one.kind, secret, files, findings });
    if (secret) io.message('Văn bản có dấu chỉ độ mật: không được nhập và không được gửi.');
    return secret || findings.some((finding) => weightOf(finding.code) === 'stop') ? 1 : 0;
  } finally {
    source.close();
  }
}
