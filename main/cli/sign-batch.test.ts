import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { Failure } from '../../preload/contract/failure';
import { pageObjects, samplePdf } from '../pdf/sample-pdf';
import type { RoleRequest } from '../signing';
import { type TestKey, testFont, testKey, testSigner } from '../signing/test-signers';
import { type ChosenCertificate, TokenSession } from '../token/client';
import type { OpenedSession, TokenInput } from '../token/protocol';
import { verifyPdf } from '../verifying';
import { SignBatch } from './sign-batch';
import type { BatchResult, SignLine } from './sign-lines';

const leaderKey = testKey('rsa:2048', '/CN=Trần Thị Bình');
const agencyKey = testKey('rsa:2048', '/CN=UBND tỉnh');
const font = testFont();
const rightPin = '24681357';

interface FakeToken {
  readonly open: (input: TokenInput<'open'>) => Promise<TokenSession>;
  readonly calls: string[];
  listed: readonly string[];
}

/** A token with one key, counting logins and signatures; `failSignAt` pulls it out at that signature. */
function fakeToken(key: TestKey, failSignAt = Number.POSITIVE_INFINITY): FakeToken {
  const { signer } = testSigner(key, 'rsa-pkcs1-sha256');
  const calls: string[] = [];
  const token: FakeToken = {
    calls,
    listed: [],
    open: async (input) => {
      token.listed = input.hashes;
      const opened: OpenedSession = {
        session: 1,
        algorithm: signer.algorithm,
        certificate: key.certificate,
        chain: [],
        pin: 'ready',
        pinPad: false,
        minPin: 4,
        maxPin: 16,
      };
      return new TokenSession(opened, async (call, value) => {
        calls.push(call);
        if (call === 'login' && 'pin' in value && Buffer.from(value.pin).toString() !== rightPin) {
          throw new Failure('token-pin-wrong');
        }
        if (call !== 'sign' || !('bytes' in value)) return {} as never;
        if (calls.filter((one) => one === 'sign').length >= failSignAt) throw new Failure('token-removed');
        return { signature: await signer.sign(value.bytes) } as never;
      });
    },
  };
  return token;
}

const chosen: ChosenCertificate = {
  token: {
    module: '/driver.so',
    label: 'Thiết bị',
    serial: '1',
    manufacturer: '',
    model: '',
    pin: 'ready',
    pinPad: false,
    minPin: 4,
    maxPin: 16,
    mechanisms: [],
    certificates: [],
    code: null,
  },
  certificate: {
    fingerprint: '0'.repeat(64),
    der: new Uint8Array(1),
    id: '01',
    label: '',
    subject: '',
    organization: '',
    issuer: '',
    serial: '',
    notBefore: 0,
    notAfter: 0,
    keyType: 'RSA-2048',
    authority: false,
    reason: null,
  },
};

/** A document of its own, so that its signature is one of its own. */
const ownPdf = (text: string): Uint8Array =>
  samplePdf('table', [...pageObjects(), { number: 9, body: `(${text})` }]);

interface Outcome {
  readonly lines: readonly SignLine[];
  readonly result: BatchResult;
  readonly folder: string;
}

