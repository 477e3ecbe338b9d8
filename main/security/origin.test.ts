import { describe, expect, it } from 'vitest';
import { askedAddress, mayOpenOutside } from './external-links';
import { mayNavigate } from './navigation';
import { pageAddress, pageHostOf } from './origin';
import { permissionAllowed, permissionRules } from './permissions';
import { isLocalAddress } from './session';

describe('an address of ours', () => {
  it('is one of the known pages and nothing that only looks like it', () => {
    expect(pageHostOf('app://desk/index.html')).toBe('desk');
    expect(pageHostOf(pageAddress('pin'))).toBe('pin');
    for (const address of [
      'https://desk/index.html',
      'app://desk.evil/index.html',
      'app://evil/app://desk/',
      'app://blob/00',
      'app://user@desk/index.html',
      'app://desk:1/index.html',
      'http://x/?next=app://desk',
      'file:///etc/passwd',
      'about:blank',
      '',
    ]) {
      expect(pageHostOf(address), address).toBeNull();
    }
  });

  it('may be navigated to only as a reload of the same page', () => {
    const desk = pageAddress('desk');
    expect(mayNavigate(desk, desk)).toBe(true);
    expect(mayNavigate(desk, `${desk}#a`)).toBe(true);
    for (const to of [
      'http://x/?next=app://desk',
      'app://pin/pin.html',
      'app://desk/other.html',
      'javascript:1',
    ]) {
      expect(mayNavigate(desk, to), to).toBe(false);
    }
    expect(mayNavigate('about:blank', desk)).toBe(false);
  });
});

describe('what a page may ask for', () => {
  it('is only what needs no network', () => {
    expect(isLocalAddress('app://desk/a.js')).toBe(true);
    for (const address of [
      'http://a/',
      'https://a/',
      'ws://a/',
      'wss://a/',
      'ftp://a/',
      'file:///a',
      'nonsense',
    ]) {
      expect(isLocalAddress(address), address).toBe(false);
    }
  });

  it('is denied unless the table allows it with a reason', () => {
    expect(permissionAllowed('clipboard-sanitized-write', true)).toBe(true);
    expect(permissionAllowed('clipboard-sanitized-write', false)).toBe(false);
    for (const name of ['media', 'geolocation', 'usb', 'something-new', 'toString', '__proto__']) {
      expect(permissionAllowed(name, true), name).toBe(false);
    }
    for (const rule of Object.values(permissionRules)) expect(rule.reason.length).toBeGreaterThan(5);
  });
});

describe('a link to the outside', () => {
  it.each([
    ['https://ca.gov.vn/x', true],
    ['https://www.ca.gov.vn/', true],
    ['http://ca.gov.vn/', false],
    ['https://ca.gov.vn.evil.example/', false],
    ['https://evil.example/?ca.gov.vn', false],
    ['https://u:p@ca.gov.vn/', false],
    ['https://ca.gov.vn:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['mailto:a@example.invalid', false],
    ['ms-msdt:/id', false],
  ])('%s -> %s', (address, expected) => {
    expect(mayOpenOutside(address, { mailto: false })).toBe(expected);
  });

  it('opens mail only by policy', () => {
    expect(mayOpenOutside('mailto:a@example.invalid', { mailto: true })).toBe(true);
  });
});

describe('a link of a foreign file', () => {
  it.each([
    ['https://Evil.Example:8443/a?b#c', 'evil.example:8443'],
    ['http://10.0.0.5/x', '10.0.0.5'],
    ['mailto:a@example.invalid', 'a@example.invalid'],
    // Letters that look like others are named as the network knows them.
    ['https://ca.gоv.vn/', 'ca.xn--gv-fmc.vn'],
  ])('%s is asked about as %s', (address, where) => {
    expect(askedAddress(address)?.where).toBe(where);
  });

  it.each([
    'javascript:alert(1)',
    'file://server/share',
    'ftp://a.example/x',
    'search-ms://x/query',
    'file:///etc/passwd',
    'https://ca.gov.vn@evil.example/',
    'ms-msdt:/id',
    'x',
    '',
  ])('%s is never even asked about', (address) => {
    expect(askedAddress(address)).toBeNull();
  });
});
