// The codes of the room 'verifying', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const verifyingCodes = {
  // The signature itself.
  'signature-unreadable': {
    vi: 'Trường chữ ký số có trong văn bản nhưng không đọc được, nên không thể coi là đã ký. Không tiếp nhận; hãy đề nghị nơi gửi gửi lại.',
    en: 'The document holds a signature field that cannot be read, so it does not count as signed. Do not accept it; ask the sender to send it again.',
  },
  'signature-orphaned': {
    vi: 'Trong tệp có dữ liệu chữ ký số không còn gắn với trường chữ ký số nào. Chữ ký số có thể đã bị gỡ. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'The file holds signature data that no signature field refers to. A signature may have been removed. Do not accept it; ask the sender.',
  },
  'signature-byte-range': {
    vi: 'Vùng dữ liệu được ký (ByteRange) sai cấu trúc. Chữ ký số không có giá trị; hãy đề nghị nơi gửi ký lại.',
    en: 'The signed range (ByteRange) is malformed. The signature has no value; ask the sender to sign again.',
  },
  'signature-gap': {
    vi: 'Có dữ liệu lạ nằm ngoài phần được ký, ngay tại vị trí chữ ký số. Chữ ký số không có giá trị; hãy báo cho nơi gửi.',
    en: 'There is foreign data outside the signed part, at the place of the signature. The signature has no value; tell the sender.',
  },
  'signature-partial': {
    vi: 'Chữ ký số chỉ bao phủ một phần văn bản. Phần còn lại không được bảo vệ; không tiếp nhận.',
    en: 'The signature covers only a part of the document. The rest is not protected; do not accept it.',
  },
  'signature-kind-unsupported': {
    vi: 'Chữ ký số thuộc loại mà ứng dụng không kiểm tra được. Hãy hỏi nơi gửi hoặc đề nghị ký lại theo chuẩn PAdES.',
    en: 'The signature is of a kind this application cannot check. Ask the sender, or ask for a PAdES signature.',
  },
  'signature-cms-damaged': {
    vi: 'Dữ liệu bên trong chữ ký số bị hỏng. Chữ ký số không có giá trị; hãy đề nghị nơi gửi gửi lại.',
    en: 'The data inside the signature is damaged. The signature has no value; ask the sender to send it again.',
  },
  'signature-signers': {
    vi: 'Một trường chữ ký số phải có đúng một người ký. Chữ ký số này không đúng quy cách và không có giá trị.',
    en: 'One signature field must have exactly one signer. This signature is malformed and has no value.',
  },
  'signature-attributes': {
    vi: 'Các thuộc tính được ký của chữ ký số thiếu hoặc bị lặp. Chữ ký số không có giá trị.',
    en: 'The signed attributes of the signature are missing or repeated. The signature has no value.',
  },
  'signature-content-changed': {
    vi: 'Nội dung đã bị sửa sau khi ký. Không tiếp nhận; hãy đề nghị nơi gửi gửi lại bản đúng.',
    en: 'The content was changed after it was signed. Do not accept it; ask the sender for the right file.',
  },
  'signature-value-wrong': {
    vi: 'Chữ ký số không khớp với khóa của chứng thư số. Chữ ký số không có giá trị.',
    en: 'The signature does not match the key of its certificate. The signature has no value.',
  },
  'signature-certificate-absent': {
    vi: 'Chữ ký số không kèm chứng thư số của người ký nên không biết ai đã ký.',
    en: 'The signature does not carry the certificate of its signer, so nobody can tell who signed.',
  },
  'signature-certificate-mismatch': {
    vi: 'Chứng thư số đi kèm không phải là chứng thư số mà người ký đã ký kèm. Chữ ký số không có giá trị.',
    en: 'The certificate that comes with the signature is not the one the signer bound to it. The signature has no value.',
  },
  'signature-certificate-unbound': {
    vi: 'Chữ ký số không ghi rõ chứng thư số đã dùng (thiếu signing-certificate), nên chưa đạt mức PAdES cơ bản.',
    en: 'The signature does not name the certificate it was made with (no signing-certificate), so it is below PAdES baseline.',
  },
  'signature-attributes-order': {
    vi: 'Thuộc tính được ký không được xếp theo quy tắc DER, nhưng chữ ký số vẫn khớp.',
    en: 'The signed attributes are not in DER order, but the signature matches.',
  },
  'signature-padding': {
    vi: 'Sau dữ liệu chữ ký số còn dữ liệu thừa không được ký. Phần này không hiển thị và không có giá trị.',
    en: 'Extra unsigned data follows the signature. It is never shown and has no value.',
  },
  'signature-time-shifted': {
    vi: 'Giờ ký do máy người ký ghi lệch đúng 7 giờ so với dấu thời gian (lỗi múi giờ thường gặp). Dấu thời gian được dùng làm giờ ký.',
    en: 'The signing time written by the signer is off by seven hours from the time stamp (a common time zone fault). The time stamp counts.',
  },
  // Algorithms.
  'algorithm-weak': {
    vi: 'Chữ ký số dùng thuật toán hoặc độ dài khóa đã lỗi thời, không còn đủ an toàn. Hãy đề nghị nơi gửi ký lại bằng thuật toán theo quy định.',
    en: 'The signature uses an outdated algorithm or key length that is no longer safe. Ask the sender to sign again with an approved algorithm.',
  },
  'algorithm-unsupported': {
    vi: 'Chữ ký số dùng thuật toán mà ứng dụng không kiểm tra được. Chưa thể xác nhận; hãy hỏi nơi gửi.',
    en: 'The signature uses an algorithm this application cannot check. It cannot be confirmed; ask the sender.',
  },
  'algorithm-mismatch': {
    vi: 'Các thuật toán ghi trong chữ ký số mâu thuẫn với nhau. Chữ ký số không có giá trị.',
    en: 'The algorithms named in the signature contradict each other. The signature has no value.',
  },
  // The certificate path.
  'asn1-damaged': {
    vi: 'Dữ liệu chứng thư số hoặc chữ ký số bị hỏng, không đọc được.',
    en: 'Certificate or signature data is damaged and cannot be read.',
  },
  'trust-unusable': {
    vi: 'Không đọc được chứng thư số hoặc danh sách thu hồi chứng thư số nào trong tệp tin cậy đã cho.',
    en: 'No certificate and no revocation list can be read from the given trust file.',
  },
  'chain-no-anchors': {
    vi: 'Máy này chưa có chứng thư số gốc tin cậy nào, nên chưa xác nhận được người ký. Hãy liên hệ bộ phận kỹ thuật.',
    en: 'This machine has no trusted root certificate, so the signer cannot be confirmed. Contact support.',
  },
  'chain-issuer-missing': {
    vi: 'Thiếu chứng thư số của nơi cấp nên chưa xác nhận được người ký. Chờ có mạng hoặc hỏi nơi gửi.',
    en: 'The certificate of the issuer is missing, so the signer cannot be confirmed yet. Wait for the network or ask the sender.',
  },
  'chain-untrusted': {
    vi: 'Chứng thư số không do tổ chức được tin cậy cấp. Chưa thể xác nhận người ký; hãy hỏi nơi gửi.',
    en: 'The certificate was not issued by a trusted authority. The signer cannot be confirmed; ask the sender.',
  },
  'chain-expired': {
    vi: 'Chứng thư số đã hết hạn vào thời điểm được kiểm tra.',
    en: 'A certificate had expired at the time of the check.',
  },
  'chain-not-yet-valid': {
    vi: 'Chứng thư số chưa có hiệu lực vào thời điểm được kiểm tra.',
    en: 'A certificate was not yet valid at the time of the check.',
  },
  'chain-not-authority': {
    vi: 'Một chứng thư số trong đường dẫn tin cậy không được phép cấp chứng thư số khác.',
    en: 'A certificate in the path is not allowed to issue other certificates.',
  },
  'chain-usage': {
    vi: 'Chứng thư số không được cấp cho mục đích ký này.',
    en: 'The certificate was not issued for this kind of signing.',
  },
  'chain-too-long': {
    vi: 'Đường dẫn chứng thư số dài hơn mức cho phép.',
    en: 'The certificate path is longer than allowed.',
  },
  'chain-name-forbidden': {
    vi: 'Tên trong chứng thư số nằm ngoài phạm vi mà nơi cấp được phép cấp.',
    en: 'A name in the certificate lies outside what its issuer may certify.',
  },
  'chain-extension-unknown': {
    vi: 'Chứng thư số có điều kiện bắt buộc mà ứng dụng không hiểu, nên không thể tin cậy.',
    en: 'A certificate has a critical condition this application does not understand, so it cannot be trusted.',
  },
  'chain-algorithm': {
    vi: 'Một chứng thư số trong đường dẫn dùng thuật toán quá yếu hoặc không kiểm tra được.',
    en: 'A certificate in the path uses an algorithm that is too weak or cannot be checked.',
  },
  // Revocation.
  'revocation-revoked': {
    vi: 'Chứng thư số của người ký đã bị thu hồi. Không tiếp nhận; hãy báo cho nơi gửi.',
    en: 'The certificate of the signer was revoked. Do not accept it; tell the sender.',
  },
  'revocation-issuer-revoked': {
    vi: 'Chứng thư số của nơi cấp đã bị thu hồi. Không tiếp nhận; hãy báo cho nơi gửi.',
    en: 'The certificate of the issuer was revoked. Do not accept it; tell the sender.',
  },
  'revocation-later': {
    vi: 'Chứng thư số bị thu hồi sau thời điểm ký; lúc ký thì vẫn còn hiệu lực.',
    en: 'The certificate was revoked after the time of signing; it was valid when it signed.',
  },
  'revocation-unknown': {
    vi: 'Chưa kiểm tra được tình trạng chứng thư số. Chờ có mạng hoặc hỏi nơi gửi.',
    en: 'The status of the certificate could not be checked. Wait for the network or ask the sender.',
  },
  // Time stamps.
  'timestamp-damaged': {
    vi: 'Dấu thời gian kèm chữ ký số bị hỏng nên không được tính. Giờ ký chỉ là giờ do người ký tự ghi.',
    en: 'The time stamp of the signature is damaged and does not count. The signing time is only what the signer wrote.',
  },
  'timestamp-mismatch': {
    vi: 'Dấu thời gian không thuộc về chữ ký số này nên không được tính.',
    en: 'The time stamp does not belong to this signature and does not count.',
  },
  'timestamp-untrusted': {
    vi: 'Chưa xác nhận được nơi cấp dấu thời gian nên dấu thời gian chưa được tính.',
    en: 'The time-stamping authority could not be confirmed, so the time stamp does not count.',
  },
  // Changes after signing.
  'changes-form': {
    vi: 'Sau khi ký, có ô biểu mẫu được điền thêm.',
    en: 'Form fields were filled in after signing.',
  },
  'changes-annotation': {
    vi: 'Sau khi ký, có ghi chú hoặc hình được thêm lên trang văn bản.',
    en: 'Notes or drawings were added to the pages after signing.',
  },
  'changes-other': {
    vi: 'Nội dung văn bản đã bị thay đổi sau khi ký. Không tiếp nhận; hãy đề nghị nơi gửi gửi lại bản đúng.',
    en: 'The document was changed after it was signed. Do not accept it; ask the sender for the right file.',
  },
  'changes-forbidden': {
    vi: 'Người ký không cho phép loại thay đổi đã được làm sau khi ký. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'The signer did not permit the kind of change made after signing. Do not accept it; ask the sender.',
  },
  'changes-locked-field': {
    vi: 'Một ô biểu mẫu đã khóa bị thay đổi sau khi ký. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'A locked form field was changed after signing. Do not accept it; ask the sender.',
  },
  'changes-trailing-data': {
    vi: 'Cuối tệp có dữ liệu lạ được nối thêm sau khi ký. Không tiếp nhận; hãy đề nghị nơi gửi gửi lại.',
    en: 'Foreign data was appended to the file after signing. Do not accept it; ask the sender to send it again.',
  },
  'changes-unreadable': {
    vi: 'Phần được thêm vào sau khi ký không đọc được, nên không biết đã sửa gì. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'What was added after signing cannot be read, so nobody can tell what changed. Do not accept it; ask the sender.',
  },
  'changes-two-readings': {
    vi: 'Phần được thêm vào sau khi ký có thể được đọc theo hai cách khác nhau. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'What was added after signing can be read in two different ways. Do not accept it; ask the sender.',
  },
  'changes-appearance-differs': {
    vi: 'Sau khi ký, có ô biểu mẫu được điền mà chữ hiện trên trang khác với giá trị của ô. Không tiếp nhận; hãy hỏi nơi gửi.',
    en: 'After signing, a form field was filled so that the page shows other words than the field holds. Do not accept it; ask the sender.',
  },
  'changes-active-content': {
    vi: 'Sau khi ký, có mã lệnh tự chạy được thêm vào văn bản. Không tiếp nhận; hãy báo cho nơi gửi.',
    en: 'Active content was added to the document after signing. Do not accept it; tell the sender.',
  },
  'changes-unsigned-picture': {
    vi: 'Sau khi ký, có chữ hoặc hình được đặt vào ô chữ ký số còn trống, chưa có chữ ký số nào bảo đảm cho phần này. Hãy chờ ký tiếp hoặc hỏi nơi gửi.',
    en: 'After signing, text or a picture was put into an empty signature field, and no later signature vouches for it. Wait for the next signature or ask the sender.',
  },
  'changes-overlap': {
    vi: 'Hình của chữ ký số thêm sau che lên phần đã ký trước. Hãy xem kỹ bản đã ký trước khi quyết định.',
    en: 'The picture of a later signature lies over what was signed before. Look at the signed version before deciding.',
  },
} as const satisfies Record<string, Sentence>;
