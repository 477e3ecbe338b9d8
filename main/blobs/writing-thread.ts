// The entry of a writing thread: it only wires the transport.
import { parentPort } from 'node:worker_threads';
import { codeOf, isFailure } from '../../preload/contract/failure';
import { writeWhole } from './writing-job';
import { type ThreadAnswer, type ThreadOrder, threadIsThere, transferable } from './writing-threads';

async function answered({ id, order }: ThreadOrder): Promise<ThreadAnswer> {
  try {
    await writeWhole(order);
    return { id, bytes: order.bytes, failed: null };
  } catch (error) {
    const { bytes } = order;
    return {
      id,
      bytes,
      failed: { code: codeOf(error), detail: isFailure(error) ? error.detail : String(error) },
    };
  }
}

parentPort?.on('message', (order: ThreadOrder) => {
  // Its outcome is a message; it never rejects.
  void answered(order).then((answer) => parentPort?.postMessage(answer, transferable(answer.bytes)));
});
// An order that cannot be read has no name to answer by: the thread is lost, and with it whoever waits.
parentPort?.on('messageerror', (error) => {
  throw error;
});
parentPort?.postMessage(threadIsThere);
