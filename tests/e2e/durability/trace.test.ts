// The reader of traces must find an order that is wrong.
import { describe, expect, it } from 'vitest';
import { inOrder, parseTrace, requestOf, syncOf, unsyncedNames } from './trace';

const trace = `100 1.1 fsync(20</p/blobs/in/a.part>) = 0
100 1.2 rename("/p/blobs/in/a.part", "/p/blobs/aa/aa1") = 0
101 1.3 fsync(21</p/blobs/aa> <unfinished ...>
100 1.4 write(9<socket:[1]>, "x", 1) = 1
101 1.5 <... fsync resumed>) = 0
102 1.6 fdatasync(30</p/IndexedDB/app.leveldb/000003.log>) = 0
100 1.7 sendto(40<TCP:[127.0.0.1:5->127.0.0.1:6]>, "POST /x/updateStatus HTTP/1.1\\r\\n", 30, 0, NULL, 0 <unfinished ...>
100 1.8 <... sendto resumed>) = 30
103 1.9 fsync(50</p/blobs/in/b.part>) = -1 EIO (Input/output error)
+++ exited with 0 +++
`;
const blob = { name: 'blob', fits: syncOf(/\/blobs\/in\//) };
const folder = { name: 'folder', fits: syncOf(/\/blobs\/aa$/) };
const ledger = { name: 'ledger', fits: syncOf(/IndexedDB/) };
const done = { name: 'done', fits: requestOf(/updateStatus/) };

describe('a trace', () => {
  it('is read with the two halves of a call put together', () => {
    const calls = parseTrace(trace);
    expect(calls.map((call) => [call.name, call.target, call.begun, call.ended, call.result])).toEqual([
      ['fsync', '/p/blobs/in/a.part', 0, 0, 0],
      ['rename', '', 1, 1, 0],
      ['fsync', '/p/blobs/aa', 2, 4, 0],
      ['write', 'socket:[1]', 3, 3, 1],
      ['fdatasync', '/p/IndexedDB/app.leveldb/000003.log', 5, 5, 0],
      ['sendto', 'TCP:[127.0.0.1:5->127.0.0.1:6]', 6, 7, 30],
      ['fsync', '/p/blobs/in/b.part', 8, 8, -1],
    ]);
  });

  it('shows an order that holds and names the step that is missing from one that does not', () => {
    const calls = parseTrace(trace);
    expect(inOrder(calls, [blob, folder, ledger, done])).toHaveLength(4);
    expect(inOrder(calls, [ledger, blob, done])).toBe('blob');
    expect(inOrder(calls, [blob, folder, ledger, ledger, done])).toBe('ledger');
  });

  it('counts a sync from when it came back, not from when it began, and a failed one not at all', () => {
    const late = trace
      .replace('101 1.5 <... fsync resumed>) = 0\n', '')
      .concat('101 2.0 <... fsync resumed>) = 0\n');
    expect(inOrder(parseTrace(late), [blob, folder, done])).toBe('done');
    expect(parseTrace(trace).filter(blob.fits)).toHaveLength(1);
  });

  it('finds a file that got its name unsynced, and a folder that was not synced after', () => {
    const to = 1000;
    expect(unsyncedNames(parseTrace(trace), '/p/blobs', -1, to)).toEqual({ named: 1, faults: [] });
    const bare = trace.replace('100 1.1 fsync(20</p/blobs/in/a.part>) = 0\n', '');
    expect(unsyncedNames(parseTrace(bare), '/p/blobs', -1, to).faults[0]).toMatch(/bytes/);
    const loose = trace.replace('= 0\n102', '= -1 EIO\n102');
    expect(unsyncedNames(parseTrace(loose), '/p/blobs', -1, to).faults[0]).toMatch(/folder/);
  });
});
