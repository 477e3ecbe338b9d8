// The samples as a program: `samples --out DIR --pki DIR [--to CODE] [--date yyyy-MM-dd]` writes NN-name.edxml for the hub,
// drafts and pictures for the desk, and index.json.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePackage } from '../../../main/edxml';
import { dayOf as vietnamDay } from '../../../preload/contract/ids';
import { option } from '../arguments';
import { agencyDirectory } from '../hub/agency-directory';
import { dayFrom } from './calendar';
import { ministryDocuments } from './documents/ministries';
import { provinceDocuments } from './documents/provinces';
import { makeDrafts } from './drafts';
import { makeSample, type Setting } from './make';
import { senderOf } from './senders';
import { Keys, sealPicture, signaturePicture } from './signing';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const folder = option(args, 'out');
  const code = option(args, 'to', 'H37');
  const known = agencyDirectory().find((agency) => agency.code === code);
  const setting: Setting = {
    keys: new Keys(option(args, 'pki')),
    today: dayFrom(option(args, 'date', vietnamDay(new Date()))),
    receiver: { code, name: known?.name ?? code },
    all: [...ministryDocuments, ...provinceDocuments],
  };
  mkdirSync(join(folder, 'images'), { recursive: true });
  mkdirSync(join(folder, 'drafts'), { recursive: true });
  const packages = [];
  for (const sample of setting.all) {
    const { document, files } = await makeSample(setting, sample);
    const pieces: Uint8Array[] = [];
    const written = await writePackage(document, async (bytes) => {
      pieces.push(bytes);
    });
    const file = `${sample.file}.edxml`;
    writeFileSync(join(folder, file), Buffer.concat(pieces));
    packages.push({
      file,
      ...written,
      from: document.header.From?.OrganId,
      documentId: document.header.DocumentId,
      subject: document.header.Subject,
      business: document.trace?.Bussiness?.BussinessDocType,
      signing: sample.signing,
      attachments: files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: digest(bytes) })),
    });
  }
  writeFileSync(
    join(folder, 'images/leader.png'),
    signaturePicture(setting.keys.identity('leader').commonName),
  );
  writeFileSync(join(folder, 'images/seal.png'), sealPicture(senderOf('H37').seal));
  const drafts = [];
  for (const { bytes, ...draft } of await makeDrafts(setting)) {
    writeFileSync(join(folder, draft.file), bytes);
    drafts.push(draft);
  }
  const index = {
    to: code,
    packages,
    drafts,
    images: { leader: 'images/leader.png', seal: 'images/seal.png' },
  };
  writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`);
  process.stdout.write(
    `${JSON.stringify({ made: folder, packages: packages.length, drafts: drafts.length })}\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
