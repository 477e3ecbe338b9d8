// Packages for a hub to offer, small and each one of a kind. They are made with the project's own writer.
import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePackage } from '../../../main/edxml';
import { pageObjects, samplePdf } from '../../../main/pdf/sample-pdf';
import { statusHeaderOf } from '../../../main/services/facts';
import { asInstant } from '../../../preload/contract/ids';
import type { OutgoingDocument } from '../../../preload/contract/records';
import { offeredPackage } from './offered-document';

/** Writes `count` packages for `receiver` into a hub's seed folder; gives their DocumentIds. */
export async function writeOffered(
  folder: string,
  name: string,
  count: number,
  receiver: string,
): Promise<string[]> {
  const ids: string[] = [];
  const now = new Date();
  for (let index = 0; index < count; index += 1) {
    const number = String(1000 + Math.floor(Math.random() * 900_000));
    const pieces: Uint8Array[] = [];
    const bytes = samplePdf('table', pageObjects('', `/Number (${number}) `));
    const { documentId, content } = offeredPackage(
      {
        ...{ receiver, number, notation: `UBND-${name}-${index}` },
        subject: `Phối hợp công tác ${name}-${index}`,
        file: { name: `${number}.pdf`, contentType: 'application/pdf', bytes: [bytes] },
      },
      now,
    );
    await writePackage(content, async (part) => {
      pieces.push(Uint8Array.from(part));
    });
    const draft = join(folder, `${randomUUID()}.part`);
    writeFileSync(draft, Buffer.concat(pieces));
    renameSync(draft, join(folder, `${name}-${index}.edxml`));
    ids.push(documentId);
  }
  return ids;
}

/** Writes a status about a document of the desk into a hub's seed folder, as its receiver would send it. */
export async function writeOfferedStatus(
  folder: string,
  name: string,
  code: string,
  document: OutgoingDocument,
): Promise<void> {
  const receiver = document.facts.receivers[0] ?? { code: 'H26', name: '' };
  const { sender, documentId, number, notation } = document.facts;
  const header = statusHeaderOf({
    ...{ code, from: receiver, description: '', staff: '', at: asInstant(new Date()) },
    responseFor: {
      ...{ organId: sender.code, code: `${number}/${notation}`, documentId },
      promulgationDate: document.numberGiven?.date ?? null,
    },
  });
  const pieces: Uint8Array[] = [];
  await writePackage({ kind: 'status', header, trace: null, attachments: [], unknown: [] }, async (part) => {
    pieces.push(Uint8Array.from(part));
  });
  const draft = join(folder, `${randomUUID()}.part`);
  writeFileSync(draft, Buffer.concat(pieces));
  renameSync(draft, join(folder, `${name}.edxml`));
}
