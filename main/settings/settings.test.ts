// What settings.json may say of a hub, and how it is told what is wrong there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Failure } from '../../preload/contract/failure';
import { hubPlace } from './hub-settings';
import { readSettings } from './settings';

let profile: string;

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'settings-'));
});

afterEach(() => rmSync(profile, { recursive: true, force: true }));

const frame = {
  agency: { code: 'H37', name: 'UBND tỉnh Lạng Sơn' },
  notation: 'UBND',
  place: 'Lạng Sơn',
  user: 'Nguyễn Thị Hường',
};

function withHub(hub: unknown) {
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ ...frame, hub }));
  return readSettings(profile).hub;
}

function problems(hub: unknown): string {
  try {
    withHub(hub);
  } catch (error) {
    if (error instanceof Failure && error.code === 'settings-broken') return error.detail;
    throw error;
  }
  return '';
}

const vxp = { kind: 'vxp', endpoint: 'https://truc.example.vn/x', systemId: 'H37' };
const folder = { kind: 'folder', root: '/media/usb', systemId: 'H37' };

const lgsp = { kind: 'lgsp', endpoint: 'https://lgsp.example.vn', systemId: 'H37', username: 'vanthu' };
const member = { instance: 'VN', memberClass: 'GOV', memberCode: 'H37' };
const xroad = {
  kind: 'xroad',
  endpoint: 'https://10.0.0.1',
  systemId: 'H37',
  client: member,
  service: { ...member, memberCode: 'VPCP' },
};

test('what is left out has its usual value', () => {
  expect(withHub(vxp)).toMatchObject({ reading: 'acknowledge', fetchBy: 'getEdoc', proxy: 'system' });
  expect(withHub(folder)).toMatchObject({ inbox: 'in', outbox: 'out', done: 'done', byReceiver: false });
  expect(withHub(lgsp)).toMatchObject({ lookbackDays: 30, firstPage: 0, signedOutCodes: ['15'] });
  expect(withHub(xroad)).toMatchObject({ protocol: 'rest', service: { serviceCode: 'edoc' } });
  expect(withHub(null)).toBeNull();
});

test('the foot of the window says where the hub is and whether the way there is encrypted', () => {
  const place = (hub: unknown) => {
    const settings = withHub(hub);
    return settings === null ? null : hubPlace(settings);
  };
  expect(place(vxp)).toEqual({ endpoint: 'truc.example.vn', secure: true });
  expect(place({ ...vxp, endpoint: 'http://10.1.2.3:8280/x' })).toEqual({
    endpoint: '10.1.2.3:8280',
    secure: false,
  });
  expect(place(folder)).toEqual({ endpoint: '/media/usb', secure: true });
});

test.each([
  [{ ...vxp, endpoint: undefined }, 'hub.endpoint: còn thiếu'],
  [{ ...vxp, endpoint: 'ftp://x' }, 'hub.endpoint: phải là địa chỉ bắt đầu bằng https:// hoặc http://'],
  [{ ...vxp, systemId: '' }, 'hub.systemId: không được để trống'],
  [{ ...vxp, kind: 'mail' }, 'hub.kind: không thuộc các loại được hỗ trợ (vxp, lgsp, xroad, folder)'],
  [{ ...vxp, reading: 'maybe' }, 'hub.reading: phải là một trong: acknowledge, take'],
  [{ ...vxp, recallBy: '13' }, 'hub.recallBy: phải là một trong: package, status'],
  [{ ...vxp, documentType: 2 }, 'hub.documentType: phải là một trong: item, group'],
  [{ ...vxp, hashFile: 'x' }, 'hub.hashFile: phải là một trong: unpadded, padded'],
  [{ ...vxp, answersChanges: 'có' }, 'hub.answersChanges: phải là true hoặc false'],
  [{ ...vxp, statusWords: { '06': '' } }, 'hub.statusWords.06: không được để trống'],
  [{ ...vxp, statusWords: { xong: 'x' } }, 'hub.statusWords.xong: mã trạng thái phải gồm hai chữ số'],
  [{ ...vxp, maxPackageMegabytes: 0 }, 'hub.maxPackageMegabytes: phải từ 1 trở lên'],
  [{ ...vxp, timeoutSeconds: 'x' }, 'hub.timeoutSeconds: phải là số'],
  [{ ...vxp, secret: 'x' }, 'hub: có mục không được hỗ trợ: secret'],
  [{ ...vxp, secretFrom: 'a b' }, 'hub.secretFrom: phải là tên một biến môi trường'],
  [{ ...vxp, authorities: ['ca.pem'] }, 'hub.authorities.0: phải là đường dẫn đầy đủ'],
  [
    { ...vxp, proxy: 'socks://x' },
    'hub.proxy: phải là system, none hoặc địa chỉ http:// của máy chủ trung gian',
  ],
  [{ ...lgsp, username: undefined }, 'hub.username: còn thiếu'],
  [
    { ...xroad, client: { ...member, memberCode: 'a/b' } },
    'hub.client.memberCode: không phải mã định danh X-Road (không trống, không có : ; / \\ %)',
  ],
  [{ ...xroad, userId: '123' }, 'hub.userId: phải bắt đầu bằng mã nước, ví dụ VN'],
  [{ ...xroad, protocol: 'grpc' }, 'hub.protocol: phải là một trong: rest, soap'],
  [{ ...xroad, clientCertificate: { certificate: '/a.pem' } }, 'hub.clientCertificate.key: còn thiếu'],
  [{ ...folder, root: 'usb' }, 'hub.root: phải là đường dẫn đầy đủ'],
  [{ ...folder, inbox: '../in' }, 'hub.inbox: không được chứa ".."'],
  [{ ...folder, byReceiver: 'có' }, 'hub.byReceiver: phải là true hoặc false'],
])('%j is told in Vietnamese: %s', (hub, words) => {
  expect(problems(hub)).toBe(words);
});

test('several mistakes are told together, and a file that is no JSON by its name', () => {
  expect(problems({ ...folder, root: 'usb', systemId: undefined }).split('; ')).toHaveLength(2);
  writeFileSync(join(profile, 'settings.json'), '{');
  expect(() => readSettings(profile)).toThrow('settings-broken');
});
