// The codes of updates and of data from another version, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const updateCodes = {
  'update-unreachable': {
    vi: 'Chưa hỏi được nơi cập nhật. Phiên bản đang dùng vẫn chạy bình thường. Ứng dụng sẽ tự hỏi lại; nếu kéo dài, báo bộ phận kỹ thuật kiểm tra mạng hoặc thư mục cập nhật.',
    en: 'The update source could not be asked. The present version goes on working. It is asked again by itself; if it persists, ask support to check the network or the update folder.',
  },
  'update-signature-missing': {
    vi: 'Bản cập nhật bị từ chối vì không có chữ ký số của nơi phát hành. Phiên bản đang dùng vẫn nguyên. Hãy báo bộ phận kỹ thuật.',
    en: 'The update was refused: it is not signed. The present version is untouched. Tell support.',
  },
  'update-signature-invalid': {
    vi: 'Bản cập nhật bị từ chối vì chữ ký số không đúng: thông tin đã bị sửa hoặc không do nơi phát hành ký. Phiên bản đang dùng vẫn nguyên. Hãy báo ngay bộ phận kỹ thuật.',
    en: 'The update was refused: its signature is wrong, so it was changed or is not from the publisher. The present version is untouched. Tell support at once.',
  },
  'update-metadata-broken': {
    vi: 'Bản cập nhật bị từ chối vì thông tin không đọc được hoặc không dành cho máy này. Phiên bản đang dùng vẫn nguyên. Hãy báo bộ phận kỹ thuật.',
    en: 'The update was refused: its description cannot be read or is not for this machine. The present version is untouched. Tell support.',
  },
  'update-expired': {
    vi: 'Bản cập nhật bị từ chối vì thông tin đã quá hạn; có thể nơi cập nhật bị giữ lại ở bản cũ hoặc đồng hồ máy sai. Phiên bản đang dùng vẫn nguyên. Hãy xem đồng hồ máy, rồi báo bộ phận kỹ thuật.',
    en: 'The update was refused: its description is out of date; the source may be held back or the clock wrong. The present version is untouched. Check the clock, then tell support.',
  },
  'update-replayed': {
    vi: 'Bản cập nhật bị từ chối vì cũ hơn bản máy này đã từng thấy. Phiên bản đang dùng vẫn nguyên. Hãy báo ngay bộ phận kỹ thuật.',
    en: 'The update was refused: it is older than what this machine has seen before. The present version is untouched. Tell support at once.',
  },
  'update-no-package': {
    vi: 'Có phiên bản mới nhưng không có gói cho cách cài đặt của máy này. Phiên bản đang dùng vẫn nguyên. Hãy báo bộ phận kỹ thuật.',
    en: 'There is a new version, but no package for the way this machine is installed. The present version is untouched. Tell support.',
  },
  'update-payload-changed': {
    vi: 'Gói cập nhật bị từ chối vì nội dung không khớp với thông tin đã ký. Phiên bản đang dùng vẫn nguyên. Hãy tải lại; nếu vẫn vậy, báo ngay bộ phận kỹ thuật.',
    en: 'The update package was refused: its bytes are not those that were signed. The present version is untouched. Download again; if it persists, tell support at once.',
  },
  'update-download-cut': {
    vi: 'Gói cập nhật chưa tải xong. Phiên bản đang dùng vẫn nguyên. Hãy tải lại khi mạng ổn định.',
    en: 'The update was not downloaded completely. The present version is untouched. Download again when the network is steady.',
  },
  'update-disk-full': {
    vi: 'Không đủ chỗ trên đĩa cho gói cập nhật. Phiên bản đang dùng và văn bản vẫn nguyên. Hãy giải phóng đĩa rồi làm lại.',
    en: 'There is no room on the disk for the update. The present version and the documents are untouched. Free some space and do it again.',
  },
  'update-not-allowed': {
    vi: 'Tài khoản này không được cài phiên bản mới. Phiên bản đang dùng vẫn nguyên. Hãy nhờ bộ phận kỹ thuật cài đặt.',
    en: 'This account may not install the new version. The present version is untouched. Ask support to install it.',
  },
  'update-install-failed': {
    vi: 'Chưa cài được phiên bản mới. Phiên bản cũ vẫn dùng được và văn bản vẫn nguyên. Ứng dụng không tự thử lại; hãy báo bộ phận kỹ thuật.',
    en: 'The new version could not be installed. The old one still works and the documents are untouched. It is not tried again by itself; tell support.',
  },
  'update-not-applied': {
    vi: 'Đã cài phiên bản mới nhưng sau khi mở lại vẫn là phiên bản cũ. Văn bản vẫn nguyên. Ứng dụng không tự thử lại; hãy báo bộ phận kỹ thuật.',
    en: 'The new version was installed, but the old one came up again. The documents are untouched. It is not tried again by itself; tell support.',
  },
  'update-not-now': {
    vi: 'Chưa khởi động lại được vì còn việc đang làm dở. Không có gì bị mất. Hãy ký xong, lưu dự thảo, gửi văn bản khẩn rồi làm lại.',
    en: 'It cannot restart now because work is under way. Nothing is lost. Finish signing, save the draft, send the urgent document, then do it again.',
  },
  'update-not-ready': {
    vi: 'Chưa có gói cập nhật nào sẵn sàng để cài. Phiên bản đang dùng vẫn nguyên. Hãy kiểm tra lại bản cập nhật.',
    en: 'No update is ready to be installed. The present version is untouched. Check for updates again.',
  },
  'policy-broken': {
    vi: 'Tệp chính sách của cơ quan trên máy này sai hoặc không đọc được. Văn bản đã lưu vẫn nguyên. Hãy nhờ bộ phận kỹ thuật sửa tệp chính sách.',
    en: 'The policy file of this machine is wrong or cannot be read. Saved documents are safe. Ask support to correct it.',
  },
  'profile-from-newer': {
    vi: 'Dữ liệu trên máy do phiên bản mới hơn của ứng dụng tạo ra nên phiên bản này không mở. Không có gì bị thay đổi. Hãy cài lại phiên bản mới rồi mở.',
    en: 'The data on this machine was made by a newer version of the application, so this one does not open it. Nothing was changed. Install the newer version again and open it.',
  },
} as const satisfies Record<string, Sentence>;
