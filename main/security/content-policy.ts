// The Content-Security-Policy of each page. Pure: it takes a nonce and gives a header.
import { randomBytes } from 'node:crypto';
import type { PageHost } from './origin';

/** A fresh nonce for one load. */
export function freshNonce(): string {
  return randomBytes(18).toString('base64');
}

/** The policy of a page. `wasm-unsafe-eval` is there only because pdf.js decodes images in wasm. */
export function contentPolicy(host: PageHost, nonce: string): string {
  const desk = host === 'desk';
  return [
    "default-src 'none'",
    desk ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'",
    desk ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'",
    desk ? "img-src 'self' blob: data: app://blob" : "img-src 'self'",
    desk ? "font-src 'self' data:" : "font-src 'self'",
    desk ? "connect-src 'self' app://blob" : "connect-src 'none'",
    desk ? "worker-src 'self'" : "worker-src 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of every own page and asset. */
export function pageHeaders(host: PageHost, type: string, nonce: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentPolicy(host, nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), usb=(), hid=(), serial=(), bluetooth=(), payment=(), display-capture=()',
    'cache-control': 'no-store',
  };
}
