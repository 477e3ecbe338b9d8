// How fronts go wrong on order: before anything is done, or after it, in place of the answer. It changes no state.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultMode } from '../hub/faults';

export function misbehaveBefore(mode: FaultMode, request: IncomingMessage, response: ServerResponse): void {
  if (mode === 'close' || mode === 'drop-after-accept' || mode === 'half-answer') {
    request.socket.destroy();
    return;
  }
  request.resume();
  if (mode === 'hang') return;
  response.writeHead(mode === 'http-500' ? 500 : 200, { 'Content-Type': 'text/html' });
  response.end('<html><body>Hệ thống đang bảo trì</body></html>');
}

/** A response that does to its one answer what was ordered, once the work behind it is done. */
export function spoiled(mode: FaultMode, request: IncomingMessage, response: ServerResponse): ServerResponse {
  const end = (body: unknown): ServerResponse => {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(String(body ?? ''));
    if (mode === 'half-answer') {
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => request.socket.destroy());
    } else if (mode !== 'hang') {
      request.socket.destroy();
    }
    return response;
  };
  return new Proxy(response, {
    get: (target, name) => {
      if (name === 'end') return end;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
