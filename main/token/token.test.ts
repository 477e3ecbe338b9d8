// The pure parts of the token room: return values, PIN states, certificates, driver files, shapes of signatures.
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenCodes } from '../../preload/contract/codes/token';
import { readCertificate, reasonAgainst } from './certificate';
import { ckr, ckrName, codeAt, codeOfCkr, saysPinWrong } from './ckr';
import { failureOf } from './cryptoki';
import { childrenOf, DerError, elementAt, oidOf } from './der';
import { candidates, installedDrivers, readDriverList } from './drivers';
import { fitsThisProcess, libraryKindOf } from './machine';
import { peFile } from './pe.fixture';
import { pinMessage } from './pin-message';
import { pinStateOf, stopBefore, tokenFlags } from './pin-state';
import { checkedSignature, digestInfo, ecdsaToDer, waysFor } from './signatures';

const ready = tokenFlags.tokenInitialized | tokenFlags.userPinInitialized | tokenFlags.loginRequired;

describe('return values', () => {
  it('say "wrong PIN" for three values only, out of all that exist', () => {
    const wrong: string[] = [];
    for (let value = 1; value < 0x300; value += 1)
      if (saysPinWrong(codeOfCkr(value))) wrong.push(ckrName(value));
    expect(wrong).toEqual(['CKR_PIN_INCORRECT', 'CKR_PIN_INVALID', 'CKR_PIN_LEN_RANGE']);
    fc.assert(
      fc.property(fc.integer({ min: 0x300, max: 0xffffffff }), (value) => !saysPinWrong(codeOfCkr(value))),
    );
  });

  it('say "wrong PIN" only where a PIN is judged', () => {
    for (const name of ['CKR_PIN_INCORRECT', 'CKR_PIN_INVALID', 'CKR_PIN_LEN_RANGE']) {
      expect(saysPinWrong(codeAt('C_Login', ckr(name)))).toBe(true);
      expect(codeAt('C_FindObjectsInit', ckr(name))).toBe('token-driver-error');
      expect(codeAt('C_GetTokenInfo', ckr(name))).toBe('token-driver-error');
    }
  });

  it('each have a code of this room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffff }), (value) => codeOfCkr(value) in tokenCodes),
    );
  });

  it('are read from either form in which the binding throws them', () => {
    expect(failureOf('C_X', new Error('CKR_PIN_LOCKED:164')).code).toBe('token-pin-locked');
    expect(failureOf('C_X', Object.assign(new Error('CKR_DEVICE_REMOVED'), { code: 50 })).code).toBe(
      'token-removed',
    );
    expect(failureOf('C_X', new TypeError('PIN is strange')).code).toBe('token-driver-error');
    expect(() => ckr('CKR_NO_SUCH')).toThrow(RangeError);
  });
});

describe('the PIN state', () => {
  it('is the gravest that the flags say', () => {
    const state = (flags: number): string => pinStateOf(ready | flags).kind;
    expect(state(0)).toBe('ready');
    expect(state(tokenFlags.userPinCountLow)).toBe('low');
    expect(state(tokenFlags.userPinCountLow | tokenFlags.userPinFinalTry)).toBe('final');
    expect(state(tokenFlags.userPinLocked | tokenFlags.userPinFinalTry)).toBe('locked');
    expect(state(tokenFlags.userPinToBeChanged)).toBe('must-change');
    expect(pinStateOf(tokenFlags.tokenInitialized | tokenFlags.loginRequired).kind).toBe('not-set');
    expect(pinStateOf(tokenFlags.tokenInitialized).kind).toBe('none');
    expect(pinStateOf(0).kind).toBe('not-initialized');
  });

  it('never lets a PIN be typed for a locked token, whatever other flags stand', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xfffff }), (flags) => {
        const state = pinStateOf(flags | ready | tokenFlags.userPinLocked);
        return stopBefore(state) === 'token-pin-locked';
      }),
    );
  });
});

