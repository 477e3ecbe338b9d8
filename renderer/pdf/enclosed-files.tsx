// The files that lie inside a PDF: named, sized and saved to the machine, never opened here.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useState } from 'react';
import { testIds } from '../app/test-ids';
import { sizeText } from '../i18n/formats';
import { useWords } from '../i18n/text';
import { Button } from '../ui/button';

export interface EnclosedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface EnclosedFilesProps {
  readonly pdf: PDFDocumentProxy;
  readonly onSave: (file: EnclosedFile) => void;
  readonly onProblem: (error: unknown) => void;
}

interface RawEnclosed {
  readonly filename?: unknown;
  readonly content?: unknown;
}

/** The last part of a name that may be a whole foreign path, without what no file system takes. */
export function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '').trim();
  return plain === '' || /^\.+$/.test(plain) ? 'tep-kem' : plain.slice(0, 200);
}

async function enclosedOf(pdf: PDFDocumentProxy): Promise<readonly EnclosedFile[]> {
  const raw = (await pdf.getAttachments()) as Readonly<Record<string, RawEnclosed>> | null;
  return Object.entries(raw ?? {}).flatMap(([key, one]) =>
    one.content instanceof Uint8Array
      ? [{ name: plainName(String(one.filename ?? key)), bytes: new Uint8Array(one.content) }]
      : [],
  );
}

export function EnclosedFiles({ pdf, onSave, onProblem }: EnclosedFilesProps) {
  const { t } = useWords();
  const [files, setFiles] = useState<readonly EnclosedFile[] | null>(null);
  useEffect(() => {
    let gone = false;
    enclosedOf(pdf).then(
      (found) => {
        if (!gone) setFiles(found);
      },
      (error: unknown) => {
        if (gone) return;
        setFiles([]);
        onProblem(error);
      },
    );
    return () => {
      gone = true;
    };
  }, [pdf, onProblem]);
  if (files === null) return null;
  if (files.length === 0) return <p className="side-none">{t('viewer.no-enclosed')}</p>;
  return (
    <>
      <p className="side-none">{t('viewer.enclosed-about')}</p>
      <ul className="enclosed">
        {files.map((file, index) => (
          // Two enclosed files may have one name, and the list never changes while it is shown.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index} data-testid={testIds.viewer.enclosed}>
            <span className="enclosed-name">{file.name}</span>
            <span className="quiet">{sizeText(file.bytes.length)}</span>
            <Button onClick={() => onSave(file)}>{t('reader.save')}</Button>
          </li>
        ))}
      </ul>
    </>
  );
}
