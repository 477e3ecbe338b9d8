// The codes of trust before signing and of levels after it, each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const levelCodes = {
  'network-by-policy': {
    vi: 'Máy này được thiết lập không hỏi máy chủ chứng thực. Văn bản vẫn nguyên; hãy hỏi bộ phận kỹ thuật nếu cần.',
    en: 'This machine is set up never to ask authorities. The document was left as it is; ask support if that is needed.',
  },
  'signing-certificate-revoked': {
    vi: 'Không ký: chứng thư số đã bị thu hồi hoặc tạm dừng. Văn bản vẫn nguyên và mã PIN chưa được hỏi; hãy dùng chứng thư số khác và báo cơ quan quản lý chứng thư số.',
    en: 'Not signed: the certificate was revoked or suspended. The document was left as it is and no PIN was asked; use another certificate and tell its authority.',
  },
  'signing-certificate-out-of-time': {
    vi: 'Không ký: chứng thư số hoặc chứng thư số của nơi cấp đã hết hạn hoặc chưa có hiệu lực. Văn bản vẫn nguyên và mã PIN chưa được hỏi; hãy kiểm tra ngày giờ của máy, rồi gia hạn chứng thư số.',
    en: 'Not signed: the certificate or its issuer’s has expired or is not yet valid. The document was left as it is and no PIN was asked; check this machine’s clock, then renew the certificate.',
  },
  'timestamp-limited': {
    vi: 'Máy chủ dấu thời gian giới hạn số lần hỏi. Chữ ký số vẫn được giữ nguyên; dấu thời gian sẽ tự được gắn khi đến lượt.',
    en: 'The time-stamping server limits how often it may be asked. The signature is kept as it is; the time stamp is added by itself when its turn comes.',
  },
  'level-required': {
    vi: 'Chưa gửi: cơ quan yêu cầu chữ ký số đạt mức lưu trữ lâu dài trước khi gửi mà chưa đạt. Văn bản và chữ ký số vẫn nguyên; hãy thử lại khi có mạng tới máy chủ dấu thời gian.',
    en: 'Not sent: the agency requires the lasting level before sending and it has not been reached. Document and signatures are as they were; try again when the time-stamping server can be reached.',
  },
} as const satisfies Record<string, Sentence>;
