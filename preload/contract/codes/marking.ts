// The codes of the room 'marking', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const markingCodes = {
  'marking-after-signature': {
    vi: 'Dự thảo này đã có người ký nên không ghi thêm ghi chú vào nữa: ghi chú chỉ được ghi trước chữ ký số đầu tiên. Dự thảo vẫn nguyên; hãy dùng “Lưu thêm bản có ghi chú”.',
    en: 'Somebody has signed this draft, so no more notes are written into it: notes come before the first signature. The draft was left as it is; save a copy with notes instead.',
  },
  'marking-nothing': {
    vi: 'Không có ghi chú nào để ghi vào bản này. Tệp gốc vẫn nguyên; hãy chọn lại lớp ghi chú.',
    en: 'There is no note to write into this copy. The original is untouched; choose other layers.',
  },
  'marking-not-read-back': {
    vi: 'Bản có ghi chú vừa ghi không đọc lại được như đã ghi nên đã bỏ đi. Tệp gốc vẫn nguyên; hãy thử lại hoặc lưu theo cách khác.',
    en: 'The copy with notes could not be read back as it was written, so it was destroyed. The original is untouched; try again or save it the other way.',
  },
  'marking-sheet-font': {
    vi: 'Có chữ mà phông kèm ứng dụng không in được. Phiếu chưa được lập; hãy sửa lại chữ đó rồi làm lại.',
    en: 'There is a letter that the font of this application cannot print. No sheet was made; change it and try again.',
  },
} as const satisfies Record<string, Sentence>;