describe('certificates', () => {
  it('made of arbitrary bytes end in DerError or facts, never in anything else', () => {
    const certificate = Buffer.from(sample, 'base64');
    const readSafely = (bytes: Uint8Array): boolean => {
      try {
        readCertificate(bytes);
        return true;
      } catch (error) {
        return error instanceof DerError;
      }
    };
    expect(readCertificate(certificate).subjectName).toBe('Nguyễn Văn A');
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readSafely));
    fc.assert(
      fc.property(fc.nat(certificate.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(certificate);
        damaged[at] = value;
        return readSafely(damaged) && readSafely(certificate.subarray(0, at));
      }),
      { numRuns: 2000 },
    );
  });

  it('say why they cannot sign, the lasting reason before the passing one', () => {
    const facts = readCertificate(Buffer.from(sample, 'base64'));
    const during = (facts.notBefore + facts.notAfter) / 2;
    expect(reasonAgainst(facts, 'hidden', during)).toBeUndefined();
    expect(reasonAgainst(facts, 'absent', during)).toBe('token-certificate-no-key');
    expect(reasonAgainst(facts, 'present', facts.notBefore - 1)).toBe('token-certificate-not-yet-valid');
    expect(reasonAgainst(facts, 'present', facts.notAfter + 1)).toBe('token-certificate-expired');
    expect(reasonAgainst({ ...facts, authority: true }, 'present', 0)).toBe('token-certificate-authority');
    const encipher = facts.keyUsage?.map((_, bit) => bit === 2);
    expect(reasonAgainst({ ...facts, keyUsage: encipher }, 'present', 0)).toBe('token-certificate-key-usage');
  });

  it('with absurd lengths and depths are refused', () => {
    expect(() => elementAt(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff))).toThrow(DerError);
    expect(() => elementAt(Uint8Array.of(0x30, 0x80, 0, 0))).toThrow(DerError);
    expect(() => childrenOf(new Uint8Array(4000).fill(5))).toThrow(DerError);
    expect(() => oidOf(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f))).toThrow(
      DerError,
    );
    expect(oidOf(Buffer.from('2a864886f70d010101', 'hex'))).toBe('1.2.840.113549.1.1.1');
  });
});

describe('driver files', () => {
  it('are recognized by machine before they are loaded', () => {
    const elf = (machine: number): Uint8Array => {
      const head = Buffer.alloc(64);
      head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
      head.writeUInt16LE(machine, 18);
      return head;
    };
    const pe = (machine: number): Uint8Array => {
      const head = Buffer.alloc(256);
      head.write('MZ');
      head.writeUInt32LE(0x80, 0x3c);
      head.write('PE\0\0', 0x80);
      head.writeUInt16LE(machine, 0x84);
      return head;
    };
    expect(libraryKindOf(elf(62))).toEqual({ kind: 'elf', machines: ['x64'] });
    expect(libraryKindOf(elf(3))).toEqual({ kind: 'elf', machines: ['ia32'] });
    expect(libraryKindOf(pe(0x14c))).toEqual({ kind: 'pe', machines: ['ia32'] });
    expect(libraryKindOf(pe(0x8664))).toEqual({ kind: 'pe', machines: ['x64'] });
    expect(libraryKindOf(Buffer.from('#!/bin/sh\necho no library here\n'))).toEqual({ kind: 'none' });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => libraryKindOf(bytes).kind !== undefined),
    );
  });

  it('of another system or machine do not fit this process', () => {
    expect(fitsThisProcess(process.execPath)).toBe('yes');
    expect(fitsThisProcess(process.execPath, 'ia32')).toBe('wrong-machine');
    const folder = mkdtempSync(join(tmpdir(), 'library-'));
    const place = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };
    const pkcs11 = ['C_GetFunctionList'];
    const narrow = place('narrow.dll', peFile({ machine: 'ia32', names: pkcs11 }));
    const wide = place('wide.dll', peFile({ machine: 'x64', names: pkcs11 }));
    const shell = place('shell_s.dll', peFile({ machine: 'x64', names: ['CPAcquireContext'] }));
    expect(fitsThisProcess(narrow, 'x64', 'win32')).toBe('narrow');
    expect(fitsThisProcess(narrow, 'ia32', 'win32')).toBe('yes');
    expect(fitsThisProcess(wide, 'ia32', 'win32')).toBe('wrong-machine');
    expect(fitsThisProcess(wide, 'x64', 'win32')).toBe('yes');
    expect(fitsThisProcess(shell, 'x64', 'win32')).toBe('not-pkcs11');
    rmSync(folder, { recursive: true });
    expect(fitsThisProcess(process.execPath, process.arch, 'win32')).toBe('wrong-machine');
    expect(fitsThisProcess('package.json')).toBe('no-library');
  });

  it('are looked for in absolute places of each system', () => {
    const list = readDriverList();
    const env = { SYSTEMROOT: 'C:\\Windows', ProgramFiles: 'C:\\Program Files' };
    const windows = candidates(list, 'win32', env).map((one) => one.path);
    expect(windows).toContain('C:\\Windows\\System32\\eTPKCS11.dll');
    expect(windows).toContain('C:\\Windows\\SysWOW64\\viettel-ca_v6.dll');
    expect(windows).toContain('C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll');
    expect(windows.some((path) => path.includes('{'))).toBe(false);
    expect(candidates(list, 'linux', {}).map((one) => one.path)).toContain('/usr/lib/bit4id/libbit4xpki.so');
    expect(candidates(list, 'darwin', {}).map((one) => one.path)).toContain(
      '/usr/local/lib/libeTPkcs11.dylib',
    );
    expect(candidates(list, 'linux', {}).every((one) => one.path.startsWith('/'))).toBe(true);
  });

  it('named by policy or the environment come first, and must be absolute', () => {
    const list = readDriverList();
    const env = { VAN_THU_PKCS11_MODULE: '/opt/b.so' };
    const paths = installedDrivers(list, ['/opt/a.so', '/opt/b.so'], env, 'linux').map((one) => one.path);
    expect(paths.slice(0, 2)).toEqual(['/opt/a.so', '/opt/b.so']);
    expect(paths.filter((path) => path === '/opt/b.so')).toHaveLength(1);
    expect(() => installedDrivers(list, ['eTPKCS11.dll'], {}, 'win32')).toThrow(/token-driver-path/);
  });
});

