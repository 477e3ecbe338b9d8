// The codes of the room 'exchange', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const exchangeCodes = {
  'hub-offline': {
    vi: 'Chưa kết nối được với trục liên thông. Văn bản đã lưu trên máy và chưa gửi đi. Ứng dụng sẽ gửi lại khi có mạng.',
    en: 'The hub cannot be reached. Documents are saved on this machine and nothing was sent. It will be sent when there is a network.',
  },
  'hub-folder-missing': {
    vi: 'Không thấy thư mục trao đổi: ổ đĩa rời chưa cắm hoặc ổ chia sẻ chưa kết nối. Văn bản đã lưu trên máy và chưa gửi đi. Hãy cắm hoặc kết nối lại; ứng dụng tự gửi, nhận tiếp.',
    en: 'The exchange folder is not there: the removable disk is out or the share is not connected. Documents are saved here and nothing was sent. Put it back; sending and receiving go on by themselves.',
  },
  'hub-certificate-untrusted': {
    vi: 'Không xác nhận được chứng thư của máy chủ trục liên thông nên chưa gửi gì. Văn bản vẫn an toàn trên máy. Hãy báo bộ phận kỹ thuật kiểm tra máy chủ và mạng.',
    en: 'The certificate of the hub could not be trusted, so nothing was sent. Documents are safe here. Ask IT staff to check the server and the network.',
  },
  'hub-proxy-refused': {
    vi: 'Máy chủ trung gian (proxy) không cho kết nối tới trục liên thông. Chưa gửi gì, văn bản vẫn an toàn trên máy. Hãy báo bộ phận kỹ thuật.',
    en: 'The proxy did not allow a connection to the hub. Nothing was sent and documents are safe here. Tell IT staff.',
  },
  'hub-busy': {
    vi: 'Trục liên thông đang quá tải và chưa nhận yêu cầu. Văn bản vẫn an toàn trên máy. Ứng dụng sẽ gửi lại sau.',
    en: 'The hub is overloaded and did not take the request. Documents are safe here. It will be tried later.',
  },
  'hub-endpoint-unsafe': {
    vi: 'Địa chỉ trục liên thông không dùng kết nối mã hóa (https) và không nằm trong danh sách được phép. Chưa gửi gì. Hãy báo bộ phận kỹ thuật sửa cấu hình.',
    en: 'The address of the hub is not encrypted (https) and is not on the allowed list. Nothing was sent. Ask IT staff to correct the settings.',
  },
  'hub-file-unreadable': {
    vi: 'Không đọc được tệp chứng thư hoặc khóa kết nối mà cấu hình nêu, nên chưa kết nối với trục liên thông. Chưa gửi gì, văn bản vẫn an toàn trên máy. Hãy báo bộ phận kỹ thuật kiểm tra tệp và quyền đọc.',
    en: 'A certificate or key file that the settings name cannot be read, so the hub was not contacted. Nothing was sent and documents are safe here. Ask IT staff to check the file and its permissions.',
  },
  'hub-refused': {
    vi: 'Trục liên thông từ chối yêu cầu. Văn bản vẫn an toàn trên máy và chưa được chuyển đi. Hãy đọc lý do kèm theo rồi sửa trước khi gửi lại.',
    en: 'The hub refused the request. The document is safe here and was not passed on. Read its reason and correct it before sending again.',
  },
  'hub-file-waiting': {
    vi: 'Thư mục trao đổi có tệp chưa đọc được: tệp có thể đang được chép vào hoặc đang bị chương trình khác giữ. Máy sẽ xem lại ở lần đồng bộ sau. Nếu khi đó vẫn chưa đọc được, hãy báo bộ phận kỹ thuật.',
    en: 'The exchange folder has files that cannot be read yet: they may still be copied there, or another program holds them. The next synchronisation looks again. If they cannot be read then either, tell IT staff.',
  },
  'hub-list-unreadable': {
    vi: 'Trục liên thông có mục mà máy chưa lấy về được: không đọc được mã gói tin, hoặc hỏi nhiều lần trục vẫn không đưa gói tin. Gói tin vẫn còn ở trục, các văn bản khác vẫn lấy về bình thường. Hãy báo bộ phận kỹ thuật để hỏi đơn vị vận hành trục.',
    en: 'The hub’s list has entries that cannot be fetched: their package id cannot be read, or the hub does not give the package however often it is asked. They are still at the hub; all others are fetched as usual. Ask IT staff to speak to the hub’s operator.',
  },
  'hub-signed-out': {
    vi: 'Trục liên thông không công nhận mã định danh hoặc khóa kết nối của cơ quan. Văn bản vẫn an toàn trên máy. Hãy báo bộ phận kỹ thuật kiểm tra khóa kết nối và giờ của máy.',
    en: 'The hub does not accept this agency’s identity or connection secret. Documents are safe here. Ask IT staff to check the secret and the clock of this machine.',
  },
  'hub-timed-out': {
    vi: 'Trục liên thông không trả lời kịp nên chưa biết đã nhận hay chưa. Văn bản vẫn an toàn trên máy. Ứng dụng sẽ hỏi lại danh sách đã gửi trước khi gửi tiếp.',
    en: 'The hub did not answer in time, so it is not known whether it took the request. The document is safe here. The sent list is asked before anything is sent again.',
  },
  'hub-cut': {
    vi: 'Kết nối bị ngắt giữa chừng nên chưa biết trục liên thông đã nhận hay chưa. Văn bản vẫn an toàn trên máy. Ứng dụng sẽ hỏi lại danh sách đã gửi trước khi gửi tiếp.',
    en: 'The connection was cut, so it is not known whether the hub took the request. The document is safe here. The sent list is asked before anything is sent again.',
  },
  'hub-answer-garbled': {
    vi: 'Câu trả lời không phải của trục liên thông hoặc không đọc được, nên chưa biết yêu cầu đã được nhận hay chưa. Văn bản vẫn an toàn trên máy. Ứng dụng sẽ kiểm tra lại; nếu lặp lại, hãy báo bộ phận kỹ thuật.',
    en: 'The answer is not the hub’s or cannot be read, so it is not known whether the request was taken. The document is safe here. It will be checked; if it happens again, tell IT staff.',
  },
  'hub-answer-too-large': {
    vi: 'Câu trả lời của trục liên thông lớn hơn mức cho phép nên đã bị bỏ. Không có gì bị thay đổi trên máy, văn bản vẫn còn ở trục. Hãy báo bộ phận kỹ thuật xem lại giới hạn.',
    en: 'The answer of the hub is larger than allowed and was dropped. Nothing changed here and the package is still at the hub. Ask IT staff to review the limit.',
  },
  'hub-server-error': {
    vi: 'Máy chủ trục liên thông báo lỗi nên chưa biết yêu cầu đã được nhận hay chưa. Văn bản vẫn an toàn trên máy. Ứng dụng sẽ kiểm tra lại trước khi gửi tiếp.',
    en: 'The hub’s server reported an error, so it is not known whether the request was taken. The document is safe here. It will be checked before anything is sent again.',
  },
  'hub-answer-not-recorded': {
    vi: 'Trục liên thông đã trả lời nhưng máy chưa ghi lại được câu trả lời. Đừng gửi lại; hãy kiểm tra dung lượng đĩa, ứng dụng sẽ đối chiếu với danh sách đã gửi.',
    en: 'The hub answered but the answer could not be recorded here. Do not send again; check the disk space, the sent list will be compared.',
  },
  'package-secret': {
    vi: 'Văn bản mang dấu chỉ mức độ mật nên không được gửi qua mạng. Chưa có gì rời khỏi máy. Hãy chuyển văn bản theo quy định về bảo vệ bí mật nhà nước.',
    en: 'The document carries a secrecy mark and must not travel over the network. Nothing left this machine. Deliver it as the law on state secrets says.',
  },
  'package-too-large': {
    vi: 'Gói tin lớn hơn mức cho phép của trục liên thông nên chưa gửi. Gói tin vẫn còn trên máy. Hãy giảm dung lượng tệp kèm theo hoặc gửi bằng cách khác.',
    en: 'The package is larger than the hub allows and was not sent. It is still here. Reduce its attachments or deliver it in another way.',
  },
  'package-kind-mismatch': {
    vi: 'Loại gói tin không đúng với yêu cầu gửi (văn bản hay trạng thái). Chưa gửi gì. Hãy chọn đúng loại rồi gửi lại.',
    en: 'The package is not of the kind that was to be sent (document or status). Nothing was sent. Choose the right kind.',
  },
  'package-receivers-differ': {
    vi: 'Nơi nhận ghi trong gói tin khác với nơi nhận được chọn, mà cổng kết nối này gửi theo gói tin. Chưa gửi gì. Hãy lập lại gói tin cho đúng nơi nhận.',
    en: 'The receivers in the package are not the chosen ones, and this gateway delivers by the package. Nothing was sent. Make the package again for the right receivers.',
  },
  'package-changed': {
    vi: 'Nội dung gói tin đã thay đổi so với lúc chốt nên việc gửi bị dừng và trục liên thông không nhận được gói hoàn chỉnh. Hãy lập lại gói tin.',
    en: 'The package differs from what was frozen, so sending stopped and the hub received no whole package. Make the package again.',
  },
  'header-not-ascii': {
    vi: 'Mã cơ quan hoặc mã gói tin có ký tự không dùng được khi gửi. Chưa gửi gì. Hãy kiểm tra lại mã trong danh bạ.',
    en: 'An agency code or package id has characters that cannot be sent. Nothing was sent. Check the code in the directory.',
  },
} as const satisfies Record<string, Sentence>;
