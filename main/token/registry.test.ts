// Drivers out of Windows' registry, by the words of reg.exe, and the exports of Windows libraries.
import { readFileSync } from 'node:fs';
import { win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidates, installedDrivers, readDriverList } from './drivers';
import { peFile } from './pe.fixture';
import { exportsName, type ReadAt } from './pe-exports';
import { discoverRegistered, libraryPaths, providersIn, registeredDrivers } from './registry';

const root = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\\Defaults\\Provider';
const env = { SystemRoot: 'C:\\Windows', ProgramFiles: 'C:\\Program Files' };

/** As reg.exe prints it on a Windows 10 in Vietnamese, with the drivers of several vendors. */
const printed = [
  '',
  `${root}\\Bit4id Universal Middleware Provider`,
  '    Image Path    REG_SZ    C:\\Windows\\System32\\bit4ucsp1.dll',
  '',
  `${root}\\eToken Base Cryptographic Provider`,
  '    Image Path    REG_SZ    eTCAPI.dll',
  '',
  `${root}\\Microsoft Base Cryptographic Provider v1.0`,
  '    Image Path    REG_EXPAND_SZ    %SystemRoot%\\system32\\rsaenh.dll',
  '',
  `${root}\\Viettel-CA v6 CSP`,
  '    Image Path    REG_SZ    C:\\Windows\\system32\\viettel-ca_v6_s.dll',
  '',
  `${root}\\VNPT-CA Token CSP (v10)`,
  '    Image Path    REG_EXPAND_SZ    "%ProgramFiles%\\VNPT CA\\vnptca_p11_v10_s.dll"',
  '',
  'Kết thúc tìm kiếm: đã tìm thấy 5 mục phù hợp.',
  '',
].join('\r\n');

function reading(file: Uint8Array): ReadAt {
  return (offset, length) => file.subarray(offset, offset + length);
}

describe('the providers of the registry', () => {
  it('are read with their names and files, whatever language the last line has', () => {
    expect(providersIn(printed).map((one) => one.name)).toEqual([
      'Bit4id Universal Middleware Provider',
      'eToken Base Cryptographic Provider',
      'Microsoft Base Cryptographic Provider v1.0',
      'Viettel-CA v6 CSP',
      'VNPT-CA Token CSP (v10)',
    ]);
    expect(providersIn('ERROR: The system was unable to find the specified registry key or value.')).toEqual(
      [],
    );
  });

  it('lead to the twin without _s first, in absolute places, and Windows’ own to nothing', () => {
    const paths = Object.fromEntries(providersIn(printed).map((one) => [one.name, libraryPaths(one, env)]));
    expect(paths).toEqual({
      'Bit4id Universal Middleware Provider': ['C:\\Windows\\System32\\bit4ucsp1.dll'],
      'eToken Base Cryptographic Provider': ['C:\\Windows\\System32\\eTCAPI.dll'],
      'Microsoft Base Cryptographic Provider v1.0': [],
      'Viettel-CA v6 CSP': [
        'C:\\Windows\\system32\\viettel-ca_v6.dll',
        'C:\\Windows\\system32\\viettel-ca_v6_s.dll',
      ],
      'VNPT-CA Token CSP (v10)': [
        'C:\\Program Files\\VNPT CA\\vnptca_p11_v10.dll',
        'C:\\Program Files\\VNPT CA\\vnptca_p11_v10_s.dll',
      ],
    });
    expect(libraryPaths({ name: 'x', image: '%NOT_SET%\\a_s.dll' }, env)).toEqual([]);
  });

  it('become drivers only where the file is there and is PKCS#11 by its exports, each once', () => {
    const there: Record<string, readonly string[]> = {
      'bit4ucsp1.dll': ['CPAcquireContext'],
      'viettel-ca_v6.dll': ['C_GetFunctionList', 'C_Initialize'],
      'viettel-ca_v6_s.dll': ['CPAcquireContext'],
      'vnptca_p11_v10_s.dll': ['CPAcquireContext', 'C_GetFunctionList'],
    };
    const files = {
      exists: (path: string) => win32.basename(path) in there,
      isPkcs11: (path: string) => (there[win32.basename(path)] ?? []).includes('C_GetFunctionList'),
    };
    const drivers = registeredDrivers(`${printed}\n${printed}`, env, files);
    expect(drivers).toEqual([
      { brand: 'Viettel-CA v6 CSP', path: 'C:\\Windows\\system32\\viettel-ca_v6.dll', origin: 'registry' },
      {
        brand: 'VNPT-CA Token CSP (v10)',
        path: 'C:\\Program Files\\VNPT CA\\vnptca_p11_v10_s.dll',
        origin: 'registry',
      },
    ]);
    const all = installedDrivers(readDriverList(), [], {}, 'win32', drivers);
    expect(all.map((one) => one.path)).toEqual(drivers.map((one) => one.path));
  });

  it('are asked for on Windows alone', async () => {
    expect(await discoverRegistered(env, 'linux')).toEqual([]);
  });

  it('of any text are read without an end in an error', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) =>
        registeredDrivers(text, env).every((one) => win32.isAbsolute(one.path)),
      ),
    );
  });
});

