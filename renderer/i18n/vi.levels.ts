// Vietnamese words of a certificate's standing before signing and of the levels of signatures after it.

export const viLevels = {
  'standing.checking': 'Đang kiểm tra tình trạng chứng thư số…',
  'standing.good': 'Chứng thư số còn hiệu lực, không bị thu hồi (kiểm tra lúc {time}).',
  'standing.revoked': 'Chứng thư số bị thu hồi hoặc tạm dừng: không được ký bằng chứng thư số này.',
  'standing.expired': 'Chứng thư số hoặc chứng thư số của nơi cấp đã hết hạn: không được ký.',
  'standing.not-yet-valid': 'Chứng thư số chưa có hiệu lực: hãy kiểm tra ngày giờ của máy.',
  'standing.unknown':
    'Chưa kiểm tra được tình trạng chứng thư số vì không hỏi được nơi cấp. Vẫn ký được; hãy chắc rằng chứng thư số chưa bị thu hồi.',
  'standing.untrusted':
    'Chứng thư số không dẫn đến chứng thư số gốc tin cậy trên máy này: nơi nhận có thể không chấp nhận. Hãy báo bộ phận kỹ thuật trước khi ký.',
  'standing.evidence': 'Chứng thư số kiểm tra lúc {time}: {words}.',
  'standing.word-good': 'còn hiệu lực',
  'standing.word-unknown': 'chưa kiểm tra được',
  'standing.word-untrusted': 'không dẫn đến chứng thư số gốc tin cậy',
  'standing.word-bad': 'không còn hiệu lực',
  'standing.save-evidence': 'Lưu bằng chứng…',
  'standing.saved-evidence': 'Đã lưu bằng chứng kiểm tra chứng thư số.',
  'step-state.waiting': '(tự làm khi được)',
  'time.level': '{signer}: mức {level}',
  'time.file': '{name} · {signer}: mức {level}',
  'time.waiting': 'Chờ gắn dấu thời gian. Không cần làm gì thêm.',
  'time.working': 'Đang gắn dấu thời gian và dữ liệu kiểm tra lâu dài…',
  'time.no-network': 'Chờ mạng để gắn dấu thời gian, tự thử lại lúc {time}.',
  'time.refused':
    'Máy chủ dấu thời gian từ chối (“{said}”). Chữ ký số vẫn nguyên giá trị; tự thử lại lúc {time}. Nếu vẫn bị từ chối, hãy nhờ người quản trị kiểm tra tài khoản và địa chỉ máy chủ dấu thời gian.',
  'time.wrong':
    'Máy chủ dấu thời gian trả lời sai (“{said}”) nên dấu đó không được dùng. Chữ ký số vẫn nguyên giá trị; tự thử lại lúc {time}.',
  'time.limited': 'Máy chủ dấu thời gian giới hạn số lần hỏi, tự thử lại lúc {time}.',
  'time.no-data': 'Chưa lấy đủ dữ liệu để kiểm tra lâu dài, tự thử lại lúc {time}.',
  'time.again': '{why} Tự thử lại lúc {time}.',
  'time.try-now': 'Thử ngay',
  'time.lasting': 'Bản đã gửi không đổi. Bản lưu lâu dài của {name}: mức {level}.',
  'time.save-lasting': 'Lưu bản lưu lâu dài…',
  'foot.levels': 'Chờ dấu thời gian: {count}',
  'history.raised': 'Gắn dấu thời gian, dữ liệu kiểm tra lâu dài',
  'report.organization': 'Cơ quan, tổ chức của người ký',
  'report.period': 'Thời hạn chứng thư số',
  'report.period-words': '{from} đến {to}',
  'report.path': 'Đường dẫn tin cậy',
} as const;
