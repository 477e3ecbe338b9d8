// The picture of a document's first page in a line of the list: drawn when the line comes into sight, forgotten by itself.
import { useEffect, useRef, useState } from 'react';
import type { SignableRow } from '../../ledger';
import { firstPage } from '../../pdf/first-page';
import { Icon } from '../../ui/icon';
import { usePasswordOf } from '../intake/use-password-of';

/** Width of a picture in CSS pixels. */
const width = 60;
/** A line that is only passed by while scrolling draws nothing. */
const stay = 120;

export interface FirstPictureProps {
  readonly file: SignableRow['file'];
  readonly label: string;
}

/** A place of fixed size; the file's sign stands there until there is a picture, and where there can be none. */
export function FirstPicture({ file, label }: FirstPictureProps) {
  const holder = useRef<HTMLSpanElement>(null);
  const [drawn, setDrawn] = useState(false);
  const passwordOf = usePasswordOf();
  const sha256 = file?.sha256;
  const size = file?.size ?? 0;
  useEffect(() => {
    const place = holder.current;
    setDrawn(false);
    if (sha256 === undefined || place === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      firstPage(sha256, size, width, stop.signal, passwordOf).then(
        (picture) => {
          if (stop.signal.aborted) return;
          const copy = document.createElement('canvas');
          copy.width = picture.width;
          copy.height = picture.height;
          copy.getContext('2d')?.drawImage(picture, 0, 0);
          place.replaceChildren(copy);
          setDrawn(true);
        },
        // No picture: the sign of a file stays, and the viewer says why when the document is opened.
        () => undefined,
      );
    }, stay);
    return () => {
      clearTimeout(timer);
      stop.abort();
      place.replaceChildren();
    };
  }, [sha256, size, passwordOf]);
  return (
    <span className="batch-picture" role="img" aria-label={label} data-drawn={drawn}>
      <span ref={holder} className="batch-canvas" />
      {drawn ? null : <Icon name="file" size={24} />}
    </span>
  );
}
