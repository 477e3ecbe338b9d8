// The codes of files that come in from the clerk's machine, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const intakeCodes = {
  'file-empty': {
    vi: 'Tệp rỗng, không có nội dung nào (0 byte). Không có gì được đưa vào; hãy lấy lại tệp từ nơi đã tạo hoặc gửi tệp.',
    en: 'The file is empty (0 bytes). Nothing was brought in; get it again from where it was made or sent.',
  },
  'file-too-large': {
    vi: 'Tệp lớn hơn 1 GB nên không đưa vào được. Tệp vẫn nguyên; hãy chia nhỏ tệp, hoặc quét lại ở 200 đến 300 dpi.',
    en: 'The file is larger than 1 GB and cannot be brought in. It was left as it is; split it, or scan again at 200 to 300 dpi.',
  },
  'file-name-misleads': {
    vi: 'Đuôi tên tệp không đúng với nội dung bên trong. Tệp vẫn nguyên; ứng dụng xử lý theo nội dung, không theo tên.',
    en: 'The ending of the file name does not fit its content. The file was left as it is and is treated by its content, not its name.',
  },
} as const satisfies Record<string, Sentence>;
