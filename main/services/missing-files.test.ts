// What a package says it has and lacks, from real packages as the reader gives them.
import { expect, it } from 'vitest';
import { asSha256, hubDocId } from '../../preload/contract/ids';
import { attachmentText, fixture, fixtureNames, packageText, read } from '../edxml/testing';
import { readArrival } from './arrivals';
import { missingFiles } from './missing-files';
import type { ReadingPort } from './reading-port';

const pdf = attachmentText('cong-van.pdf', 'application/pdf', 'JVBERi0=');
const reference = (inside: string, attributes = '') => `<e:Reference${attributes}>${inside}</e:Reference>`;
const name = (text: string) => `<e:AttachmentName>${text}</e:AttachmentName>`;
const id = (text: string) => `<e:ContentId>${text}</e:ContentId>`;
const manifest = (...references: string[]) =>
  `<e:edXMLBody><e:edXMLManifest>${references.join('')}</e:edXMLManifest></e:edXMLBody>`;
const missing = async (body: string, attachment = pdf) =>
  missingFiles(await read(packageText({ body, attachment })));

it('nothing is missing from the packages of the reference library and of .NET writers', async () => {
  for (const one of fixtureNames) expect(missingFiles(await read(fixture(one)))).toEqual([]);
});

it('a file that the manifest names and nobody attached is missing', async () => {
  const both = manifest(
    reference(id('cid:1') + name('cong-van.pdf')),
    reference(id('cid:2') + name('phu-luc.xlsx')),
  );
  expect(await missing(both)).toEqual(['phu-luc.xlsx']);
});

it('an entry that is only odd names a file that is here: by id under another name, by name, with more in it', async () => {
  for (const odd of [
    reference(id('cid:1') + name('khac.pdf')),
    reference(id('cid:9') + name('CONG-VAN.pdf')),
    reference(id('cid:1'), ' size="9"'),
    reference(`${id('cid:1')}<e:Size>9</e:Size>`),
    reference(id('cid:9')),
  ]) {
    expect([odd, await missing(manifest(odd))]).toEqual([odd, []]);
  }
  expect(await missing(manifest(reference(id('cid:9'))), '')).toEqual(['9']);
});

it('attachments that lie inside the envelope are missing, since nobody reads them there', async () => {
  expect(await missing(`<AttachmentEncoded>${pdf}</AttachmentEncoded>`, '')).toEqual(['cong-van.pdf']);
});

it('a document arrives with what it lacks, a recall with the manifest of its document does not', async () => {
  const arrived = async (type: string) => {
    const whole = await read(
      packageText({ body: manifest(reference(name('phu-luc.xlsx'))) }).replace(
        '</e:edXMLHeader>',
        `<e:TraceHeaderList><e:Bussiness><e:BussinessDocType>${type}</e:BussinessDocType></e:Bussiness></e:TraceHeaderList></e:edXMLHeader>`,
      ),
    );
    const reading = { readPackage: async () => whole } as unknown as ReadingPort;
    const sha = asSha256('c'.repeat(64));
    const nothing = async () => undefined;
    const arrival = await readArrival(reading, hubDocId.parse('D1'), sha, () => new Date(0), nothing);
    return arrival.kind === 'document' ? arrival.missing : arrival.kind;
  };
  expect(await arrived('0')).toEqual(['phu-luc.xlsx']);
  expect(await arrived('3')).toEqual(['phu-luc.xlsx']);
  expect(await arrived('1')).toBeUndefined();
  expect(await arrived('2')).toBeUndefined();
});