describe('a driver found twice', () => {
  it('is used in the build that fits this machine, and reported when none does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'drivers-'));
    const place = (sub: string, machine: number): string => {
      const head = Buffer.alloc(64);
      head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
      head.writeUInt16LE(machine, 18);
      mkdirSync(join(folder, sub), { recursive: true });
      const path = join(folder, sub, 'libtoken.so');
      writeFileSync(path, head);
      return path;
    };
    const none = { windows: [], macos: [] };
    const list = {
      folders: { ...none, linux: [join(folder, 'a'), join(folder, 'b')] },
      drivers: [{ brand: 'X', ...none, linux: ['libtoken.so'] }],
    };
    const foreign = place('a', 99);
    expect(installedDrivers(list, [], {}, 'linux').map((one) => one.path)).toEqual([foreign]);
    const own = place('b', process.arch === 'arm64' ? 183 : 62);
    expect(installedDrivers(list, [], {}, 'linux').map((one) => one.path)).toEqual([own]);
    rmSync(folder, { recursive: true });
  });
});

describe('signatures', () => {
  it('of ECDSA become the DER that openssl checks', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (bytes) => {
        const raw = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });
        return checkedSignature('ecdsa-sha256', spki, bytes, raw).equals(ecdsaToDer(raw));
      }),
      { numRuns: 100 },
    );
    expect(() => ecdsaToDer(new Uint8Array(63))).toThrow(/token-signature-wrong/);
  });

  it('that belong to other bytes or another key are refused', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const signature = sign('sha256', Buffer.from('a'), privateKey);
    expect(checkedSignature('rsa-pkcs1-sha256', spki, Buffer.from('a'), signature)).toEqual(signature);
    expect(() => checkedSignature('rsa-pkcs1-sha256', spki, Buffer.from('b'), signature)).toThrow(
      /signature-wrong/,
    );
  });

  it('are made in the first way that the token offers; a token that lists nothing is tried with each', () => {
    const ways = (offered: number[]): number[] =>
      waysFor('rsa-pkcs1-sha256', offered).map((way) => way.mechanism.mechanism);
    expect(ways([0x1, 0x40, 0x1041])).toEqual([0x1, 0x40]);
    expect(ways([0x40])).toEqual([0x40]);
    expect(ways([])).toEqual([0x1, 0x40]);
    expect(ways([0x1041])).toEqual([]);
    expect(digestInfo(Buffer.from('')).toString('hex')).toBe(
      '3031300d060960864801650304020105000420e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});

describe('messages of the PIN window', () => {
  it('of any other shape are none', () => {
    expect(pinMessage({ kind: 'cancel' })).toEqual({ kind: 'cancel' });
    expect(pinMessage({ kind: 'pin', pin: '1234' })).toBeUndefined();
    expect(pinMessage({ kind: 'pin', pin: new Uint8Array(257) })).toBeUndefined();
    expect(pinMessage({ kind: 'pad', confirmed: 1 })).toEqual({ kind: 'pad', confirmed: false });
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const parsed = pinMessage(value);
        return parsed === undefined || parsed.kind !== 'pin' || parsed.pin instanceof Uint8Array;
      }),
    );
  });
});

