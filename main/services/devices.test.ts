// Signing devices as a service: cards without paths and personal numbers, a driver that a person adds and takes back, the text
// for support.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Code } from '../../preload/contract/codes';
import { Failure } from '../../preload/contract/failure';
import { changeNamedDrivers } from '../settings/named-drivers';
import type { ModuleReport } from '../token/client';
import { noDrivers } from '../token/drivers';
import type { CertificateCard, ModuleCard, TokenCard } from '../token/protocol';
import { createDevices } from './devices';

const known = '/opt/vendor/libtoken.so';
const added = '/home/nguoi-dung/tai-ve/libkhac.so';

const certificate: CertificateCard = {
  fingerprint: 'a'.repeat(64),
  der: new Uint8Array(),
  id: '01',
  label: 'ky',
  subject: 'Trần Thị Bình 001085012345',
  organization: 'UBND',
  issuer: 'CA thử',
  serial: '01',
  notBefore: Date.UTC(2026, 0, 1),
  notAfter: Date.UTC(2027, 0, 1),
  keyType: 'RSA-2048',
  authority: false,
  reason: null,
};
const token: TokenCard = {
  module: known,
  label: 'CCCD 001085012345',
  serial: 'AB12345678',
  manufacturer: 'Bit4ID',
  model: 'JS2048',
  pin: 'ready',
  pinPad: false,
  minPin: 4,
  maxPin: 16,
  mechanisms: [1, 0x40],
  certificates: [
    certificate,
    { ...certificate, reason: 'token-certificate-expired' },
    { ...certificate, authority: true, reason: 'token-certificate-authority' },
  ],
  code: null,
};
const moduleCard = (path: string): ModuleCard => ({
  path,
  description: 'Thử',
  manufacturer: 'NCC',
  version: '1.2',
  tokens: [token],
});

let folder: string;
let failing: Map<string, Code>;
let busy: boolean;
let copied: string;
let choice: string | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'devices-'));
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ place: 'Lạng Sơn', khac: [1] }));
  failing = new Map();
  busy = false;
  copied = '';
  choice = null;
});

afterEach(() => rmSync(folder, { recursive: true }));

function service(named: readonly string[] = []) {
  return createDevices({
    tokens: {
      list: async (paths) =>
        paths.map((path): ModuleReport => {
          const code = failing.get(path);
          return code === undefined
            ? { path, ok: true, module: moduleCard(path) }
            : { path, ok: false, code, detail: path };
        }),
      diagnose: async (path) => {
        const code = failing.get(path);
        return code === undefined
          ? {
              cryptokiVersion: '2.40',
              module: moduleCard(path),
              slots: [{ description: 'Đầu đọc 0', manufacturer: '', present: true, problem: '' }],
            }
          : new Failure(code, 'C_Initialize CKR_GENERAL_ERROR');
      },
    },
    list: noDrivers,
    env: {},
    named,
    registered: Promise.resolve([{ brand: 'VNPT', path: known, origin: 'registry' }]),
    chooseFile: async () => choice,
    remember: (change) => changeNamedDrivers(folder, change),
    copy: (text) => {
      copied = text;
    },
    busy: () => busy,
    machine: () => ({
      version: '1',
      runtime: 'Electron',
      platform: 'linux',
      arch: 'x64',
      at: new Date(0),
    }),
  });
}

const settings = (): unknown => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));

describe('the cards of devices', () => {
  it('show file names without folders, no personal number, and why a certificate cannot sign', async () => {
    const cards = await service([added]).look();
    expect(cards.map((card) => [card.file, card.brand, card.chosen])).toEqual([
      ['libkhac.so', '', true],
      ['libtoken.so', 'VNPT', false],
    ]);
    expect(JSON.stringify(cards)).not.toMatch(/001085012345|\/opt|\/home/);
    const [shown] = cards[1]?.tokens ?? [];
    expect(shown?.certificates.map((one) => one.reason)).toEqual([null, 'token-certificate-expired']);
  });

  it('say the code of a driver that cannot be used', async () => {
    failing.set(known, 'token-driver-32-bit');
    const devices = service();
    const [card] = await devices.look();
    expect(card).toMatchObject({ code: 'token-driver-32-bit', tokens: [] });
    failing.clear();
    expect(await devices.test(card?.id ?? '')).toMatchObject({ code: null });
    await expect(devices.test('0'.repeat(16))).rejects.toMatchObject({ code: 'token-driver-absent' });
  });

  it('are not asked for while something is being signed', async () => {
    busy = true;
    for (const ask of [service().look(), service().choose(), service().copyDiagnostics()]) {
      await expect(ask).rejects.toMatchObject({ code: 'token-busy' });
    }
  });
});

describe('a driver that a person chooses', () => {
  it('is remembered when it answers, looked at from then on, and forgotten when taken back', async () => {
    const devices = service();
    choice = added;
    const card = await devices.choose();
    expect(card).toMatchObject({ file: 'libkhac.so', chosen: true, code: null });
    expect(settings()).toEqual({ place: 'Lạng Sơn', khac: [1], modules: [added] });
    await devices.choose();
    expect(settings()).toMatchObject({ modules: [added] });
    expect(devices.paths()[0]).toBe(added);
    devices.forget(card?.id ?? '');
    expect(settings()).toMatchObject({ modules: [] });
    expect(devices.paths()).not.toContain(added);
    expect(() => devices.forget(card?.id ?? '')).toThrow(/token-driver-absent/);
  });

  it('is not remembered when it is no driver or when nothing was chosen', async () => {
    failing.set(added, 'token-driver-not-pkcs11');
    choice = added;
    expect(await service().choose()).toMatchObject({ code: 'token-driver-not-pkcs11', chosen: false });
    choice = null;
    expect(await service().choose()).toBeNull();
    expect(settings()).toEqual({ place: 'Lạng Sơn', khac: [1] });
  });

  it('is said to be not kept where the settings cannot be written, and they stay as they were', async () => {
    writeFileSync(join(folder, 'settings.json'), 'không phải JSON');
    choice = added;
    await expect(service().choose()).rejects.toMatchObject({ code: 'file-unwritable' });
    expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe('không phải JSON');
  });
});

describe('the text for support', () => {
  it('says of each driver whether it is loaded, its slots, its devices and which filter dropped each certificate', async () => {
    failing.set(added, 'token-driver-error');
    const lines = await service([added]).copyDiagnostics();
    expect(copied.split('\n').length - 1).toBe(lines);
    expect(copied).toContain('đã nạp: không, token-driver-error: C_Initialize CKR_GENERAL_ERROR');
    expect(copied).toContain('đã nạp: có; C_GetInfo: Thử, NCC, 1.2, Cryptoki 2.40');
    expect(copied).toContain('khe 1: Đầu đọc 0: có thiết bị');
    expect(copied).toContain('token-certificate-expired');
    expect(copied).toContain('token-certificate-authority');
    expect(copied).toContain('dùng được');
    expect(copied).not.toContain('001085012345');
    expect(copied).not.toContain('AB12345678');
  });
});
