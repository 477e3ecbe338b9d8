// English words of number and date on the page: which way they are written, and the copy that is made ready for signing.
import type { viForms } from './vi.forms';

export const enForms: Record<keyof typeof viForms, string> = {
  'step.number-on-page-blanks':
    'Number and date are written in the fields made ready before the competent person signed, as the dashed boxes show: that signature still holds.',
  'step.number-on-page-fields':
    'The document was prepared elsewhere and has no such fields: number and date are written in the blanks of page 1, as the dashed boxes show, in signature fields of the agency; the competent person’s signature still holds.',
  'act.save-for-signing': 'Save a copy for signing…',
  'done.saved-for-signing':
    'Saved a copy for signing, with {count} fields for number and date after the competent person has signed.',
  'done.saved-for-signing-plain':
    'Saved a copy for signing. Page 1 has no blank after “Số:”, “ngày” or “tháng”, so the copy is the draft as it was.',
};
