// The codes of the vault, the blobs, the journal, the registers and the reading host, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const storeCodes = {
  'vault-key-missing': {
    vi: 'Không tìm thấy tệp khóa của kho dữ liệu, trong khi văn bản vẫn còn trên máy. Văn bản không bị xóa nhưng chưa mở được. Hãy khôi phục tệp khóa từ bản sao lưu; không cài đặt lại ứng dụng.',
    en: 'The key file of the store is missing while its documents are still here. They are not deleted, but cannot be opened. Restore the key file from a backup; do not reinstall.',
  },
  'vault-key-damaged': {
    vi: 'Tệp khóa của kho dữ liệu bị hỏng. Văn bản vẫn còn trên máy nhưng chưa mở được. Hãy khôi phục tệp khóa từ bản sao lưu hoặc liên hệ bộ phận kỹ thuật.',
    en: 'The key file of the store is damaged. The documents are still here but cannot be opened. Restore the key file from a backup or call support.',
  },
  'vault-from-the-future': {
    vi: 'Kho dữ liệu do phiên bản mới hơn của ứng dụng tạo ra. Văn bản vẫn nguyên vẹn. Hãy cập nhật ứng dụng rồi mở lại.',
    en: 'The store was made by a newer version. The documents are untouched. Update the application and open it again.',
  },
  'vault-keyring-unavailable': {
    vi: 'Máy này không có kho khóa an toàn của hệ điều hành. Chưa có gì được ghi. Hãy đặt mật khẩu bảo vệ kho dữ liệu để tiếp tục.',
    en: 'This machine has no safe system keyring. Nothing was written. Set a passphrase for the store to go on.',
  },
  'vault-keyring-refused': {
    vi: 'Hệ điều hành không mở được khóa của kho dữ liệu (thường do mật khẩu Windows bị đặt lại hoặc hồ sơ người dùng được sao chép). Văn bản vẫn còn trên máy. Hãy khôi phục bằng khóa hoặc mật khẩu khôi phục.',
    en: 'The system could not unwrap the key of the store (often after a password reset or a copied profile). The documents are still here. Recover with the recovery key or passphrase.',
  },
  'vault-passphrase-needed': {
    vi: 'Kho dữ liệu được bảo vệ bằng mật khẩu. Hãy nhập mật khẩu để mở.',
    en: 'The store is protected by a passphrase. Enter it to open the store.',
  },
  'vault-passphrase-wrong': {
    vi: 'Mật khẩu mở kho dữ liệu không đúng. Văn bản vẫn an toàn. Hãy nhập lại.',
    en: 'The passphrase of the store is wrong. The documents are safe. Try again.',
  },
  'vault-passphrase-weak': {
    vi: 'Mật khẩu bảo vệ kho dữ liệu cần ít nhất 12 ký tự. Chưa có gì được ghi. Hãy chọn mật khẩu dài hơn.',
    en: 'The passphrase needs at least 12 characters. Nothing was written. Choose a longer one.',
  },
  'vault-recovery-refused': {
    vi: 'Khóa hoặc mật khẩu khôi phục không mở được kho dữ liệu này. Văn bản vẫn nguyên vẹn. Hãy kiểm tra đúng khóa khôi phục của đơn vị.',
    en: 'The recovery key or passphrase does not open this store. The documents are untouched. Check that it is the recovery key of this organisation.',
  },
  'vault-recovery-key-unusable': {
    vi: 'Khóa công khai khôi phục trong chính sách không dùng được (cần RSA từ 2048 bit). Chưa có gì được ghi. Hãy báo bộ phận kỹ thuật.',
    en: 'The recovery public key of the policy cannot be used (RSA of 2048 bits or more is needed). Nothing was written. Tell support.',
  },
  'vault-locked': {
    vi: 'Kho dữ liệu đang khóa. Văn bản vẫn an toàn. Hãy mở khóa để tiếp tục.',
    en: 'The store is locked. The documents are safe. Unlock it to go on.',
  },
  'secret-unreadable': {
    vi: 'Không mở được thông tin kết nối đã lưu. Văn bản không bị ảnh hưởng. Hãy nhập lại thông tin kết nối trong phần cài đặt.',
    en: 'The stored connection secret cannot be opened. Documents are not affected. Enter it again in the settings.',
  },
  'disk-full': {
    vi: 'Ổ đĩa đã đầy nên chưa lưu được. Dữ liệu đã lưu trước đó vẫn nguyên. Hãy giải phóng dung lượng rồi thử lại.',
    en: 'The disk is full and this was not saved. What was saved before is untouched. Free some space and try again.',
  },
  'disk-low': {
    vi: 'Ổ đĩa sắp đầy nên ứng dụng tạm dừng nhận và ký văn bản. Dữ liệu đã lưu vẫn nguyên. Hãy giải phóng dung lượng rồi thử lại.',
    en: 'The disk is almost full, so receiving and signing are paused. What was saved is untouched. Free some space and try again.',
  },
  'disk-error': {
    vi: 'Ổ đĩa báo lỗi khi đọc hoặc ghi. Việc vừa làm chưa được lưu. Hãy thử lại và báo bộ phận kỹ thuật kiểm tra ổ đĩa.',
    en: 'The disk reported an error while reading or writing. The last act was not saved. Try again and have the disk checked.',
  },
  'store-unwritable': {
    vi: 'Ứng dụng không có quyền ghi vào thư mục dữ liệu. Dữ liệu đã lưu vẫn nguyên. Hãy báo bộ phận kỹ thuật kiểm tra quyền của thư mục.',
    en: 'The application may not write to its data folder. What was saved is untouched. Have the permissions of the folder checked.',
  },
  'blob-missing': {
    vi: 'Không tìm thấy tệp của văn bản trên máy này. Thông tin văn bản vẫn còn. Hãy khôi phục từ bản sao lưu hoặc đề nghị nơi gửi gửi lại.',
    en: 'The file of this document is not on this machine. The record is still here. Restore it from a backup or ask the sender to send it again.',
  },
  'blob-damaged': {
    vi: 'Tệp của văn bản đã bị hỏng hoặc bị sửa trên ổ đĩa nên ứng dụng không dùng. Thông tin văn bản vẫn còn. Hãy khôi phục từ bản sao lưu hoặc đề nghị nơi gửi gửi lại.',
    en: 'The file of this document was damaged or changed on the disk and is not used. The record is still here. Restore it from a backup or ask the sender to send it again.',
  },
  'blob-from-the-future': {
    vi: 'Tệp do phiên bản mới hơn của ứng dụng ghi. Tệp vẫn nguyên vẹn. Hãy cập nhật ứng dụng rồi mở lại.',
    en: 'The file was written by a newer version. It is untouched. Update the application and open it again.',
  },
  'journal-missing': {
    vi: 'Không tìm thấy nhật ký của kho dữ liệu, trong khi văn bản vẫn còn trên máy. Ứng dụng dừng lại để không cấp trùng số. Hãy khôi phục thư mục dữ liệu từ bản sao lưu.',
    en: 'The journal of the store is missing while its documents are still here. The application stops so that no number is given twice. Restore the data folder from a backup.',
  },
  'journal-damaged': {
    vi: 'Một phần nhật ký của kho dữ liệu bị hỏng hoặc bị sửa. Phần còn đọc được vẫn dùng được. Hãy kiểm tra lại số văn bản cuối cùng và báo bộ phận kỹ thuật.',
    en: 'Part of the journal was damaged or changed. What can be read is used. Check the last document numbers and tell support.',
  },
  'journal-from-the-future': {
    vi: 'Nhật ký do phiên bản mới hơn của ứng dụng ghi. Dữ liệu vẫn nguyên vẹn. Hãy cập nhật ứng dụng rồi mở lại.',
    en: 'The journal was written by a newer version. The data are untouched. Update the application and open it again.',
  },
  'entry-too-large': {
    vi: 'Thông tin cần lưu vượt quá kích thước cho phép. Không có gì bị thay đổi. Hãy rút gọn nội dung rồi thử lại.',
    en: 'What should be saved is larger than allowed. Nothing was changed. Shorten it and try again.',
  },
  'number-taken': {
    vi: 'Số này đã được cấp trong năm. Chưa có gì thay đổi. Hãy chọn số khác.',
    en: 'This number was already given this year. Nothing was changed. Choose another number.',
  },
  'number-out-of-range': {
    vi: 'Số văn bản phải là số nguyên từ 1 đến 999999. Chưa có gì thay đổi. Hãy nhập lại.',
    en: 'A document number is a whole number from 1 to 999999. Nothing was changed. Enter it again.',
  },
  'number-year': {
    vi: 'Chỉ cấp số cho năm nay hoặc năm liền trước. Chưa có gì thay đổi. Hãy kiểm tra ngày của văn bản và đồng hồ máy tính.',
    en: 'Numbers are given only for this year or the year before. Nothing was changed. Check the date of the document and the clock.',
  },
  'number-act-differs': {
    vi: 'Việc cấp số này đã được ghi với nội dung khác. Số đã cấp vẫn giữ nguyên. Hãy tải lại văn bản rồi kiểm tra số đã cấp.',
    en: 'This act of giving a number was already recorded with other contents. The number given stands. Reload the document and check its number.',
  },
  'numbers-uncertain': {
    vi: 'Nhật ký bị hỏng nên chưa chắc số cuối cùng đã cấp. Ứng dụng dừng cấp số để không trùng. Hãy đối chiếu sổ và nhập lại số cuối cùng đã dùng.',
    en: 'The journal was damaged, so the last number given is not certain. No number is given until the last number used has been checked and entered again.',
  },
  'file-too-slow': {
    vi: 'Đọc tệp này mất quá nhiều thời gian nên ứng dụng đã dừng. Tệp gốc vẫn nguyên. Hãy thử lại; nếu vẫn vậy, đề nghị nơi gửi gửi lại tệp khác.',
    en: 'Reading this file took too long and was stopped. The original is untouched. Try again; if it persists, ask the sender for another file.',
  },
  'file-too-heavy': {
    vi: 'Đọc tệp này cần quá nhiều bộ nhớ nên ứng dụng đã dừng. Tệp gốc vẫn nguyên. Hãy đề nghị nơi gửi gửi lại tệp khác.',
    en: 'Reading this file needs too much memory and was stopped. The original is untouched. Ask the sender for another file.',
  },
  'reader-crashed': {
    vi: 'Tiến trình đọc tệp đã dừng đột ngột. Tệp gốc và các văn bản khác vẫn nguyên. Hãy thử lại.',
    en: 'The process that reads files stopped suddenly. The original and other documents are untouched. Try again.',
  },
  'file-kills-reader': {
    vi: 'Tệp này đã hai lần làm dừng tiến trình đọc tệp nên được cách ly, không mở nữa. Tệp gốc vẫn được giữ. Hãy báo bộ phận kỹ thuật và đề nghị nơi gửi gửi lại.',
    en: 'This file stopped the reading process twice and is quarantined. The original is kept. Tell support and ask the sender to send it again.',
  },
} as const satisfies Record<string, Sentence>;