function folderWith(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-batch-'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

async function sign(
  token: FakeToken,
  paths: readonly string[],
  what: RoleRequest = { role: 'leader' },
  pin = rightPin,
  anchors: readonly Uint8Array[] = [leaderKey.certificate, agencyKey.certificate],
  requireTrust = false,
  password?: string,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-out-'));
  const lines: SignLine[] = [];
  const jobs = paths.map((path) => {
    const out = join(folder, basename(path));
    return { file: path, out, sourcePath: path, outputPath: out };
  });
  const batch = new SignBatch(
    token,
    chosen,
    {
      order: { what, ...(password === undefined ? {} : { password }) },
      pss: false,
      lastTry: false,
      allowSealFirst: false,
      requireTrust,
      trust: { anchors, intermediates: [], crls: [] },
      online: false,
    },
    { font },
    (line) => lines.push(line),
  );
  const result = await batch.run(jobs, async () => ({ pin: new Uint8Array(Buffer.from(pin)) }));
  return { lines, result, folder };
}

function paths(folder: string): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

describe('a batch of files', () => {
  it('is signed under one login that lists exactly what is signed', async () => {
    const token = fakeToken(leaderKey);
    const input = folderWith({ 'a.pdf': samplePdf('table'), 'b.pdf': samplePdf('stream') });
    const { lines, result } = await sign(token, paths(input));
    expect(result).toEqual({ signed: 2, failed: 0, pinRefused: false });
    expect(token.calls.filter((one) => one === 'login')).toHaveLength(1);
    expect(token.listed).toHaveLength(2);
    expect(lines.map((one) => [basename(one.file), one.ok, one.level])).toEqual([
      ['a.pdf', true, 'B-B'],
      ['b.pdf', true, 'B-B'],
    ]);
    expect(lines[0]?.signer).toBe('Trần Thị Bình');
    expect(readFileSync(lines[0]?.out ?? '')).toHaveLength(lines[0]?.bytes ?? 0);
  });

  it('asks for the next signature while the token makes one, once the first file was judged', async () => {
    const token = fakeToken(leaderKey);
    const asked: number[] = [];
    let open = 0;
    const counting: Pick<FakeToken, 'open'> = {
      open: async (input) => {
        const session = await token.open(input);
        const sign = session.sign.bind(session);
        session.sign = async (bytes) => {
          open += 1;
          asked.push(open);
          const signature = await sign(bytes);
          open -= 1;
          return signature;
        };
        return session;
      },
    };
    const names = ['a.pdf', 'b.pdf', 'c.pdf'];
    const files = names.map((name): [string, Uint8Array] => [name, ownPdf(name)]);
    const { lines } = await sign(
      { calls: token.calls, listed: [], ...counting },
      paths(folderWith(Object.fromEntries(files))),
    );
    expect(lines.map((one) => one.ok)).toEqual([true, true, true]);
    expect(asked).toEqual([1, 1, 2]);
  });

  it('makes one signature for equal files and gives each its output', async () => {
    const token = fakeToken(leaderKey);
    const same = samplePdf('table');
    // Without its last line end the third differs as a file and still comes to the same signed bytes.
    const files = { 'a.pdf': same, 'b.pdf': same, 'c.pdf': same.subarray(0, -1) };
    const { lines } = await sign(token, paths(folderWith(files)));
    expect(lines.every((one) => one.ok)).toBe(true);
    expect(token.calls.filter((one) => one === 'sign').length).toBe(new Set(token.listed).size);
  });

  it('stops at a wrong PIN without a second login, and no file is written', async () => {
    const token = fakeToken(leaderKey);
    const input = folderWith({ 'a.pdf': samplePdf('table'), 'b.pdf': samplePdf('table') });
    const { lines, result, folder } = await sign(token, paths(input), { role: 'leader' }, '0000');
    expect(result.pinRefused).toBe(true);
    expect(lines.map((one) => one.code)).toEqual(['token-pin-wrong', 'token-pin-wrong']);
    expect(token.calls.filter((one) => one === 'login')).toHaveLength(1);
    expect(token.calls).not.toContain('sign');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks for no PIN when nothing can be signed', async () => {
    const token = fakeToken(leaderKey);
    const input = folderWith({
      'a.pdf': new Uint8Array(Buffer.from('no pdf')),
      'b.pdf': samplePdf('table').subarray(0, 90),
    });
    const { lines } = await sign(token, paths(input));
    expect(lines.map((one) => one.code)).toEqual(['pdf-not-pdf', 'pdf-truncated']);
    expect(token.calls).not.toContain('login');
  });

  it('warns of an unknown chain, and with trust required asks for no PIN', async () => {
    const input = paths(folderWith({ 'a.pdf': samplePdf('table') }));
    const warned = await sign(fakeToken(leaderKey), input, { role: 'leader' }, rightPin, []);
    expect(warned.lines[0]).toMatchObject({ ok: true });
    expect(warned.lines[0]?.warnings).toContain('signing-chain-unknown');
    const token = fakeToken(leaderKey);
    const refused = await sign(token, input, { role: 'leader' }, rightPin, [agencyKey.certificate], true);
    expect(refused.lines[0]?.code).toBe('signing-trust-required');
    expect(token.calls).not.toContain('login');
  });

  it('keeps what was signed when the token is pulled out, and reports the rest', async () => {
    const token = fakeToken(leaderKey, 2);
    const input = folderWith({
      'a.pdf': samplePdf('table'),
      'b.pdf': samplePdf('stream'),
      'c.pdf': samplePdf('hybrid'),
    });
    const { lines, folder } = await sign(token, paths(input));
    expect(lines.map((one) => one.code)).toEqual([null, 'token-removed', 'token-removed']);
    expect(readdirSync(folder)).toEqual(['a.pdf']);
  });

  it('goes on after a file that cannot be signed', async () => {
    const input = folderWith({ 'a.pdf': new Uint8Array(0), 'b.pdf': samplePdf('hybrid') });
    const { lines, result } = await sign(fakeToken(leaderKey), paths(input));
    expect(lines.map((one) => one.code)).toEqual(['pdf-not-pdf', null]);
    expect(result).toMatchObject({ signed: 1, failed: 1 });
  });
});

describe('the seal', () => {
  it('is refused without the leader and set after the leader', async () => {
    const input = folderWith({ 'a.pdf': samplePdf('table') });
    const first = await sign(fakeToken(agencyKey), paths(input), { role: 'seal' });
    expect(first.lines[0]?.code).toBe('leader-missing');
    const byLeader = await sign(fakeToken(leaderKey), paths(input));
    const sealed = await sign(fakeToken(agencyKey), paths(byLeader.folder), { role: 'seal' });
    expect(sealed.lines[0]).toMatchObject({ ok: true, field: 'CoQuan1' });
  });

  it('is refused over content that was changed after the leader signed', async () => {
    const byLeader = await sign(fakeToken(leaderKey), paths(folderWith({ 'a.pdf': samplePdf('table') })));
    const [path = ''] = paths(byLeader.folder);
    const changed = Buffer.from(readFileSync(path).toString('latin1').replace('QUYET', 'QUYEN'), 'latin1');
    const input = folderWith({ 'a.pdf': changed });
    const sealed = await sign(fakeToken(agencyKey), paths(input), { role: 'seal' });
    expect(sealed.lines[0]?.code).toBe('earlier-signature-broken');
    expect(
      createHash('sha256')
        .update(readFileSync(join(input, 'a.pdf')))
        .digest(),
    ).toEqual(createHash('sha256').update(changed).digest());
  });
});

describe('encrypted files', () => {
  const names = ['rc4-40', 'rc4-128', 'rc4-crypt-filter', 'aes-128', 'aes-256-r5'];
  const encrypted = names.map((name) => `main/pdf/fixtures/${name}.pdf`);
  const signed = (token: FakeToken, files: readonly string[], what: RoleRequest, password?: string) =>
    sign(token, files, what, rightPin, undefined, false, password);

  it('are signed twice with the password of either, and both signatures hold', async () => {
    const first = await signed(fakeToken(leaderKey), encrypted, { role: 'leader' }, 'usr');
    expect(first.lines.map((one) => one.code)).toEqual(names.map(() => null));
    const second = await signed(fakeToken(agencyKey), paths(first.folder), { role: 'attachment' }, 'own');
    expect(second.lines.map((one) => one.code)).toEqual(names.map(() => null));
    for (const name of names) {
      const bytes = readFileSync(join(second.folder, `${name}.pdf`));
      const before = readFileSync(`main/pdf/fixtures/${name}.pdf`);
      expect(bytes.subarray(0, before.length).equals(before)).toBe(true);
      for (const password of ['usr', 'own']) {
        const { verdict } = verifyPdf(bytesSource(bytes), {
          anchors: [leaderKey.certificate, agencyKey.certificate],
          intermediates: [],
          crls: [],
          ocspResponses: [],
          now: new Date(),
          password,
        });
        expect(verdict.signatures.map((one) => [one.integrity, one.changes, one.permitted])).toEqual([
          ['intact', 'signature', true],
          ['intact', 'none', true],
        ]);
      }
      expect(bytes.includes('Tran Thi Binh') || bytes.includes('VanBanKemTheo')).toBe(false);
    }
  });

  it('are refused with the reason where the password is missing or wrong', async () => {
    const missing = await signed(fakeToken(leaderKey), encrypted.slice(0, 1), { role: 'leader' });
    expect(missing.lines[0]?.code).toBe('pdf-password-needed');
    const wrong = await signed(fakeToken(leaderKey), encrypted.slice(0, 1), { role: 'leader' }, 'other');
    expect(wrong.lines[0]?.code).toBe('pdf-password-wrong');
  });

  it('whose author permits no change are signed with a warning, unless the owner signs', async () => {
    const open = ['main/pdf/fixtures/aes-256-open.pdf'];
    const { lines } = await signed(fakeToken(leaderKey), open, { role: 'leader' });
    expect([lines[0]?.ok, lines[0]?.warnings.includes('pdf-changes-restricted')]).toEqual([true, true]);
    const owner = await signed(fakeToken(leaderKey), open, { role: 'leader' }, 'own');
    expect([owner.lines[0]?.ok, owner.lines[0]?.warnings.includes('pdf-changes-restricted')]).toEqual([
      true,
      false,
    ]);
  });
});
