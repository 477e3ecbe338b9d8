// The rules of a session as Electron is told them, with a double that only remembers.
import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { hardenSession, isLocalAddress } from './session';

type Callback = (answer: unknown) => void;

/** Hardens a double; gives what it was told, by the name of the setting. */
function hardened() {
  const told = new Map<string, readonly unknown[]>();
  const listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  const remember =
    (name: string) =>
    (...all: unknown[]): void =>
      void told.set(name, all);
  const session = {
    webRequest: { onBeforeRequest: remember('request') },
    setPermissionRequestHandler: remember('permission'),
    setPermissionCheckHandler: remember('check'),
    setDevicePermissionHandler: remember('device'),
    allowNTLMCredentialsForDomains: remember('ntlm'),
    setSpellCheckerEnabled: remember('spelling'),
    on: (name: string, listener: (event: { preventDefault(): void }) => void) =>
      listeners.set(name, listener),
  };
  const reports: string[] = [];
  hardenSession(session as unknown as Session, (what) => reports.push(what));
  return { told, listeners, reports };
}

describe('a session', () => {
  it('answers NTLM and Negotiate for no host (S18)', () => {
    expect(hardened().told.get('ntlm')).toEqual(['']);
  });

  it('cancels every request that leaves the machine (S6)', () => {
    const { told, reports } = hardened();
    const ask = told.get('request')?.[0] as (details: { url: string }, callback: Callback) => void;
    const cancelled = (url: string): unknown => {
      let answer: unknown;
      ask({ url }, (given) => {
        answer = given;
      });
      return answer;
    };
    expect(cancelled('app://desk/index.html')).toEqual({ cancel: false });
    for (const url of ['https://a.example/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'ftp://a.example/']) {
      expect([url, cancelled(url)]).toEqual([url, { cancel: true }]);
    }
    expect(reports).toEqual(Array(4).fill('network-refused'));
    expect(isLocalAddress('not an address')).toBe(false);
  });

  it('gives no device and lets no download begin (S9)', () => {
    const { told, listeners } = hardened();
    const [device] = told.get('device') ?? [];
    expect(device).toBeTypeOf('function');
    expect((device as () => boolean)()).toBe(false);
    for (const name of ['will-download', 'select-usb-device', 'select-hid-device', 'select-serial-port']) {
      let prevented = false;
      listeners.get(name)?.({
        preventDefault: () => {
          prevented = true;
        },
      });
      expect([name, prevented]).toEqual([name, true]);
    }
  });
});
