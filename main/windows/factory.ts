// The one place where windows are made: sandboxed, isolated, on their own page, locked. It knows no feature.
import { BrowserWindow, type BrowserWindowConstructorOptions, type Session } from 'electron';
import { lockNavigation } from '../security/navigation';
import { type PageHost, pageAddress } from '../security/origin';

export interface WindowRequest {
  readonly host: PageHost;
  readonly session: Session;
  readonly preload: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly parent?: BrowserWindow;
  /** The PIN window never appears in a screen capture (S26). */
  readonly hiddenFromCapture?: boolean;
  readonly report: (what: string, detail: string) => void;
}

/** The web preferences of every window (S2). Not a parameter: no window gets others. */
export const webPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  enableWebSQL: false,
  // The queue goes on being sent while the window is hidden.
  backgroundThrottling: false,
} as const;

/** Makes a hidden window and locks it; the caller loads and shows it. */
export function createWindow(request: WindowRequest): BrowserWindow {
  const options: BrowserWindowConstructorOptions = {
    width: request.width,
    height: request.height,
    minWidth: Math.min(request.width, 900),
    minHeight: Math.min(request.height, 300),
    title: request.title,
    show: false,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: { ...webPreferences, session: request.session, preload: request.preload },
    ...(request.parent === undefined ? {} : { parent: request.parent, modal: false }),
  };
  const window = new BrowserWindow(options);
  window.setMenu(null);
  if (request.hiddenFromCapture === true) window.setContentProtection(true);
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  lockNavigation(window.webContents, request.host, request.report);
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** Loads the window's own page. */
export async function loadPage(window: BrowserWindow, host: PageHost): Promise<void> {
  await window.loadURL(pageAddress(host));
}
