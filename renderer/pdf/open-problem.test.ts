import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { sentences } from '../../preload/contract/codes';
import { vi } from '../i18n/vi';
import { BlobReadError, NoPassword, problemOf } from './open-problem';

/** A PDF that says it is encrypted so. */
function encrypted(how: string): Uint8Array {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
    how,
  ];
  let text = '%PDF-1.7\n';
  const starts = objects.map((object, index) => {
    const start = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(start).padStart(10, '0')} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 5\n0000000000 65535 f \n${starts.join('')}`;
  text += `trailer\n<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n${table}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}

/** As the viewer hears it from pdf.js. */
async function problemWith(how: string) {
  const task = getDocument({ data: encrypted(how), verbosity: 0 });
  try {
    await task.promise;
    return null;
  } catch (error) {
    return problemOf(error);
  } finally {
    await task.destroy();
  }
}

const zeros = (bytes: number): string => `<${'00'.repeat(bytes)}>`;

describe('why a file cannot be shown', () => {
  it('is a password only where one would open it', async () => {
    const standard = `<</Filter/Standard/V 2/R 3/Length 128/P -4/O ${zeros(32)}/U ${zeros(32)}>>`;
    expect(await problemWith(standard)).toBe('viewer.encrypted');
    expect(problemOf(new NoPassword())).toBe('viewer.encrypted');
  });

  it('is its encryption where no password opens it: for certificates, or of an unknown kind', async () => {
    const forCertificates =
      '<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 2/Length 128/Recipients[<00>]>>';
    expect(await problemWith(forCertificates)).toBe('viewer.encryption-unsupported');
    const unknown = `<</Filter/Standard/V 9/R 9/Length 128/P -4/O ${zeros(32)}/U ${zeros(32)}>>`;
    expect(await problemWith(unknown)).toBe('viewer.encryption-unsupported');
    expect(vi['viewer.encryption-unsupported']).toBe(sentences['pdf-encryption-unsupported'].vi);
  });

  it('is the file, or that main did not give its bytes', () => {
    expect(problemOf(new Error('Invalid PDF structure.'))).toBe('viewer.broken');
    expect(problemOf('words')).toBe('viewer.broken');
    expect(problemOf(new BlobReadError('range answered 500'))).toBe('viewer.unreadable');
    expect(problemOf(new TypeError('Failed to fetch'))).toBe('viewer.unreadable');
  });
});
