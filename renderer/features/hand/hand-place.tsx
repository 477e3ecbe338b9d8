// The desk as a place where .edxml files may be dropped, and the dialog that reads them. It reads no file itself.
import { useCallback, useEffect, useState } from 'react';
import { useDesk } from '../../app/desk';
import { HandDialog } from './hand-dialog';
import { packagesAmong } from './packages-among';

const noFiles: readonly File[] = [];

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}

export interface HandPlaceProps {
  readonly shown: boolean;
  readonly onShow: (shown: boolean) => void;
  /** False while a screen fills the window: it has places of its own. */
  readonly open: boolean;
}

/** Listens over the whole desk; a place of its own (a draft's, the check's) takes its drop first. */
export function HandPlace({ shown, onShow, open }: HandPlaceProps) {
  const { info } = useDesk();
  const [dropped, setDropped] = useState(noFiles);
  const ready = open && info.profile === 'clerk';
  useEffect(() => {
    if (!ready) return;
    const over = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      const packages = packagesAmong([...(event.dataTransfer?.files ?? [])]);
      if (packages.length === 0) return;
      setDropped(packages);
      onShow(true);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, [ready, onShow]);
  const close = useCallback(() => {
    setDropped(noFiles);
    onShow(false);
  }, [onShow]);
  return shown ? <HandDialog dropped={dropped} onClose={close} /> : null;
}
