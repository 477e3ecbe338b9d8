import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { codeOf, Failure } from '../../preload/contract/failure';
import { Increment, isArray, isDict, isRef, openPdf, refSyntax, setKey } from '../pdf';
import type { HttpFetch } from '../runtime/http-fetcher';
import { HttpRefused } from '../runtime/http-refused';
import { verifyPdf } from '../verifying';
import { readSignedData } from '../verifying/cms';
import { basePdf, sign } from '../verifying/fixtures/pdf';
import { type Pki, standardPki } from '../verifying/fixtures/pki';
import { readSecurityStore } from '../verifying/validation-data';
import { securityStoreIncrement, type ValidationMaterial } from './dss';
import { type Level, levelOf, levels } from './raise';
import { type RaiseTools, raiseFile } from './raise-file';
import { readTimestampReply, timestampRequest } from './timestamp';
import { TimestampClient } from './tsa-client';

let pki: Pki;
let material: ValidationMaterial;
const digest = createHash('sha256').update('văn bản').digest();
const nonce = Uint8Array.from([200, 1, 2, 3, 4, 5, 6, 7]);

beforeAll(() => {
  pki = standardPki();
  pki.stamp(digest);
  material = {
    certificates: ['leader', 'tsa', 'sub', 'root'].map((name) => pki.der(name)),
    crls: [pki.crl('root'), pki.crl('sub')],
    ocspResponses: [pki.ocsp('sub', 'leader', 'responder')],
  };
}, 60_000);

afterAll(() => pki.dispose());

/** What an authority answers to a request in DER. */
function replyTo(request: Uint8Array): Uint8Array {
  writeFileSync(pki.path('asked.tsq'), request);
  const by = ['-config', 'ts.cnf', '-section', 'one'];
  pki.openssl(['ts', '-reply', ...by, '-queryfile', 'asked.tsq', '-out', 'answer.tsr']);
  return new Uint8Array(readFileSync(pki.path('answer.tsr')));
}

/** Believes every token: what is inside is checked all the same. */
const contentOf = (token: Uint8Array): Uint8Array => readSignedData(token).content ?? new Uint8Array();

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return codeOf(error);
  }
  return 'none';
}

