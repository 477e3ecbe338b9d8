// What settings say wrong of the hub closes the hub, not the desk.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bytesSource } from '../../preload/contract/byte-source';
import { type Hub, type SendRequest, unusableHub } from '../exchange';
import type { Settings } from '../settings/settings';
import type { Vault } from '../vault';
import { deskAnswer } from './hub-answers';
import { openExchange } from './open-exchange';

const vault = { sealSecret: (_name: string, bytes: Uint8Array) => bytes } as unknown as Vault;

const vxp = {
  kind: 'vxp',
  endpoint: 'http://10.1.2.3:8280/vxp',
  systemId: 'H37',
  secretFrom: 'HUB_SECRET',
  plainHttpHosts: [],
  authorities: [],
  proxy: 'none',
  timeoutSeconds: 5,
  maxPackageMegabytes: 1,
  signedOutCodes: [],
};

interface Opened {
  readonly hub: Hub | null;
  readonly reports: readonly string[];
}

async function open(hub: Record<string, unknown>): Promise<Opened> {
  const reports: string[] = [];
  const opened = await openExchange(
    {
      profile: mkdtempSync(join(tmpdir(), 'exchange-')),
      settings: { profile: 'clerk', hub } as unknown as Settings,
      vault,
      env: { HUB_SECRET: 'a secret' },
      report: (where, message) => reports.push(`${where} ${message}`),
      now: () => new Date(0),
    },
    { append: async () => 1 },
  );
  return { hub: opened, reports };
}

test.each([
  ['an address in the clear that policy does not name', vxp, 'hub-endpoint-unsafe'],
  [
    'a certificate whose file is gone',
    { ...vxp, endpoint: 'https://truc.example.vn', authorities: ['/nowhere/ca.pem'] },
    'hub-file-unreadable',
  ],
])('%s: the hub says so to every question, and sends nothing', async (_what, settings, code) => {
  const { hub, reports } = await open(settings);
  if (hub === null) throw new Error('no hub');
  const notSent = { kind: 'not-sent', code, retryAfterSeconds: null };
  expect(deskAnswer(await hub.list('edoc'))).toEqual(notSent);
  const request: SendRequest = {
    source: bytesSource(Buffer.from('x')),
    sha256: 'x',
    kind: 'edoc',
    from: 'H37',
    to: ['H14'],
    row: 'row#1',
  };
  expect(deskAnswer(await hub.send(request))).toEqual(notSent);
  expect(deskAnswer(await hub.acknowledge('D1', 'done'))).toEqual(notSent);
  expect(reports).toHaveLength(1);
});

test('an address that policy names is a hub that is asked', async () => {
  const { reports } = await open({ ...vxp, plainHttpHosts: ['10.1.2.3'] });
  expect(reports).toEqual([]);
});

test('no answer of an unusable hub is one that could have reached a server', async () => {
  const hub = unusableHub('address-unsafe', 'http://10.1.2.3');
  const answers = await Promise.all([
    hub.fetch('D1', { write: () => undefined }),
    hub.sent('edoc'),
    hub.agencies(),
    hub.units(),
    hub.registerAgency({ id: '1', pid: '', code: 'H14', name: '', mail: '' }),
    hub.removeAgency('H14'),
    hub.count('status'),
  ]);
  expect(new Set(answers.map((one) => one.kind))).toEqual(new Set(['not-sent']));
});
