// The entry of the reading host: a utility process of Electron, or a forked child on plain Node. It only wires the transport.
import { letHeapGrow } from '../runtime/heap-growth';
import { type HostTransport, serveReading } from './host-core';

/** Electron's ParentPort as far as it is used: no import, the host also runs without Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function transport(): HostTransport | null {
  const parent = 'parentPort' in process ? (process.parentPort as ParentPort | null | undefined) : undefined;
  if (parent !== undefined && parent !== null) {
    return {
      post: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', (event) => listener(event.data)),
    };
  }
  if (process.send === undefined) return null;
  // Without a parent nobody could ever end this process.
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => {
      process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
  };
}

letHeapGrow();
const found = transport();
if (found === null) {
  process.stderr.write('The reading host is started by the application, not by hand.\n');
  process.exitCode = 2;
} else serveReading(found);
