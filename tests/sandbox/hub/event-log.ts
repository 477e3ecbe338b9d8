// The hub's memory on disk: one JSON line an event, fsynced before anyone is told; a torn last line is cut off at start.
// It gives no event a meaning.
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export class EventLog<Event> {
  private readonly descriptor: number;
  private position: number;

  private constructor(
    path: string,
    readonly events: readonly Event[],
    end: number,
  ) {
    this.descriptor = openSync(path, 'r+');
    ftruncateSync(this.descriptor, end);
    fsyncSync(this.descriptor);
    this.position = end;
  }

  /** Opens or creates the log and reads what it holds. */
  static open<Event>(path: string): EventLog<Event> {
    closeSync(openSync(path, 'a', 0o600));
    syncFolder(dirname(path));
    const bytes = readFileSync(path);
    const events: Event[] = [];
    let end = 0;
    for (let stop = bytes.indexOf(10); stop >= 0; stop = bytes.indexOf(10, end)) {
      events.push(JSON.parse(bytes.toString('utf8', end, stop)) as Event);
      end = stop + 1;
    }
    return new EventLog<Event>(path, events, end);
  }

  /** Durable when it returns. */
  append(event: Event): void {
    const line = Buffer.from(`${JSON.stringify(event)}\n`, 'utf8');
    let written = 0;
    while (written < line.length) {
      written += writeSync(this.descriptor, line, written, line.length - written, this.position + written);
    }
    fsyncSync(this.descriptor);
    this.position += line.length;
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
