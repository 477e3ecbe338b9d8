// `tokens`, `sign` and `verify` as IT staff call them: npm, a real PKCS#11 module, a real OCSP responder, other programs as judges.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplePdf } from '../../main/pdf/sample-pdf';
import { type Call, commandLine } from './command-line';
import { opinionOf } from './oracles';
import { type CliWorld, openCliWorld, type TokenPlace } from './world';

let world: CliWorld;
/** A driver that obeys a script and counts calls. */
let probe: string;

beforeAll(async () => {
  world = await openCliWorld('sign');
  probe = join(world.base, 'probe.so');
  execFileSync('gcc', [
    ...['-std=gnu11', '-O1', '-fPIC', '-shared', `-I${resolve('node_modules/pkcs11js/includes/pkcs11')}`],
    ...['-o', probe, resolve('tests/pkcs11-probe/probe.c'), '-ldl', '-lpthread'],
  ]);
});

afterAll(() => world?.close());

const at = (name: string): string => join(world.folder, name);
const run = (args: readonly string[], call: Partial<Call> = {}) =>
  commandLine(args, { from: world.folder, ...call, env: { ...world.env, ...call.env } });

interface SignCall extends Partial<Call> {
  readonly module?: string;
}
const sign = (token: TokenPlace, args: readonly string[], call: SignCall = {}) =>
  run(
    [
      ...['sign', ...args, '--module', call.module ?? world.module, '--token', token.label],
      ...['--pin-stdin', '--level', 'B-B', '--json'],
    ],
    { input: `${token.pin}\n`, ...call },
  );

/** A call through the probe, and how often the module was asked to sign and to log in. */
async function probed(script: string, token: TokenPlace, args: readonly string[]) {
  const [file, log] = [at('.script'), at('.log')];
  writeFileSync(file, `${script}\n`);
  writeFileSync(log, '');
  const env = { PROBE_MODULE: world.module, PROBE_SCRIPT: file, PROBE_LOG: log };
  const done = await sign(token, args, { module: probe, env });
  const calls = readFileSync(log, 'utf8').split('\n');
  const count = (name: string) => calls.filter((line) => line.startsWith(`${name} `)).length;
  return { ...done, signed: count('C_Sign'), logins: count('C_Login') };
}

describe('tokens', () => {
  it('shows both tokens with what can sign and why the rest cannot', async () => {
    const done = await run(['tokens', '--json', '--module', world.module]);
    expect(done.exit).toBe(0);
    const tokens = done.lines.flatMap((line) => line.tokens as Record<string, unknown>[]);
    expect(tokens.map((token) => token.label).sort()).toEqual(
      [world.leader.label, world.agency.label].sort(),
    );
    const certificates = tokens.flatMap((token) => token.certificates as Record<string, unknown>[]);
    expect(certificates.filter((one) => one.usable).map((one) => one.keyType)).toEqual(
      expect.arrayContaining(['RSA-2048', 'P-256']),
    );
    expect(certificates.filter((one) => !one.usable).map((one) => one.code)).toEqual([
      'token-certificate-authority',
      'token-certificate-authority',
    ]);
  });

  it('answers 2 and a code where there is no module and where the command is unknown', async () => {
    const none = await run(['tokens', '--module', 'no.so']);
    expect([none.exit, none.lines[0]?.code]).toEqual([2, 'token-driver-absent']);
    const unknown = await run(['token']);
    expect([unknown.exit, unknown.lines[0]?.code]).toEqual([2, 'usage']);
  });
});

