// Vietnamese words of what the agency makes beside documents of its own: electronic copies of others' documents.

export const viRoles = {
  'act.copy': 'Lập bản sao',
  'act.copy-of': 'Lập bản sao…',
  'act.seal-copy': 'Ký số của cơ quan vào bản sao',
  'command.copy': 'Lập bản sao (sao y, sao lục, trích sao)',
  'copy.title': 'Lập bản sao điện tử',
  'copy.choose-title': 'Chọn tệp PDF cần sao',
  'copy.choose-about':
    'Tệp quét màu, tỷ lệ 100 %, từ 200 dpi trở lên; với trích sao là tệp chỉ có phần nội dung được trích. Tệp gốc được giữ nguyên từng byte.',
  'copy.form': 'Hình thức sao',
  'copy.form-SAO Y': 'Sao y',
  'copy.form-SAO LỤC': 'Sao lục',
  'copy.form-TRÍCH SAO': 'Trích sao',
  'copy.source': 'Sao từ',
  'copy.source-paper-original': 'Bản gốc, bản chính giấy đã quét',
  'copy.source-paper-copy': 'Bản sao y giấy đã quét',
  'copy.source-electronic': 'Bản gốc điện tử',
  'copy.will-show': 'Góc trên bên phải trang 1 sẽ ghi: “{form}; {agency}; thời gian ký”.',
  'copy.law':
    'Người có thẩm quyền quyết định việc sao. Bản sao được đánh số riêng trong năm, chung cho sao y, sao lục và trích sao.',
  'copy.lacks-file': 'Hãy chọn tệp PDF cần sao.',
  'copy.save': 'Lưu và sang bước cấp số',
  'copy.seal-about':
    'Chữ ký số của cơ quan đứng ở góc trên bên phải trang 1, chỉ có chữ, không có ảnh dấu. Mã PIN được nhập ở cửa sổ riêng.',
  'copy.number-about': 'Số lấy từ dãy số riêng của bản sao trong năm; trang được sao không bị ghi thêm số.',
  'copy.place-label': 'Chữ ký số của bản sao',
  'done.copy-sealed': 'Đã ký số vào bản sao và kiểm tra lại tệp trên đĩa. Có thể gửi hoặc lưu tệp.',
  'act.arrival-stamp': 'Lưu bản có dấu Đến…',
  'act.urgency-mark': 'Đặt dấu độ khẩn lên văn bản…',
  'stamp.arrival-title': 'Bản có dấu Đến',
  'stamp.arrival-label': 'Dấu Đến 50 × 35 mm',
  'stamp.arrival-about':
    'Dấu Đến mang số {number}, ngày {day}. Tệp gốc được giữ nguyên từng byte; dấu chỉ có trên bản lưu ra máy.',
  'stamp.arrival-unregistered': 'Hãy tiếp nhận và đăng ký văn bản trước.',
  'stamp.arrival-save': 'Lưu bản có dấu Đến…',
  'stamp.arrival-saved': 'Đã lưu bản có dấu Đến ra máy. Tệp gốc không đổi.',
  'stamp.arrival-saved-changed':
    'Đã lưu bản có dấu Đến ra máy. Trên bản này, chữ ký số của {names} hiện là đã bị thay đổi; tệp gốc không đổi.',
  'stamp.place-guessed':
    'Không tìm thấy khoảng giấy trống đủ rộng dưới số, ký hiệu hoặc dưới ngày tháng: hãy dời khung vào chỗ thích hợp.',
  'stamp.forwarded': 'Chuyển',
  'stamp.file-symbol': 'Số và ký hiệu hồ sơ',
  'stamp.signed-note':
    'Tệp có chữ ký số của {names}. Trên bản có dấu Đến, phần mềm khác có thể báo các chữ ký số này đã bị thay đổi. Khi cần chứng minh, hãy dùng tệp gốc.',
  'stamp.urgency-title': 'Đặt dấu độ khẩn',
  'stamp.urgency-1': 'Khẩn (20 × 8 mm)',
  'stamp.urgency-2': 'Thượng khẩn (40 × 8 mm)',
  'stamp.urgency-3': 'Hỏa tốc (30 × 8 mm)',
  'stamp.urgency-law':
    'Độ khẩn do người có thẩm quyền quyết định trước khi ký. Sau khi có chữ ký số, không ai thêm được dấu này.',
  'stamp.urgency-put': 'Đặt dấu lên dự thảo',
  'stamp.urgency-done': 'Đã đặt dấu độ khẩn lên dự thảo và lưu. Bản trước đó vẫn còn trong kho.',
} as const;
