// What a driver shows to whoever looks for a fault: its own version, every slot whether filled or not, and what `inspect`
// reads. It never logs in, and one question that fails costs its own answer alone.
import { isFailure } from '../../preload/contract/failure';
import type { Cryptoki, Handle } from './cryptoki';
import { inspect, type Look } from './inspect';
import type { Diagnosis, SlotLine } from './protocol';

function slotLine(module: Cryptoki, slot: Handle): SlotLine {
  try {
    return { ...module.slotInfo(slot), problem: '' };
  } catch (error) {
    if (!isFailure(error)) throw error;
    return { description: '', manufacturer: '', present: false, problem: error.detail };
  }
}

/** Reads the module's own words, its slots and its tokens. Throws where not even C_GetInfo or C_GetSlotList answer. */
export async function diagnose(module: Cryptoki, look: Look): Promise<Diagnosis> {
  const { cryptokiVersion } = module.info();
  const slots = module.allSlots().map((slot) => slotLine(module, slot));
  return { cryptokiVersion, slots, module: await inspect(module, look) };
}
