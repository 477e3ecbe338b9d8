// The codes of packages that come and go by hand, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const handCodes = {
  'hand-unreadable': {
    vi: 'Chưa nhập được tệp này vì không đọc được gói tin. Tệp gốc vẫn nguyên và chưa có gì được ghi vào sổ. Hãy xin nơi gửi tệp khác.',
    en: 'This file was not taken in: the package cannot be read. The original file is untouched and nothing was registered. Ask the sender for another one.',
  },
  'document-has-no-package': {
    vi: 'Văn bản này chưa có gói tin để lưu ra tệp: phải có chữ ký số của cơ quan trước, hoặc văn bản đã được để riêng. Không có gì bị thay đổi.',
    en: 'This document has no package to save: the agency signs it first, or it was set aside. Nothing was changed.',
  },
} as const satisfies Record<string, Sentence>;
