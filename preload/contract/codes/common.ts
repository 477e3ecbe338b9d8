// The codes of the shell and of everything that has no room of its own, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const commonCodes = {
  internal: {
    vi: 'Ứng dụng gặp lỗi không lường trước. Văn bản đã lưu trên máy vẫn còn nguyên. Hãy thử lại; nếu vẫn lỗi, gửi mã này cho bộ phận kỹ thuật.',
    en: 'The application met an unexpected error. Documents saved on this machine are safe. Try again; if it persists, give this code to support.',
  },
  'call-refused': {
    vi: 'Yêu cầu không hợp lệ nên ứng dụng đã từ chối. Không có gì bị thay đổi.',
    en: 'The request was not valid and was refused. Nothing was changed.',
  },
  cancelled: {
    vi: 'Đã dừng theo yêu cầu. Không có gì bị thay đổi.',
    en: 'Stopped as requested. Nothing was changed.',
  },
  usage: {
    vi: 'Lệnh chưa đúng cách dùng. Hãy xem hướng dẫn bằng --help.',
    en: 'The command was not used correctly. See --help.',
  },
  'settings-missing': {
    vi: 'Máy này chưa được thiết lập cho cơ quan nào. Hãy nhờ bộ phận kỹ thuật cài đặt hồ sơ làm việc rồi mở lại.',
    en: 'This machine has not been set up for an agency. Ask the administrator to install a profile and open again.',
  },
  'settings-broken': {
    vi: 'Tệp thiết lập của hồ sơ bị hỏng hoặc sai. Văn bản đã lưu vẫn còn nguyên; hãy báo bộ phận kỹ thuật sửa tệp thiết lập.',
    en: 'The profile settings are damaged or wrong. Saved documents are safe; ask the administrator to repair the settings.',
  },
  'start-refused': {
    vi: 'Ứng dụng không mở: được gọi với tham số làm yếu hộp cát bảo vệ, hoặc hệ điều hành không cho dùng hộp cát. Dữ liệu không bị thay đổi. Hãy mở từ biểu tượng của ứng dụng; nếu vẫn vậy, báo bộ phận kỹ thuật cài bản .deb hoặc .rpm.',
    en: 'The application did not open: it was started in a way that weakens its sandbox, or this system allows none. Nothing was changed. Open it from its icon; if it persists, ask support to install the .deb or .rpm.',
  },
  'arrival-not-durable': {
    vi: 'Chưa báo nhận được vì văn bản chưa được lưu chắc chắn trên máy. Văn bản vẫn còn ở trục liên thông.',
    en: 'Not acknowledged yet: the document is not safely stored on this machine. It stays at the hub.',
  },
  'profile-locked': {
    vi: 'Chưa mở khóa hồ sơ. Hãy nhập mật khẩu để tiếp tục.',
    en: 'The profile is locked. Enter the passphrase to continue.',
  },
  'window-lost': {
    vi: 'Cửa sổ làm việc bị lỗi nhiều lần liên tiếp. Văn bản đã lưu vẫn còn nguyên. Hãy đóng rồi mở lại ứng dụng; nếu vẫn lỗi, báo bộ phận kỹ thuật.',
    en: 'The window failed several times in a row. Saved documents are safe. Close and open the application again; if it persists, tell support.',
  },
  'file-unreadable': {
    vi: 'Không đọc được tệp. Hãy kiểm tra đường dẫn và quyền đọc.',
    en: 'The file cannot be read. Check its path and permissions.',
  },
  'file-unwritable': {
    vi: 'Không ghi được tệp. Tệp gốc vẫn nguyên; hãy kiểm tra đường dẫn, quyền ghi và dung lượng đĩa.',
    en: 'The file cannot be written. The original is untouched; check the path, permissions and disk space.',
  },
} as const satisfies Record<string, Sentence>;
