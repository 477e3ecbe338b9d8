// Vectors of the axis' signature, hash quirk and clock.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashFile, hashHeader, requireAscii, vxpTimestamp } from './sign';

test('the hash of a file loses the leading zero of each byte', () => {
  expect(hashFile('535858af80838a42e261100ab99337501e2fb815416a3baf1841686d033a50cb')).toBe(
    '535858af80838a42e26110ab99337501e2fb815416a3baf1841686d33a50cb',
  );
  expect(hashFile('00'.repeat(32))).toBe('0'.repeat(32));
});

test('the hash of any file equals the bytes in hex without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const expected = Array.from(bytes, (byte) => byte.toString(16)).join('');
      expect(hashFile(Buffer.from(bytes).toString('hex'))).toBe(expected);
    }),
  );
});

test('the signature is the HMAC-SHA256 of the sign-header text', () => {
  const text =
    '{"XroadVnpt-systemid":"000.00.00.G12","XroadVnpt-servicetype":"eDoc","XroadVnpt-messagetype":"edoc",' +
    '"XroadVnpt-timestamp":"22112026T124022+0076","XroadVnpt-Content-Type":"application/json"}';
  expect(hashHeader('s3cr3t', text)).toBe('8d5b9abc6944d8bb6889a22e518de2f0be5e8cc15cc2723bfeceaf1e0e992174');
});

test('the clock on the wire is UTC+7 with four digits of milliseconds', () => {
  expect(vxpTimestamp(new Date(Date.UTC(2026, 10, 22, 5, 40, 22, 76)))).toBe('22112026T124022+0076');
  expect(vxpTimestamp(new Date(Date.UTC(2025, 11, 31, 17, 0, 0, 7)))).toBe('01012026T000000+0007');
});

test('a header value that is not printable ASCII is refused before anything is sent', () => {
  expect(() => requireAscii('from', 'Sở')).toThrow(/header-not-ascii/);
  expect(() => requireAscii('from', 'H37\r\nX: y')).toThrow(/header-not-ascii/);
  expect(requireAscii('to', '["H37"]')).toBe('["H37"]');
});
