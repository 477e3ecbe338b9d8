// Content ids as writers spell them: what of it is the id, and when two are one. It looks for no attachment.
import { trimmed } from './element';

function withoutScheme(text: string): string {
  return text.replace(/^(?:\s*cid:)+/i, '');
}

/**
 * A content id without the `cid:` that writers put before it, sometimes twice, and without the angle brackets of a MIME
 * header (RFC 2392 §2). Letters stay as they came; empty when there is no id.
 */
export function bareContentId(text: string): string {
  return withoutScheme(withoutScheme(trimmed(text)).replace(/^\s*<(.*)>$/s, '$1'));
}

/**
 * The form in which a bare id is held against others: in small letters, and decoded, since in a `cid:` reference it is
 * percent-encoded (RFC 2392 §2).
 */
export function foldedContentId(bare: string): string {
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    // A percent sign that encodes nothing: the id as it stands.
    return bare.toLowerCase();
  }
}
