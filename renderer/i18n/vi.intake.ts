// Vietnamese words of files that come in: what is asked before a PDF is made of one, and what is said of it afterwards.

export const viIntake = {
  'intake.convert-title': 'Chuyển thành PDF?',
  'intake.convert-do': 'Chuyển thành PDF',
  'intake.convert-office':
    'Tệp này chưa phải PDF nên chưa ký số được. LibreOffice trên máy này sẽ chuyển tệp thành PDF; macro không được chạy, không có gì đi qua mạng.',
  'intake.convert-picture': 'Tệp này là ảnh. Ứng dụng sẽ đặt ảnh vào trang PDF, từ 200 dpi trở lên.',
  'intake.convert-pictures':
    'Đây là {count} ảnh. Ứng dụng sẽ ghép thành một tệp PDF theo thứ tự trên, từ 200 dpi trở lên.',
  'intake.convert-kept':
    'Tệp gốc được giữ nguyên từng byte bên cạnh bản PDF. Hãy xem lại bản PDF trước khi ký số.',
  'intake.no-pdf-title': 'Chưa dùng được tệp này',
  'intake.refused-title': '{count} tệp không đưa vào được',
  'intake.refused-others': '{count} tệp khác đã được đưa vào.',
  'intake.working-title': 'Đang lập tệp PDF…',
  'intake.working-about': 'Có thể dừng bất cứ lúc nào; tệp gốc vẫn nguyên.',
  'intake.stop': 'Dừng',
  'intake.made-converted': 'PDF này được chuyển từ {name}. Hãy xem lại từng trang trước khi ký số.',
  'intake.made-repaired': 'PDF này được lập lại từ tệp hỏng {name}. Hãy xem lại từng trang trước khi ký số.',
  'intake.and-more': '{name} và {count} tệp khác',
  'intake.damaged-title': 'Tệp PDF bị hỏng',
  'intake.repair': 'Lập tệp mới từ phần đọc được',
  'intake.repair-about':
    'Nên xin lại tệp lành từ nơi gửi. Nếu không có, ứng dụng lập được một tệp mới từ những gì còn đọc được; tệp hỏng vẫn nguyên từng byte, và tệp mới ghi rõ lập từ tệp nào.',
  'intake.repaired-title': 'Đã lập tệp mới',
  'intake.repaired-use': 'Dùng tệp mới',
  'intake.repaired-leave': 'Không dùng',
  'intake.repaired-pages': 'Tệp mới có {pages} trang.',
  'intake.repaired-pages-of': 'Tệp mới có {pages} trang; tệp hỏng ghi là có {declared} trang.',
  'intake.repaired-found': '{count} trang bị mất khỏi danh sách trang được đặt ở cuối: hãy kiểm tra thứ tự.',
  'intake.repaired-signatures': 'Mất {count} chữ ký số:',
  'intake.repaired-kept': 'Tệp hỏng {name} được giữ nguyên bên cạnh tệp mới.',
  'intake.password-title': 'Tệp có mật khẩu',
  'intake.password': 'Mật khẩu của tệp',
  'intake.password-about':
    'Mật khẩu chỉ nằm trong bộ nhớ cho đến khi đóng ứng dụng. Tệp vẫn được mã hóa, kể cả sau khi ký số.',
  'intake.keep': 'Nhớ mật khẩu của tệp này trên máy (được khóa cùng hồ sơ làm việc)',
  'intake.unlock': 'Mở tệp',
  'intake.owner-title': 'Tệp không cho phép thay đổi',
  'intake.owner-password': 'Mật khẩu chủ của tệp',
  'intake.owner-later': 'Để sau',
  'intake.save-original': 'Lưu tệp gốc…',
} as const;
