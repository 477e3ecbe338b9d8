// What can be shown of a file that is no PDF: the PDF made of it, its words, the list of what it holds, or why nothing. It draws
// nothing, and what was made is known for as long as the window is open. A file is its bytes and its name: whatever else its row says
// may change while it is shown.
//
//   (made before: pdf at once)
//   looking ─┬─ a picture, an office file ─► making ─┬─► pdf
//            │                                       └─ not made ─┐
//            └─ anything else ────────────────────────────────────┴─► reading ─┬─► words, list
//                                                                              └─► nothing, with why
import { useEffect, useRef, useState } from 'react';
import type { DeskApi } from '../../../preload/contract/desk-api';
import type { Sha256 } from '../../../preload/contract/ids';
import type { FilePreview } from '../../../preload/contract/preview';
import type { Attachment } from '../../../preload/contract/records';
import { answerOf, told } from '../../app/failures';
import { originalOf } from '../intake/bring-in';

export type Shown =
  | { readonly kind: 'looking' }
  /** A PDF is being made; it can take a while. */
  | { readonly kind: 'making' }
  | { readonly kind: 'pdf'; readonly file: Attachment }
  /** `code`: why it is not shown as pages, where that is to be known. */
  | { readonly kind: 'preview'; readonly preview: FilePreview; readonly code: string | null };

const mostMade = 20;
const made = new Map<Sha256, Attachment>();

function remember(of: Sha256, file: Attachment): void {
  made.set(of, file);
  const [oldest] = made.keys();
  if (made.size > mostMade && oldest !== undefined) made.delete(oldest);
}

async function look(
  api: DeskApi,
  file: Attachment,
  work: string,
  tell: (shown: Shown) => void,
): Promise<Shown> {
  const found = await answerOf(api.intake.look({ sha256: file.sha256, name: file.name }));
  let code: string | null = null;
  if (found.step === 'convert') {
    tell({ kind: 'making' });
    try {
      const { file: pdf } = await answerOf(api.intake.convert({ work, files: [originalOf(file)] }));
      remember(file.sha256, pdf);
      return { kind: 'pdf', file: pdf };
    } catch (error) {
      code = told(error).code;
    }
  } else if (found.step === 'refused' && found.code !== 'convert-unknown-kind') code = found.code;
  const preview = await answerOf(api.files.preview({ sha256: file.sha256 }));
  return { kind: 'preview', preview, code };
}

/** What is known of a file before it was looked at. */
function beginning(sha256: Sha256): Shown {
  const known = made.get(sha256);
  return known === undefined ? { kind: 'looking' } : { kind: 'pdf', file: known };
}

/** What was found, and of which file. */
interface Found {
  readonly sha256: Sha256;
  readonly name: string;
  readonly shown: Shown;
}

/**
 * Looks when the file is shown; making a PDF ends when it is no longer. A new object for the same bytes and name begins nothing
 * anew.
 */
export function useShown(api: DeskApi, file: Attachment): Shown {
  const { sha256, name } = file;
  const newest = useRef(file);
  newest.current = file;
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const known = made.get(sha256);
    if (known !== undefined) {
      // It may be forgotten while it is shown.
      setFound({ sha256, name, shown: { kind: 'pdf', file: known } });
      return;
    }
    let gone = false;
    const work = crypto.randomUUID();
    const show = (shown: Shown): void => {
      if (!gone) setFound({ sha256, name, shown });
    };
    look(api, newest.current, work, show).then(show, (error: unknown) =>
      show({ kind: 'preview', preview: { kind: 'none' }, code: told(error).code }),
    );
    return () => {
      gone = true;
      void api.intake.stop({ work });
    };
  }, [api, sha256, name]);
  return found?.sha256 === sha256 && found.name === name ? found.shown : beginning(sha256);
}
