// The codes of the ledger and the clerk's acts, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const deskCodes = {
  'quit-unanswered': {
    vi: 'Cửa sổ không trả lời nên ứng dụng tự đóng. Không mất gì: việc đã lưu vẫn còn trên máy, phần chưa gửi được gửi khi mở lại. Hãy mở lại ứng dụng.',
    en: 'The window gave no answer, so the application closed by itself. Nothing is lost: what was saved is on this machine, what is unsent is sent when it opens again. Open the application again.',
  },
  'desk-closing': {
    vi: 'Ứng dụng đang đóng nên chưa làm việc này. Không mất gì: việc đã lưu vẫn còn trên máy. Hãy mở lại ứng dụng rồi làm lại.',
    en: 'The application is closing, so this was not done. Nothing is lost: what was saved is on this machine. Open it again and do it once more.',
  },
  'ledger-from-the-future': {
    vi: 'Dữ liệu trên máy do phiên bản mới hơn của ứng dụng tạo ra. Không có gì bị thay đổi. Hãy cập nhật ứng dụng rồi mở lại.',
    en: 'The data on this machine was made by a newer version of the application. Nothing was changed. Update the application and open it again.',
  },
  'ledger-not-open': {
    vi: 'Chưa mở được dữ liệu trên máy. Không có gì bị thay đổi. Hãy đóng các cửa sổ khác của ứng dụng rồi mở lại.',
    en: 'The data on this machine could not be opened. Nothing was changed. Close other windows of the application and open it again.',
  },
  'ledger-superseded': {
    vi: 'Một cửa sổ khác đang nâng cấp dữ liệu trên máy. Việc đã lưu vẫn còn nguyên. Hãy tải lại cửa sổ này.',
    en: 'Another window is upgrading the data on this machine. What was saved is safe. Reload this window.',
  },
  'ledger-not-saved': {
    vi: 'Chưa lưu được vào máy. Văn bản vẫn như trước. Hãy kiểm tra dung lượng đĩa rồi làm lại.',
    en: 'It could not be saved on this machine. The document is as before. Check the disk space and do it again.',
  },
  'record-damaged': {
    vi: 'Không mở được bản ghi này vì dữ liệu đã hỏng hoặc được khóa bằng khóa khác. Bản ghi được giữ nguyên; hãy gửi mã này cho bộ phận kỹ thuật.',
    en: 'This record cannot be opened: its data is damaged or was locked with another key. It is kept as it is; give this code to support.',
  },
  'record-from-the-future': {
    vi: 'Bản ghi này do phiên bản mới hơn của ứng dụng tạo ra. Bản ghi được giữ nguyên; hãy cập nhật ứng dụng để xem.',
    en: 'This record was made by a newer version of the application. It is kept as it is; update the application to see it.',
  },
  'document-missing': {
    vi: 'Không tìm thấy văn bản này trên máy. Không có gì bị thay đổi. Hãy tải lại danh sách.',
    en: 'This document is not on this machine. Nothing was changed. Reload the list.',
  },
  'step-not-open': {
    vi: 'Chưa đến bước này hoặc bước này đã làm xong. Văn bản vẫn như trước. Hãy xem bước đang mở ở khung bên phải.',
    en: 'This step is not open yet or is already done. The document is as before. See the open step on the right.',
  },
  'reason-missing': {
    vi: 'Cần ghi lý do. Không có gì bị thay đổi. Hãy nhập lý do rồi làm lại.',
    en: 'A reason is required. Nothing was changed. Enter the reason and do it again.',
  },
  'name-missing': {
    vi: 'Cần ghi người hoặc đơn vị nhận. Không có gì bị thay đổi. Hãy nhập tên rồi làm lại.',
    en: 'The person or unit is required. Nothing was changed. Enter the name and do it again.',
  },
  'opinion-missing': {
    vi: 'Cần ghi ý kiến chỉ đạo của người có thẩm quyền. Không có gì bị thay đổi. Hãy nhập ý kiến rồi làm lại.',
    en: 'The instruction of the competent person is required. Nothing was changed. Enter it and do it again.',
  },
  'number-invalid': {
    vi: 'Số phải là số nguyên dương. Chưa cấp số nào. Hãy sửa lại số.',
    en: 'The number must be a positive whole number. No number was given. Correct it.',
  },
  'day-invalid': {
    vi: 'Ngày không đúng. Không có gì bị thay đổi. Hãy nhập ngày theo dạng ngày/tháng/năm.',
    en: 'The date is not a calendar day. Nothing was changed. Enter a day.',
  },
  'verdict-refuses': {
    vi: 'Không được tiếp nhận văn bản này: kiểm tra chữ ký số cho kết quả không hợp lệ. Văn bản vẫn chờ ở mục Chờ tiếp nhận. Hãy trả lại kèm lý do.',
    en: 'This document may not be accepted: the check of its digital signatures failed. It still waits. Return it with a reason.',
  },
  'file-missing': {
    vi: 'Văn bản chưa có tệp PDF. Không có gì bị thay đổi. Hãy chọn tệp rồi làm lại.',
    en: 'The document has no PDF file yet. Nothing was changed. Choose the file and do it again.',
  },
  'subject-missing': {
    vi: 'Văn bản chưa có trích yếu. Không có gì bị thay đổi. Hãy nhập trích yếu rồi làm lại.',
    en: 'The document has no subject yet. Nothing was changed. Enter the subject and do it again.',
  },
  'receivers-missing': {
    vi: 'Văn bản chưa có nơi nhận. Chưa gửi gì. Hãy chọn ít nhất một cơ quan nhận.',
    en: 'The document has no receiver yet. Nothing was sent. Choose at least one agency.',
  },
  'leader-signature-missing': {
    vi: 'Tệp chưa có chữ ký số hợp lệ của người có thẩm quyền. Văn bản vẫn như trước. Hãy trình ký hoặc chọn tệp đã ký.',
    en: 'The file has no valid digital signature of the competent person. The document is as before. Have it signed or choose the signed file.',
  },
  'recall-target-missing': {
    vi: 'Văn bản được đề nghị cập nhật chưa có trên máy này nên chưa cập nhật được. Không có gì bị thay đổi. Hãy chờ văn bản đến, hỏi nơi gửi hoặc trả lời không đồng ý kèm lý do.',
    en: 'The document to be updated is not on this machine, so nothing can be updated. Nothing was changed. Wait for it, ask the sender, or refuse with a reason.',
  },
  'decider-missing': {
    vi: 'Cần ghi người quyết định. Không có gì bị thay đổi và chưa gửi gì. Hãy nhập tên rồi làm lại.',
    en: 'The person who decided it is required. Nothing was changed or sent. Enter the name and do it again.',
  },
  'nothing-to-change': {
    vi: 'Chưa có thông tin hay nơi nhận nào được sửa nên không có gì để cập nhật. Chưa gửi gì. Hãy sửa rồi làm lại.',
    en: 'No fact and no receiver was changed, so there is nothing to update. Nothing was sent. Change something first.',
  },
  'sending-now': {
    vi: 'Văn bản đang được gửi nên chưa thể thu hồi. Không có gì bị thay đổi. Hãy chờ ít phút rồi làm lại.',
    en: 'The document is being sent, so it cannot be recalled right now. Nothing was changed. Wait a few minutes and do it again.',
  },
  'outcome-unknown': {
    vi: 'Chưa biết trục liên thông đã nhận văn bản hay chưa nên ứng dụng không tự gửi lại. Văn bản đã lưu trên máy. Hãy hỏi nơi nhận hoặc bộ phận kỹ thuật, rồi mở mục “Cần xem” ở cuối màn hình để chọn cách xử lý.',
    en: 'It is not known whether the hub took the document, so it is not sent again by itself. It is saved on this machine. Ask the receiver or support, then choose what to do from the foot of the window.',
  },
  'answer-lost': {
    vi: 'Chưa nghe được trả lời của trục liên thông vì ứng dụng đã dừng giữa chừng. Văn bản đã lưu trên máy. Ứng dụng đang tự hỏi lại trục.',
    en: 'The answer of the hub was not heard because the application stopped in between. The document is saved on this machine. The hub is being asked.',
  },
  'listed-again': {
    vi: 'Trục liên thông vẫn báo gói tin này chưa được nhận. Văn bản đã lưu trên máy. Ứng dụng sẽ tự báo lại cho trục.',
    en: 'The hub still lists this package as not received. The document is saved on this machine. The hub will be told again.',
  },
  'verdict-not-good': {
    vi: 'Kiểm tra chữ ký số trên tệp cho kết quả không hợp lệ. Văn bản vẫn như trước. Hãy xem báo cáo kiểm tra và chọn tệp khác.',
    en: 'The check of the digital signatures of this file failed. The document is as before. See the report and choose another file.',
  },
} as const satisfies Record<string, Sentence>;