describe('the exports of a Windows library', () => {
  it.each(['x64', 'ia32'] as const)('of %s are found by name', (machine) => {
    const file = reading(peFile({ machine, names: ['CPAcquireContext', 'C_GetFunctionList'] }));
    expect(exportsName(file, 'C_GetFunctionList')).toBe(true);
    expect(exportsName(file, 'C_GetFunction')).toBe(false);
    expect(exportsName(reading(peFile({ machine, names: ['CPSignHash'] })), 'C_GetFunctionList')).toBe(false);
  });

  it('of damaged and foreign files are none, and reading them ends', () => {
    const whole = peFile({ machine: 'x64', names: ['C_GetFunctionList'] });
    expect(exportsName(reading(readFileSync(process.execPath)), 'C_GetFunctionList')).toBe(false);
    fc.assert(
      fc.property(fc.nat(0x600), fc.nat(255), fc.nat(whole.length), (at, value, end) => {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        return typeof exportsName(reading(damaged.subarray(0, end)), 'C_GetFunctionList') === 'boolean';
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the list that is shipped', () => {
  it('names every driver known of Vietnamese tokens, by system', () => {
    const files = (platform: string, env: Record<string, string>) =>
      new Set(candidates(readDriverList(), platform, env).map((one) => one.path.replace(/^.*[\\/]/, '')));
    const windows = files('win32', { ...env, SystemDrive: 'C:' });
    const known = [
      ...['eTPKCS11', 'bit4xpki', 'viettel-ca', 'vnpt-ca_csp11', 'vnpt-ca_v34', 'vnpt-ca_cl_v1', 'BkavCA'],
      ...[1, 2, 3, 4, 5, 6].map((version) => `viettel-ca_v${version}`),
      ...[6, 7, 8, 9, 10].map((version) => `vnptca_p11_v${version}`),
      ...['BkavCAv2S', 'BkavCAv2T', 'bkavcaetoken', 'st3csp11', 'fpt-ca', 'fptca_v3', 'fptca_v4', 'fptca_v5'],
      ...['fpt-ca-stx', 'CA2_csp11', 'CA2_v34', 'ncca_csp11_v1', 'ica_csp11_v1', 'fca_v1', 'safe-ca'],
      ...[4, 5, 6, 7, 8, 9].map((version) => `nca_v${version}`),
      ...['safe-ca_v1', 'safe-ca_v2', 'efy-ca_v1', 'Vina-CA', 'Vina-CA_v3', 'Vina-CA_v5', 'newca_v4'],
      ...['misaca_csp11_v2', 'eps2003csp11', 'eps2003csp11v2', 'ShuttleCsp11_3003', 'ngp11v211', 'WDPKCS'],
      ...['aetpkss1', 'gclib', 'IDPrimePKCS1164', 'acospkcs11', 'opensc-pkcs11'],
    ].map((name) => `${name}.dll`);
    expect(known.filter((name) => !windows.has(name))).toEqual([]);
    const linux = files('linux', {});
    const onLinux = ['libeToken', 'libeTPkcs11', 'libbit4xpki', 'fptca_v4', 'libcastle', 'libwdpkcs'];
    const more = ['libaetpkss', 'opensc-pkcs11', 'p11-kit-proxy', 'libsofthsm2'];
    expect([...onLinux, ...more].filter((name) => !linux.has(`${name}.so`))).toEqual([]);
    const macos = files('darwin', {});
    const onMac = ['libeTPkcs11', 'libbit4xpki', 'viettel-ca_v4', 'viettel-ca_v5', 'viettel-ca_v6'];
    const feitian = ['libShuttleCsp11_3003', 'libcastle'];
    expect([...onMac, ...feitian].filter((name) => !macos.has(`${name}.dylib`))).toEqual([]);
  });
});
