// Packages of a wanted size for a hub to offer, and the bare loop over the same requests. It measures nothing.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { closeSync, createWriteStream, fsyncSync, openSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { writePackage } from '../../../main/edxml';
import {
  createVxpHub,
  defaultLimits,
  type Hub,
  inspectPackage,
  nodeTransport,
  parseEndpoint,
} from '../../../main/exchange';
import { pageObjects, samplePdf } from '../../../main/pdf/sample-pdf';
import { statusHeaderOf } from '../../../main/services/facts';
import { bytesSource } from '../../../preload/contract/byte-source';
import { asDay, asInstant, dayOf } from '../../../preload/contract/ids';
import { offeredPackage } from '../../e2e/support/offered-document';

/** A page and an object that nobody draws, so that the file is about so large. */
function pdfOf(bytes: number): Uint8Array {
  const filling = randomBytes(bytes).toString('latin1');
  return samplePdf('table', [
    ...pageObjects(),
    { number: 5, body: `<< /Length ${filling.length} >>\nstream\n${filling}\nendstream` },
  ]);
}

/** Writes one package with a file of `bytes` bytes into a hub's folder of packages; its file is repeated pieces beyond 64 MiB. */
export async function offerOne(
  folder: string,
  index: number,
  bytes: number,
  receiver: string,
): Promise<void> {
  const now = new Date();
  const draft = join(folder, `${randomUUID()}.part`);
  const out = createWriteStream(draft);
  const small = bytes < 2 ** 26;
  const piece = small ? pdfOf(bytes) : randomBytes(2 ** 20);
  const pieces = small ? [piece] : Array.from({ length: Math.ceil(bytes / piece.length) }, () => piece);
  const { content } = offeredPackage(
    {
      ...{ receiver, number: String(index + 1), notation: 'UBND-ĐO' },
      subject: `Phối hợp công tác ${index + 1}`,
      file: {
        name: small ? `${index + 1}.pdf` : `${index + 1}.bin`,
        contentType: small ? 'application/pdf' : 'application/octet-stream',
        bytes: pieces,
      },
    },
    now,
  );
  await writePackage(content, async (part) => {
    if (!out.write(part)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  });
  out.end();
  await finished(out);
  renameSync(draft, join(folder, `${String(index).padStart(6, '0')}.edxml`));
}

/** The same client as the desk's own, without the desk. */
export function bareHub(endpoint: string, systemId: string, secret: string): Hub {
  return createVxpHub({
    endpoint: parseEndpoint(endpoint, ['127.0.0.1']),
    identity: { systemId, secret },
    transport: nodeTransport({ plainHttpHosts: ['127.0.0.1'] }),
    inspect: inspectPackage,
    now: () => new Date(),
    limits: defaultLimits,
    maxPackageBytes: 2 ** 31,
  });
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

async function receipt(code: string, documentId: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const header = statusHeaderOf({
    ...{ code: '01', from: { code, name: 'UBND tỉnh Lạng Sơn' }, description: '', staff: '' },
    responseFor: {
      organId: 'H14',
      code: '1/UBND-ĐO',
      promulgationDate: asDay(dayOf(new Date())),
      documentId,
    },
    at: asInstant(new Date()),
  });
  await writePackage({ kind: 'status', header, trace: null, attachments: [], unknown: [] }, async (part) => {
    parts.push(Uint8Array.from(part));
  });
  return Buffer.concat(parts);
}

/** Lists, and for each: fetch, write, fsync of file and folder, 01, `done`. Resolves with how many there were. */
export async function bareLoop(hub: Hub, systemId: string, folder: string): Promise<number> {
  const list = await hub.list('edoc');
  if (list.kind !== 'ok') throw new Error(JSON.stringify(list));
  for (const { docId } of list.value.items) {
    const handle = await open(join(folder, docId), 'wx');
    const answer = await hub.fetch(docId, { write: async (bytes) => void (await handle.write(bytes)) });
    if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
    await handle.sync();
    await handle.close();
    syncFolder(folder);
    const bytes = await receipt(systemId, `H14,x,${docId}/x`);
    const sent = await hub.send({
      source: bytesSource(bytes),
      sha256: createHash('sha256').update(bytes).digest('hex'),
      kind: 'status',
      from: systemId,
      to: ['H14'],
      row: docId,
    });
    if (sent.kind !== 'ok') throw new Error(JSON.stringify(sent));
    const done = await hub.acknowledge(docId, 'done');
    if (done.kind !== 'ok') throw new Error(JSON.stringify(done));
  }
  return list.value.items.length;
}