/** Self-signed for these tests: RSA-2048, CN=Nguyễn Văn A, digitalSignature and nonRepudiation. */
const sample = [
  'MIIDWjCCAkKgAwIBAgIUd94bXYVTcTylDQcY701s/79Iyr0wDQYJKoZIhvcNAQELBQAwNjELMAkGA1UEBhMCVk4xDTALBgNV',
  'BAoMBFVCTkQxGDAWBgNVBAMMD05ndXnhu4VuIFbEg24gQTAeFw0yNjExMjIyMTIwMTdaFw0zNTAyMDgyMTIwMTdaMDYxCzAJ',
  'BgNVBAYTAlZOMQ0wCwYDVQQKDARVQk5EMRgwFgYDVQQDDA9OZ3V54buFbiBWxINuIEEwggEiMA0GCSqGSIb3DQEBAQUAA4IB',
  'DwAwggEKAoIBAQDGX9IhKEaJ44SKFOuU3L7XwakjBvQoqMHhm1DqcDKa0Ng3wH04RCpYuY20oj93CgdvqFxYuGhyVmO08blS',
  'L2AulXLedldM6FEjKushdYN4VHVqhU3D8vJk7QKjho5PaY1wg4pbHLHWQ7+d/cn2RmWLbTwwTMam9U6sXPuMV0C/LZ+amsXh',
  '+N/R5Nk6mWyOuO3yK0Sci4o//yGNBLgMPtTPkyeYl7qrwqi8duT4/s1jspn6tO2tjSL4TgEoQBxfv4O3nfCXuLrOPlDW+Nyl',
  'HuulaA75bBVsnrKfevS4AA2kyXjQQSyR6DP4S3YfRSiz+4Xvef5Rm88d/MD+5hnC74evAgMBAAGjYDBeMB0GA1UdDgQWBBRh',
  'LhhtF5cLXr9PfS9fXs7CxeFk3DAfBgNVHSMEGDAWgBRhLhhtF5cLXr9PfS9fXs7CxeFk3DAMBgNVHRMBAf8EAjAAMA4GA1Ud',
  'DwEB/wQEAwIGwDANBgkqhkiG9w0BAQsFAAOCAQEAryd3I+WMGRtpoN1p2ciYmO4i5nNOA4W0hgZJjv9XhL1zH6Hc0irnN5ET',
  'tcE0kmMueVRBM9+1OOFGJqcx1Tol+dzgG8D0dt98I7LBmIutufaZ9MpG+BnxgKSPdhbwkBfKAvaq5akiH0Bm7uhzrUBNmS40',
  'mNVQIMRsm0ZlfPF5bt8WDW0sErPdJyjTSjRp51g2Rr3YYJHx9ZnGpJqk2vNhSk658Pwl1v4p2VH6In7veSgVQ1AnsoJb0/Rf',
  'Qn6KSvR6XG+jlPzPv1noifJ/wo5zp66r7+BDcxASmoZHJAPkPbXz+STTK6AOtMXR4cz/CK4JF7r1fbbR/DTRaqV+a1YaDA==',
].join('');