describe('sign', () => {
  it('makes a chain of leader, agency and attachment signatures that every other program accepts', async () => {
    const steps = [
      { token: world.leader, role: 'leader', from: 'công văn.pdf', to: 'ký 1.pdf' },
      { token: world.agency, role: 'seal', from: 'ký 1.pdf', to: 'ký 2.pdf' },
      { token: world.agency, role: 'attachment', from: 'ký 2.pdf', to: 'ký 3.pdf' },
    ];
    for (const { token, role, from, to } of steps) {
      const done = await sign(token, [from, '--out', to, '--role', role, '--trust', world.root]);
      expect(done.exit, done.errors).toBe(0);
      expect(done.lines).toHaveLength(1);
      expect(Object.keys(done.lines[0] ?? {})).toEqual([
        'file',
        'out',
        'ok',
        'code',
        'field',
        'signer',
        'level',
        'bytes',
        'warnings',
        'ms',
      ]);
      const output = readFileSync(at(to));
      expect(done.lines[0]).toMatchObject({
        file: from,
        out: to,
        ok: true,
        code: null,
        level: 'B-B',
        warnings: [],
      });
      expect(done.lines[0]?.bytes).toBe(output.length);
      const input = readFileSync(at(from));
      expect(output.subarray(0, input.length).equals(input)).toBe(true);
    }
    const opinion = opinionOf(at('ký 3.pdf'), world.root, world.base);
    expect(opinion.signatures).toEqual(Array(3).fill('Signature is Valid.'));
    // NSS stumbles over a certificate that it meets for the second time in a file, whoever wrote it.
    expect(opinion.certificates.slice(0, 2)).toEqual(Array(2).fill('Certificate is Trusted.'));
    expect(opinion.qpdf).toBe(0);
    expect(opinion.mutool).toContain('The document is unchanged since signing.');
    expect(opinion.cades).toEqual([0, 0, 0]);
    const verdict = await run(['verify', 'ký 3.pdf', '--json', '--trust', world.root]);
    expect(verdict.exit, verdict.errors).toBe(0);
    expect(verdict.lines[0]).toMatchObject({ file: 'ký 3.pdf', verdict: 'valid', codes: [] });
  });

  it('chooses RSA before EC, also under one name, and the certificate of an ID', async () => {
    const named = await sign(world.leader, [
      'công văn.pdf',
      '--out',
      'a.pdf',
      '--cert',
      'CN = Trần Thị Bình',
    ]);
    const byId = await sign(world.leader, ['công văn.pdf', '--out', 'b.pdf', '--cert', '02']);
    expect([named.exit, byId.exit]).toEqual([0, 0]);
    // The CMS names the algorithm of the key: rsaEncryption or ecdsa-with-SHA256.
    const algorithms = (name: string) => /2a8648ce3d040302/i.test(readFileSync(at(name), 'latin1'));
    expect([algorithms('a.pdf'), algorithms('b.pdf')]).toEqual([false, true]);
    expect(opinionOf(at('b.pdf'), world.root, world.base).cades).toEqual([0]);
    const none = await sign(world.leader, ['công văn.pdf', '--out', 'c.pdf', '--cert', 'Người khác']);
    expect([none.exit, none.lines[0]?.code]).toEqual([2, 'token-certificate-absent']);
  });

  it('signs many files into a folder it makes, under one login, a line a file; one bad file costs 1', async () => {
    writeFileSync(at('hỏng.pdf'), 'not a PDF');
    // Cut inside the page's content: what only lost its table would be read from its objects.
    writeFileSync(at('cụt.pdf'), readFileSync(at('công văn.pdf')).subarray(0, 240));
    writeFileSync(at('khác.pdf'), samplePdf('object-streams'));
    const files = ['công văn.pdf', 'hỏng.pdf', 'khác.pdf', 'cụt.pdf'];
    const done = await probed('', world.leader, [...files, '--out', 'kết quả']);
    expect(done.exit).toBe(1);
    expect(done.lines.map((line) => [line.file, line.ok, line.code])).toEqual([
      ['công văn.pdf', true, null],
      ['hỏng.pdf', false, 'pdf-not-pdf'],
      ['khác.pdf', true, null],
      ['cụt.pdf', false, 'pdf-truncated'],
    ]);
    expect([done.signed, done.logins]).toEqual([2, 1]);
    expect(readdirSync(at('kết quả')).sort()).toEqual(['công văn.pdf', 'khác.pdf'].sort());
  });

  it('takes a PIN up to its newline or its end, also after a carriage return', async () => {
    for (const input of [world.leader.pin, `${world.leader.pin}\r\nmore`]) {
      expect((await sign(world.leader, ['công văn.pdf', '--out', 'p.pdf'], { input })).exit).toBe(0);
    }
  });

  it('stops with 3 at a wrong, missing or locked PIN: one login at most, nothing signed or written', async () => {
    const wrong = await probed('', { ...world.leader, pin: '99999999' }, ['công văn.pdf', '--out', 'w.pdf']);
    expect([wrong.exit, wrong.logins, wrong.signed]).toEqual([3, 1, 0]);
    expect(wrong.lines[0]).toMatchObject({ ok: false, out: null, code: 'token-pin-wrong' });
    const empty = await sign(world.leader, ['công văn.pdf', '--out', 'w.pdf'], { input: '' });
    expect([empty.exit, empty.lines[0]?.code]).toEqual([3, 'token-pin-length']);
    const locked = await probed('C_GetTokenInfo * flags 0x40000', world.leader, [
      'công văn.pdf',
      '--out',
      'w.pdf',
    ]);
    expect([locked.exit, locked.logins, locked.lines[0]?.code]).toEqual([3, 0, 'token-pin-locked']);
    const last = ['công văn.pdf', '--out', 'w.pdf'];
    const unsure = await probed('C_GetTokenInfo * flags 0x20000', world.leader, last);
    expect([unsure.exit, unsure.logins, unsure.lines[0]?.code]).toEqual([3, 0, 'token-pin-confirm']);
    expect(existsSync(at('w.pdf'))).toBe(false);
    expect((await sign(world.leader, ['công văn.pdf', '--out', 'right.pdf'])).exit).toBe(0);
  });

  it('answers 2 and a code without module or token, and for a wrong call', async () => {
    const calls: [Promise<Awaited<ReturnType<typeof run>>>, string][] = [
      [sign({ ...world.leader, label: 'Không có' }, ['công văn.pdf', '--out', 'x.pdf']), 'token-absent'],
      [sign(world.leader, ['công văn.pdf', '--out', 'x.pdf'], { module: '/no.so' }), 'token-driver-absent'],
      [sign(world.leader, ['công văn.pdf', '--out', 'x.pdf', '--role', 'boss']), 'usage'],
      [sign(world.leader, ['--out', 'x.pdf']), 'usage'],
    ];
    for (const [call, code] of calls) {
      const done = await call;
      expect([done.exit, done.lines[0]?.code]).toEqual([2, code]);
      expect(done.errors).not.toBe('');
    }
  });

  it('refuses the seal before a leader, the input as output, and a page that is not there', async () => {
    const refused = async (token: TokenPlace, code: string, ...args: string[]) => {
      const done = await sign(token, ['công văn.pdf', ...args]);
      expect([done.exit, done.lines[0]?.ok, done.lines[0]?.code]).toEqual([1, false, code]);
    };
    const before = readFileSync(at('công văn.pdf'));
    await refused(world.agency, 'leader-missing', '--out', 'r.pdf', '--role', 'seal');
    await refused(world.leader, 'signing-same-file', '--out', './công văn.pdf');
    await refused(world.leader, 'pdf-page-missing', '--out', 'r.pdf', '--page', '99', '--rect', '1,1,100,50');
    await refused(world.leader, 'file-unwritable', '--out', 'không có/r.pdf');
    await refused(world.leader, 'signing-trust-required', '--out', 'r.pdf', '--require-trust');
    expect(readFileSync(at('công văn.pdf')).equals(before)).toBe(true);
    expect(existsSync(at('r.pdf'))).toBe(false);
  });

  it('puts no seal on the signature of a leader whose certificate is revoked', async () => {
    const token = { label: 'Thu hồi', pin: '11223344' };
    const tool = (program: string, ...args: string[]) =>
      execFileSync(program, args, { env: { ...process.env, ...world.env }, stdio: 'pipe' });
    const [key, certificate] = ['keys/revoked.pem', 'certs/revoked.crt'].map((one) =>
      join(world.base, 'pki', one),
    );
    const pin = ['--pin', token.pin];
    tool('softhsm2-util', '--init-token', '--free', '--label', token.label, ...pin, '--so-pin', '87654321');
    tool('softhsm2-util', '--import', `${key}`, '--token', token.label, ...pin, '--label', 'x', '--id', '01');
    const module = ['--module', world.module, '--token-label', token.label, '--login', ...pin];
    tool(
      'pkcs11-tool',
      ...module,
      '--write-object',
      `${certificate}`,
      '--type',
      'cert',
      '--label',
      'x',
      '--id',
      '01',
    );
    // Its own status is asked for too, so it signs only where nothing can be known of it.
    const asked = await sign(token, ['công văn.pdf', '--out', 'thu hồi.pdf', '--trust', world.root]);
    expect([asked.exit, asked.lines[0]?.code]).toEqual([1, 'revocation-revoked']);
    expect((await sign(token, ['công văn.pdf', '--out', 'thu hồi.pdf'])).exit).toBe(0);
    const seal = ['thu hồi.pdf', '--out', 'r.pdf', '--role', 'seal', '--trust', world.root];
    const refused = await sign(world.agency, seal);
    expect([refused.exit, refused.lines[0]?.code]).toEqual([1, 'leader-missing']);
    const verdict = await run(['verify', 'thu hồi.pdf', '--json', '--trust', world.root]);
    expect([verdict.exit, verdict.lines[0]?.verdict]).toEqual([1, 'invalid']);
  });

  it('signs a read-only file and leaves it as it was', async () => {
    copyFileSync(at('công văn.pdf'), at('chỉ đọc.pdf'));
    chmodSync(at('chỉ đọc.pdf'), 0o444);
    const done = await sign(world.leader, ['chỉ đọc.pdf', '--out', 'từ chỉ đọc.pdf']);
    expect(done.exit, done.errors).toBe(0);
  });

  it('does not wait for an authority that never answers, and with --require-trust does not sign', async () => {
    world.pki.process.kill('SIGSTOP');
    try {
      const args = ['công văn.pdf', '--trust', world.root, '--out'];
      const done = await sign(world.leader, [...args, 'chậm.pdf']);
      expect(done.lines[0]).toMatchObject({ ok: true, warnings: ['signing-status-unknown'] });
      const refused = await sign(world.leader, [...args, 'không.pdf', '--require-trust']);
      expect([refused.exit, refused.lines[0]?.code]).toEqual([1, 'signing-trust-required']);
      expect(existsSync(at('không.pdf'))).toBe(false);
    } finally {
      world.pki.process.kill('SIGCONT');
    }
  });
});

