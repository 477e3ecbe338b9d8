// Lets a component move the clerk elsewhere. The view itself is app/view.
import { createContext, useContext } from 'react';
import type { DeskId } from '../../preload/contract/ids';
import type { ListFolder, ViewAct } from './view';

export interface Navigation {
  readonly go: (act: ViewAct) => void;
  /** Shows a document in its folder's list. */
  readonly open: (folder: ListFolder, document: DeskId) => void;
}

export const NavigationContext = createContext<Navigation>({ go: () => undefined, open: () => undefined });

/** The way to other views. */
export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}
