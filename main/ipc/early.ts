// Takes the document page's questions while their answers are still being read from the disk: it waits, and knows none of them.
import { ipcMain } from 'electron';
import { callChannel, keyChannel } from '../../preload/channels';

type Answer = (event: Electron.IpcMainInvokeEvent, ...words: readonly unknown[]) => unknown;

/** Who answers calls and the preload's question for the record key; each judges the sender itself. */
export interface Answers {
  readonly call: Answer;
  readonly key: Answer;
}

/** Listens from now on; what is asked before the answers are there waits for them. Called once. */
export function listenEarly(): (answers: Answers) => void {
  let give: (answers: Answers) => void = () => undefined;
  const given = new Promise<Answers>((resolve) => {
    give = resolve;
  });
  ipcMain.handle(callChannel, async (event, ...words: unknown[]) => (await given).call(event, ...words));
  ipcMain.handle(keyChannel, async (event) => (await given).key(event));
  return give;
}