describe('verify', () => {
  it('judges samples: a line a file as given, 1 when some are not valid, 2 when nothing could be read', async () => {
    const signed = at('ký 1.pdf');
    const changed = Buffer.from(readFileSync(signed));
    const place = changed.indexOf('/Type');
    changed.write('/Typo', place, 'latin1');
    writeFileSync(at('đổi.pdf'), changed);
    const files = ['ký 2.pdf', './đổi.pdf', 'công văn.pdf', 'hỏng.pdf', 'không có.pdf'];
    const done = await run(['verify', ...files, '--json', '--trust', world.root]);
    expect(done.exit).toBe(1);
    expect(done.lines.map((line) => [line.file, line.verdict])).toEqual([
      ['ký 2.pdf', 'valid'],
      ['./đổi.pdf', 'invalid'],
      ['công văn.pdf', 'unsigned'],
      ['hỏng.pdf', 'unreadable'],
      ['không có.pdf', 'unreadable'],
    ]);
    expect(done.lines[0]?.signatures).toMatchObject([
      {
        kind: 'signature',
        signer: 'Trần Thị Bình',
        level: 'B-B',
        integrity: 'intact',
        coverage: 'whole-revision',
        chain: 'trusted',
        revocation: 'good',
        changes: 'signature',
        permitted: true,
        codes: [],
      },
      { coverage: 'whole-file', changes: 'none' },
    ]);
    expect((await run(['verify', 'hỏng.pdf', '--json'])).exit).toBe(2);
    const untrusted = await run(['verify', 'ký 1.pdf', '--json']);
    expect([untrusted.exit, untrusted.lines[0]?.verdict]).toEqual([1, 'indeterminate']);
    const noTrust = await run(['verify', 'ký 1.pdf', '--json', '--trust', 'không có.pem']);
    expect([noTrust.exit, noTrust.lines[0]?.code]).toEqual([2, 'file-unreadable']);
  });
});
