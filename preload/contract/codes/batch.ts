// The codes of signing many documents in one run, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const batchCodes = {
  'batch-pause-over': {
    vi: 'Đã tạm dừng quá lâu nên thiết bị ký số được khóa lại. Văn bản đã ký vẫn giữ nguyên; hãy ký tiếp phần còn lại bằng một lần nhập mã PIN mới.',
    en: 'The pause was too long, so the device was locked again. What was signed stays; sign the rest with a new PIN.',
  },
  'batch-running': {
    vi: 'Một lượt ký nhiều văn bản khác đang chạy. Chưa có gì được ký thêm; hãy chờ lượt đó xong.',
    en: 'Another run of many documents is under way. Nothing more was signed; wait until it is over.',
  },
  'batch-over': {
    vi: 'Lượt ký này đã kết thúc. Văn bản đã ký vẫn giữ nguyên; hãy xem danh sách kết quả.',
    en: 'This run is over. What was signed stays; see the list of results.',
  },
} as const satisfies Record<string, Sentence>;
