// Vietnamese words of the dialog of signing devices.

export const viDevices = {
  'devices.title': 'Thiết bị ký số',
  'devices.about':
    'Các trình điều khiển có trên máy này, thiết bị và chứng thư số mà mỗi trình điều khiển cho thấy. Xem ở đây không dùng đến mã PIN.',
  'devices.looking': 'Đang hỏi các trình điều khiển…',
  'devices.none':
    'Chưa thấy trình điều khiển nào. Hãy cài phần mềm đi cùng thiết bị ký số, hoặc chọn tệp trình điều khiển.',
  'devices.own': 'Tự chọn',
  'devices.loaded': 'Đã nạp',
  'devices.not-loaded': 'Không dùng được',
  'devices.no-token': 'Không có thiết bị nào đang cắm.',
  'devices.device': 'Thiết bị:',
  'devices.pin-ready': 'Mã PIN: sẵn sàng',
  'devices.pin-none': 'Không cần mã PIN',
  'devices.pin-low': 'Mã PIN: đã nhập sai, còn ít lần thử',
  'devices.pin-final': 'Mã PIN: còn lần thử cuối cùng',
  'devices.pin-locked': 'Mã PIN: đã bị khóa',
  'devices.pin-must-change': 'Mã PIN: phải đổi trước khi dùng',
  'devices.pin-not-set': 'Mã PIN: chưa đặt',
  'devices.pin-not-initialized': 'Thiết bị chưa được khởi tạo',
  'devices.pin-unknown': 'Mã PIN: chưa rõ tình trạng',
  'devices.pin-pad': 'Mã PIN được nhập trên đầu đọc.',
  'devices.valid-to': 'hiệu lực đến {day}',
  'devices.usable': 'Ký được',
  'devices.unusable': 'Không ký được',
  'devices.test': 'Thử {file}',
  'devices.forget': 'Bỏ trình điều khiển này',
  'devices.choose': 'Chọn tệp trình điều khiển…',
  'devices.chosen': 'Đã thêm {file} và nhớ cho những lần sau.',
  'devices.answers': '{file} trả lời tốt. Số thiết bị đang cắm: {count}.',
  'devices.copy': 'Sao chép thông tin chẩn đoán',
  'devices.copied':
    'Đã sao chép {count} dòng để gửi bộ phận kỹ thuật. Trong đó không có mã PIN và số giấy tờ cá nhân.',
  'command.devices': 'Thiết bị ký số',
} as const;