describe('a time stamp', () => {
  it('is asked for with SHA-256, a nonce and the wish for the certificate', () => {
    writeFileSync(pki.path('own.tsq'), timestampRequest(digest, nonce));
    const words = pki.openssl(['ts', '-query', '-in', 'own.tsq', '-text']).toString();
    expect(words).toContain('Hash Algorithm: sha256');
    expect(words).toContain('Nonce: 0xC801020304050607');
    expect(words).toContain('Certificate required: yes');
  });

  it('is taken from the reply to that very request and from no other', async () => {
    const reply = replyTo(timestampRequest(digest, nonce));
    const token = readTimestampReply(reply, digest, nonce, contentOf);
    writeFileSync(pki.path('own.tok'), token);
    const check = ['-digest', digest.toString('hex'), '-CAfile', 'root.pem', '-untrusted', 'sub.pem'];
    expect(pki.openssl(['ts', '-verify', '-in', 'own.tok', '-token_in', ...check]).toString()).toContain(
      'Verification: OK',
    );
    const other = createHash('sha256').update('other').digest();
    const read = (hash: Uint8Array, number: Uint8Array) => () =>
      readTimestampReply(reply, hash, number, contentOf);
    expect(await refusal(read(other, nonce))).toBe('signing-timestamp-wrong');
    expect(await refusal(read(digest, Uint8Array.of(1)))).toBe('signing-timestamp-wrong');
  });

  it('is refused with the code of the authority that says no, and of a token that does not hold', async () => {
    const no = Uint8Array.from([0x30, 5, 0x30, 3, 2, 1, 2]);
    expect(await refusal(() => readTimestampReply(no, digest, nonce, contentOf))).toBe(
      'signing-timestamp-refused',
    );
    const reply = replyTo(timestampRequest(digest, nonce));
    const distrust = () => {
      throw new Failure('timestamp-untrusted');
    };
    expect(await refusal(() => readTimestampReply(reply, digest, nonce, distrust))).toBe(
      'timestamp-untrusted',
    );
  });

  it('never comes out of a damaged reply in any other way than a code', async () => {
    const reply = replyTo(timestampRequest(digest, nonce));
    const damage = fc.array(fc.tuple(fc.nat({ max: reply.length - 1 }), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat({ max: reply.length }), async (changes, end) => {
        const bytes = Uint8Array.from(reply).subarray(0, end);
        for (const [at, value] of changes) if (at < end) bytes[at] = value;
        expect(await refusal(() => readTimestampReply(bytes, digest, nonce, contentOf))).not.toBe('internal');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the authorities of time', () => {
  interface Trial {
    readonly asked: string[];
    readonly pauses: number[];
    readonly client: TimestampClient;
  }

  function trial(answer: (request: HttpFetch) => Promise<Uint8Array>, limitMs = 60_000): Trial {
    const asked: string[] = [];
    const pauses: number[] = [];
    const client = new TimestampClient({
      urls: ['http://one/', 'http://two/'],
      fetcher: (request) => {
        asked.push(request.url);
        return answer(request);
      },
      read: (reply, digest, nonce) => readTimestampReply(reply, digest, nonce, contentOf),
      limitMs,
      pause: async (ms) => {
        pauses.push(ms);
      },
    });
    return { asked, pauses, client };
  }

  const good = async (request: HttpFetch): Promise<Uint8Array> => replyTo(request.body ?? new Uint8Array());
  const cut = async (): Promise<Uint8Array> => Promise.reject(new Error('connection refused'));

  it('are asked three times with pauses, then the next one, and a silent one is not waited for again', async () => {
    const { client, asked, pauses } = trial((request) =>
      request.url === 'http://one/' ? cut() : good(request),
    );
    await client.stamp(digest);
    expect(asked).toEqual(['http://one/', 'http://one/', 'http://one/', 'http://two/']);
    expect(pauses).toEqual([2000, 4000]);
    await client.stamp(digest);
    expect(asked.slice(4)).toEqual(['http://two/']);
  });

  it('are not asked again for what they refuse', async () => {
    const { client, asked } = trial(async () => Uint8Array.from([0x30, 5, 0x30, 3, 2, 1, 2]));
    expect(await refusal(() => client.stamp(digest))).toBe('signing-timestamp-refused');
    expect(asked).toEqual(['http://one/', 'http://two/']);
  });

  it('that refuse are told with their own words on one line, also where another one is silent', async () => {
    const words = Buffer.from('quá nhiều\nyêu cầu\u202e');
    const text = [0x30, words.length + 2, 0x0c, words.length, ...words];
    const status = [0x02, 1, 2, ...text, 0x03, 2, 5, 0x20];
    const reply = Uint8Array.from([0x30, status.length + 2, 0x30, status.length, ...status]);
    const { client } = trial((request) => (request.url === 'http://one/' ? cut() : Promise.resolve(reply)));
    await expect(client.stamp(digest)).rejects.toMatchObject({
      code: 'signing-timestamp-refused',
      said: 'two: quá nhiều yêu cầu (badRequest)',
    });
  });

  it('that answer 4xx have refused; what 5xx says may pass', async () => {
    const account = trial(() => Promise.reject(new HttpRefused(403)));
    await expect(account.client.stamp(digest)).rejects.toMatchObject({ said: 'one: HTTP 403' });
    expect(account.asked).toEqual(['http://one/', 'http://two/']);
    const busy = trial(() => Promise.reject(new HttpRefused(503)));
    expect(await refusal(() => busy.client.stamp(digest))).toBe('signing-timestamp-failed');
    expect(busy.asked).toHaveLength(6);
  });

  it('are left when their time is up, also by a fetcher that ignores it', async () => {
    const { client, asked } = trial(() => new Promise(() => undefined), 20);
    expect(await refusal(() => client.stamp(digest))).toBe('signing-timestamp-failed');
    expect(asked).toEqual(['http://one/', 'http://two/']);
  });

  it('answer one request at a time', async () => {
    let running = 0;
    let most = 0;
    const { client } = trial(async (request) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return good(request);
    });
    await Promise.all([client.stamp(digest), client.stamp(digest), client.stamp(digest)]);
    expect(most).toBe(1);
  });
});

describe('raising a signed file', () => {
  const options = () => ({
    anchors: [pki.der('root')],
    intermediates: [pki.der('sub')],
    crls: material.crls,
    ocspResponses: [],
    now: new Date(Date.now() + 60_000),
  });

  function tools(more: Partial<RaiseTools> = {}): RaiseTools {
    return {
      stamp: async (hash) =>
        readTimestampReply(replyTo(timestampRequest(hash, nonce)), hash, nonce, contentOf),
      judge: async (source) => verifyPdf(source, options()).verdict,
      gather: async () => material,
      ...more,
    };
  }

  function signedFile(): { folder: string; input: string; output: string; bytes: Buffer } {
    const folder = mkdtempSync(join(tmpdir(), 'van-thu-raise-'));
    const bytes = sign(basePdf(), {
      numbers: [10, 11],
      name: 'Sig1',
      fields: [6],
      cms: (data) => pki.cms(data),
    });
    const [input, output] = [join(folder, 'đã ký.pdf'), join(folder, 'nâng mức.pdf')];
    writeFileSync(input, bytes);
    return { folder, input, output, bytes };
  }

  it.each(levels.slice(1))('reaches %s by increments that qpdf accepts', async (level: Level) => {
    const { input, output, bytes } = signedFile();
    const done = await raiseFile(input, output, level, tools());
    expect(done).toMatchObject({ level, reached: true, changed: true, warnings: [] });
    const raised = readFileSync(output);
    expect(raised.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(done.bytes).toBe(raised.length);
    expect(readFileSync(input).equals(bytes)).toBe(true);
    execFileSync('qpdf', ['--check', output], { stdio: 'ignore' });
    const { verdict } = verifyPdf(bytesSource(raised), options());
    expect(verdict.verdict).toBe('valid');
    expect(levelOf(verdict)).toBe(level);
  });

  it('adds nothing to what has the level already, and goes on from where it stands', async () => {
    const { input, output, folder } = signedFile();
    await raiseFile(input, output, 'B-T', tools());
    const more = await raiseFile(output, output, 'B-LTA', tools());
    expect(more).toMatchObject({ level: 'B-LTA', reached: true });
    expect(more.verdict.signatures.filter((one) => one.kind === 'timestamp')).toHaveLength(2);
    const again = await raiseFile(output, join(folder, 'again.pdf'), 'B-LTA', tools());
    expect(again).toMatchObject({ level: 'B-LTA', reached: true, changed: false, bytes: more.bytes });
  });

  it('keeps the signature and writes nothing when no authority answers', async () => {
    const { folder, input, output } = signedFile();
    const stamp = async (): Promise<Uint8Array> => {
      throw new Failure('signing-timestamp-failed', 'nobody');
    };
    expect(await raiseFile(input, output, 'B-LTA', tools({ stamp }))).toMatchObject({
      level: 'B-B',
      reached: false,
      changed: false,
      warnings: ['signing-timestamp-failed'],
    });
    expect(readdirSync(folder)).toEqual(['đã ký.pdf']);
  });

  it('keeps the level reached before the step that failed', async () => {
    const { input, output } = signedFile();
    const gather = async (): Promise<ValidationMaterial> => {
      throw new Failure('signing-validation-data-missing');
    };
    const done = await raiseFile(input, output, 'B-LTA', tools({ gather }));
    expect(done).toMatchObject({ level: 'B-T', reached: false, changed: true });
    expect(done.warnings).toEqual(['signing-validation-data-missing']);
    expect(levelOf(verifyPdf(bytesSource(readFileSync(output)), options()).verdict)).toBe('B-T');
  });

  it('takes a time stamp back that does not hold in the file', async () => {
    const { input, output, bytes } = signedFile();
    const other = async () => pki.stamp(Uint8Array.of(1));
    const done = await raiseFile(input, output, 'B-T', tools({ stamp: other }));
    expect(done).toMatchObject({ level: 'B-B', changed: false, bytes: bytes.length });
    expect(done.warnings).toEqual(['signing-verification-failed']);
  });

  it('refuses a file without signatures and one whose signature is broken', async () => {
    const { input, output, bytes } = signedFile();
    writeFileSync(input, basePdf());
    expect(await refusal(() => raiseFile(input, output, 'B-T', tools()))).toBe('signing-nothing-to-raise');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(input, bytes);
    expect(await refusal(() => raiseFile(input, output, 'B-T', tools()))).not.toBe('none');
  });

  it('joins the data of a store that is written in the catalog itself', () => {
    const { bytes } = signedFile();
    const first = securityStoreIncrement(bytesSource(bytes), { ...material, crls: [] }) ?? new Uint8Array();
    const once = Buffer.concat([bytes, first]);
    const file = openPdf(bytesSource(once));
    const { object, dict } = file.catalog;
    const store = file.resolve(dict.entries.get('DSS')?.value);
    if (!isDict(store) || dict.entries.get('DSS') === undefined) throw new Error('no store');
    const increment = new Increment(file);
    const lists = [...store.entries].map(([key, { value }]) => {
      const refs = isArray(value) ? value.items.filter(isRef).map(refSyntax) : [];
      return refs.length === 0 ? '' : `/${key} [${refs.join(' ')}]`;
    });
    increment.rewrite(object, dict, [setKey(dict, 'DSS', `<< ${lists.join(' ')} >>`)]);
    const direct = Buffer.concat([once, increment.finish(new Uint8Array(16)).bytes]);
    const last = securityStoreIncrement(bytesSource(direct), material) ?? new Uint8Array();
    const all = readSecurityStore(openPdf(bytesSource(Buffer.concat([direct, last]))));
    expect([all?.certificates.length, all?.ocspResponses.length, all?.crls.length]).toEqual([4, 1, 2]);
  });

  it('joins new validation data with the data that is there', () => {
    const { bytes } = signedFile();
    const first = securityStoreIncrement(bytesSource(bytes), { ...material, crls: [] });
    const once = Buffer.concat([bytes, first ?? new Uint8Array()]);
    const second = securityStoreIncrement(bytesSource(once), material);
    const twice = Buffer.concat([once, second ?? new Uint8Array()]);
    expect(second?.length).toBeGreaterThan(0);
    expect(securityStoreIncrement(bytesSource(twice), material)).toBeUndefined();
    const store = readSecurityStore(openPdf(bytesSource(twice)));
    expect(store?.certificates).toHaveLength(4);
    expect(store?.ocspResponses).toHaveLength(1);
    expect(store?.crls.map((one) => Buffer.from(one))).toEqual(material.crls.map((one) => Buffer.from(one)));
  });
});
