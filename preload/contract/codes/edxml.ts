// The codes of the room 'edxml', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

const untouched = 'Tệp gốc vẫn nguyên.';
const untouchedEn = 'The original file is untouched.';

export const edxmlCodes = {
  'edxml-not-xml': {
    vi: `Tệp không phải là gói tin edXML (không đúng cú pháp XML). ${untouched} Hãy yêu cầu nơi gửi gửi lại.`,
    en: `The file is not an edXML package (not well-formed XML). ${untouchedEn} Ask the sender to send it again.`,
  },
  'edxml-truncated': {
    vi: `Gói tin bị cắt ngang, thiếu phần cuối. ${untouched} Hãy tải lại gói tin.`,
    en: `The package breaks off before its end. ${untouchedEn} Fetch it again.`,
  },
  'edxml-encoding': {
    vi: `Gói tin không dùng bảng mã UTF-8 (hoặc UTF-16). ${untouched} Hãy yêu cầu nơi gửi tạo lại theo QCVN 102.`,
    en: `The package is not encoded in UTF-8 or UTF-16. ${untouchedEn} Ask the sender to make it again.`,
  },
  'edxml-doctype': {
    vi: `Gói tin chứa khai báo DTD hoặc thực thể ngoài nên bị từ chối để bảo đảm an toàn. ${untouched} Hãy báo cho nơi gửi.`,
    en: `The package declares a DTD or uses an entity and was refused for safety. ${untouchedEn} Tell the sender.`,
  },
  'edxml-namespace': {
    vi: `Gói tin không thuộc không gian tên của QCVN 102:2016. ${untouched} Hãy yêu cầu nơi gửi tạo lại đúng quy chuẩn.`,
    en: `The package is not in the namespace of QCVN 102:2016. ${untouchedEn} Ask the sender to follow the standard.`,
  },
  'edxml-root': {
    vi: `Tệp XML này không phải là gói tin văn bản điện tử edXML. ${untouched} Hãy kiểm tra lại tệp.`,
    en: `This XML file is not an edXML package. ${untouchedEn} Check the file.`,
  },
  'edxml-legacy-soap': {
    vi: `Gói tin theo định dạng cũ (SOAP, công văn 2803/BTTTT-THH), không còn được trao đổi. ${untouched} Hãy yêu cầu nơi gửi gửi theo QCVN 102.`,
    en: `The package is in the old SOAP format, no longer exchanged. ${untouchedEn} Ask the sender to follow QCVN 102.`,
  },
  'edxml-legacy-flat': {
    vi: `Gói tin theo định dạng thử nghiệm cũ (www.go.vn/eDoc), không đúng QCVN 102. ${untouched} Hãy yêu cầu nơi gửi gửi lại đúng quy chuẩn.`,
    en: `The package is in an early trial format (www.go.vn/eDoc). ${untouchedEn} Ask the sender to follow QCVN 102.`,
  },
  'edxml-not-document': {
    vi: `Gói tin là báo cáo mã độc (A05), không phải văn bản. ${untouched} Hãy chuyển cho bộ phận an toàn thông tin.`,
    en: `The package is a malware report (A05), not a document. ${untouchedEn} Pass it to information security.`,
  },
  'edxml-structure': {
    vi: `Gói tin thiếu phần bắt buộc hoặc sắp xếp sai cấu trúc QCVN 102. ${untouched} Hãy yêu cầu nơi gửi tạo lại.`,
    en: `A mandatory part of the package is missing or misplaced. ${untouchedEn} Ask the sender to make it again.`,
  },
  'edxml-depth': {
    vi: `Gói tin lồng quá nhiều cấp nên bị từ chối để bảo đảm an toàn. ${untouched} Hãy báo cho nơi gửi.`,
    en: `The package is nested too deeply and was refused for safety. ${untouchedEn} Tell the sender.`,
  },
  'edxml-elements': {
    vi: `Gói tin có quá nhiều phần tử hoặc tệp đính kèm nên bị từ chối. ${untouched} Hãy báo cho nơi gửi.`,
    en: `The package has too many elements or attachments and was refused. ${untouchedEn} Tell the sender.`,
  },
  'edxml-text': {
    vi: `Một trường của gói tin dài quá mức cho phép nên gói tin bị từ chối. ${untouched} Hãy báo cho nơi gửi.`,
    en: `A field of the package is longer than allowed. ${untouchedEn} Tell the sender.`,
  },
  'edxml-size': {
    vi: `Gói tin lớn quá mức cho phép. ${untouched} Hãy đề nghị nơi gửi chia nhỏ hoặc gửi bằng cách khác.`,
    en: `The package is larger than allowed. ${untouchedEn} Ask the sender to split it.`,
  },
  'edxml-inflation': {
    vi: `Tệp nén trong gói tin bung ra quá lớn nên gói tin bị từ chối để bảo đảm an toàn. ${untouched} Hãy báo cho nơi gửi.`,
    en: `A compressed attachment inflates beyond the limit and the package was refused. ${untouchedEn} Tell the sender.`,
  },
  'edxml-base64': {
    vi: `Nội dung tệp đính kèm bị hỏng (mã Base64 sai). ${untouched} Hãy từ chối và yêu cầu nơi gửi gửi lại.`,
    en: `An attachment is damaged (bad Base64). ${untouchedEn} Refuse it and ask the sender to send it again.`,
  },
  'edxml-zip-broken': {
    vi: 'Tệp đính kèm được khai là tệp nén nhưng không giải nén được; nội dung thô được giữ nguyên. Phần còn lại của văn bản không bị ảnh hưởng.',
    en: 'An attachment claims to be a zip but cannot be unpacked; its raw bytes are kept. The rest of the document is fine.',
  },
  'edxml-zip-entries': {
    vi: 'Tệp nén chứa nhiều tệp nhưng quy chuẩn chỉ dùng tệp đầu tiên; các tệp khác vẫn còn trong gói tin gốc. Hãy hỏi lại nơi gửi nếu thiếu.',
    en: 'The zip holds several files and the standard uses the first; the others are still in the original package.',
  },
  'edxml-file-missing': {
    vi: 'Gói tin nêu tên tệp mà trong gói tin không có; lịch sử văn bản ghi tên các tệp đó. Hãy hỏi lại nơi gửi, hoặc trả lại nếu văn bản không đủ.',
    en: 'The package names files that are not in it; the history of the document lists them. Ask the sender, or return the document if it is not complete.',
  },
  'edxml-inline': {
    vi: 'Tệp đính kèm quá lớn để in ra dưới dạng Base64. Hãy dùng --extract để ghi ra thư mục.',
    en: 'The attachments are too large to be printed as Base64. Use --extract to write them to a folder.',
  },
  'edxml-model': {
    vi: 'Dữ liệu để tạo gói tin không đúng mẫu. Chưa có gì được ghi; hãy sửa trường được nêu.',
    en: 'The data for the package has the wrong shape. Nothing was written; correct the named field.',
  },
  'edxml-field-missing': {
    vi: 'Thiếu thông tin bắt buộc của gói tin. Chưa có gì được ghi; hãy bổ sung trường được nêu.',
    en: 'A mandatory field of the package is missing. Nothing was written; fill in the named field.',
  },
  'edxml-field-value': {
    vi: 'Một trường của gói tin có giá trị không hợp lệ. Chưa có gì được ghi; hãy sửa trường được nêu.',
    en: 'A field of the package has a value that is not allowed. Nothing was written; correct the named field.',
  },
  'edxml-character': {
    vi: 'Một trường chứa ký tự điều khiển không được phép trong XML. Chưa có gì được ghi; hãy gõ lại trường được nêu.',
    en: 'A field holds a control character that XML does not allow. Nothing was written; retype the named field.',
  },
  'edxml-attachment-changed': {
    vi: 'Tệp đính kèm trên đĩa khác với tệp đã ghi nhận (sai mã băm hoặc kích thước). Gói tin không được tạo; hãy chọn lại tệp.',
    en: 'An attachment on disk is not the one that was recorded. The package was not made; choose the file again.',
  },
} as const satisfies Record<string, Sentence>;
