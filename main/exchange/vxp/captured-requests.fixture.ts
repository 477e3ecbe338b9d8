// Reads the captured requests of the reference SDK for the tests. It belongs to tests alone.
import { readFileSync } from 'node:fs';

export interface CapturedRequest {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly bodyBytes: number;
}

/** The requests of tests/fixtures/vxp, in file order. */
export function capturedRequests(): CapturedRequest[] {
  const text = readFileSync(
    new URL('../../../tests/fixtures/vxp/sdkvxp-2.0.0-requests.txt', import.meta.url),
    'utf8',
  );
  return text
    .split(/^### /m)
    .slice(1)
    .map((block) => {
      const [first = '', ...lines] = block.split('\n');
      const [method = '', path = ''] = first.split(' ');
      const headers: [string, string][] = [];
      for (const line of lines) {
        if (line === '') break;
        const colon = line.indexOf(': ');
        headers.push([line.slice(0, colon), line.slice(colon + 2)]);
      }
      const body = /^--body (\d+) bytes--$/m.exec(block)?.[1] ?? '0';
      return { method, path, operation: path.split('/').at(-1) ?? '', headers, bodyBytes: Number(body) };
    });
}

export function headerOf(request: CapturedRequest, name: string): string {
  return request.headers.find(([one]) => one.toLowerCase() === name.toLowerCase())?.[1] ?? '';
}

/** The moment that a captured timestamp names, read in UTC+7. */
export function momentOf(timestamp: string): Date {
  const parts = /^(\d\d)(\d\d)(\d{4})T(\d\d)(\d\d)(\d\d)\+(\d{4})$/.exec(timestamp);
  if (parts === null) throw new Error(`not a timestamp: ${timestamp}`);
  const [day, month, year, hour, minute, second, milliseconds] = parts.slice(1).map(Number);
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, (hour ?? 0) - 7, minute, second, milliseconds));
}
