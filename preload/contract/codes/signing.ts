// The codes of the room 'signing', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

export const signingCodes = {
  'leader-missing': {
    vi: 'Chưa thể ký số của cơ quan: văn bản chưa có chữ ký số hợp lệ của người có thẩm quyền. Văn bản vẫn nguyên; hãy trình ký trước.',
    en: 'The agency cannot sign yet: the document has no valid signature of the competent person. It was left as it is; have it signed first.',
  },
  'number-missing': {
    vi: 'Chưa thể ký số của cơ quan: văn bản chưa được cấp số, ngày và đăng ký. Văn bản vẫn nguyên; hãy cấp số trước.',
    en: 'The agency cannot sign yet: the document has no number and date. It was left as it is; give them first.',
  },
  'signing-not-leader-profile': {
    vi: 'Hồ sơ này là của văn thư nên không ký thay người có thẩm quyền. Văn bản vẫn nguyên; hãy trình ký trên hồ sơ của người có thẩm quyền.',
    en: 'This is a clerk’s profile and does not sign for the competent person. The document was left as it is.',
  },
  'signing-not-clerk-profile': {
    vi: 'Chỉ văn thư cơ quan được ký số của cơ quan. Văn bản vẫn nguyên; hãy chuyển cho văn thư.',
    en: 'Only the agency’s clerk may apply the agency’s signature. The document was left as it is.',
  },
  'signing-agency-certificate': {
    vi: 'Chứng thư số này của cơ quan, không dùng để ký của người có thẩm quyền. Hãy chọn thiết bị cá nhân.',
    en: 'This certificate belongs to the agency and is not for a person’s signature. Choose the personal device.',
  },
  'signing-person-certificate': {
    vi: 'Chứng thư số này của cá nhân, không dùng để ký số của cơ quan. Hãy cắm thiết bị của cơ quan.',
    en: 'This certificate belongs to a person and is not for the agency’s signature. Plug in the agency’s device.',
  },
  'signing-signer-absent': {
    vi: 'Không thấy thiết bị ký số có chứng thư số đã chọn. Văn bản vẫn nguyên; hãy cắm lại thiết bị và thử lại.',
    en: 'The device with the chosen certificate is not there. The document was left as it is; plug it in and try again.',
  },
  'signing-bytes-changed': {
    vi: 'Tệp trên màn hình không còn là bản mới nhất của văn bản nên không ký. Hãy mở lại văn bản rồi ký.',
    en: 'The file on screen is not the document’s newest version, so it was not signed. Open the document again.',
  },
  'signing-not-verified': {
    vi: 'Chữ ký số vừa tạo không qua được kiểm tra nên không được dùng. Văn bản vẫn nguyên như trước khi ký.',
    en: 'The new signature did not pass the check and is not used. The document is as it was before signing.',
  },
  'signing-number-present': {
    vi: 'Trên trang đã có số, ngày của văn bản này. Văn bản vẫn nguyên; không cấp số lần nữa.',
    en: 'The page already carries number and date. The document was left as it is; no number is given again.',
  },
  'number-no-blank': {
    vi: 'Trang đầu không có chỗ trống sau "Số:" hay sau "ngày", "tháng". Văn bản vẫn nguyên; hãy chừa chỗ trống rồi chuẩn bị lại.',
    en: 'The first page has no blank after "Số:" or after "ngày", "tháng". The document was left as it is; leave a blank and prepare it again.',
  },
  'number-blanks-present': {
    vi: 'Văn bản đã có ô cho số, ngày. Văn bản vẫn nguyên; có thể trình ký.',
    en: 'The document has its fields for number and date already. It was left as it is; it can be presented for signing.',
  },
  'number-blanks-late': {
    vi: 'Văn bản đã có chữ ký số nên không chuẩn bị ô cho số, ngày được nữa. Văn bản vẫn nguyên; khi cấp số, số và ngày sẽ đứng trong ô ký của cơ quan.',
    en: 'The document is signed, so fields for number and date can no longer be prepared. It was left as it is; number and date will stand in fields of the agency’s own.',
  },
  'number-after-seal': {
    vi: 'Không thể cấp số, ngày sau khi cơ quan đã ký số. Văn bản vẫn nguyên.',
    en: 'Number and date cannot be given after the agency has signed. The document was left as it is.',
  },
  'leader-after-seal': {
    vi: 'Không thể ký thêm chữ ký số của người có thẩm quyền sau khi cơ quan đã ký số. Văn bản vẫn nguyên.',
    en: 'The competent person cannot sign after the agency has signed. The document was left as it is.',
  },
  'earlier-signature-broken': {
    vi: 'Không ký: nội dung văn bản đã bị sửa sau chữ ký số trước đó. Văn bản vẫn nguyên; hãy lấy lại bản đúng.',
    en: 'Not signed: the content was changed after an earlier signature. It was left as it is; get the right version.',
  },
  'signing-over-broken': {
    vi: 'Đã ký, nhưng văn bản có chữ ký số trước đó không còn hợp lệ vì nội dung đã bị sửa. Hãy kiểm tra lại trước khi dùng.',
    en: 'Signed, but an earlier signature of the document no longer holds because the content was changed. Check before using it.',
  },
  'signing-would-break-earlier': {
    vi: 'Không ký: chữ ký số mới sẽ làm chữ ký số trước đó mất hiệu lực. Văn bản vẫn nguyên; hãy hỏi người đã ký trước.',
    en: 'Not signed: a new signature would make an earlier one invalid. The document was left as it is; ask whoever signed before.',
  },
  'signing-certified-closed': {
    vi: 'Văn bản có chữ ký số chứng nhận (Certify) không cho phép thay đổi, kể cả ký thêm. Văn bản vẫn nguyên.',
    en: 'The document is certified and allows no change, not even another signature. It was left as it is.',
  },
  'signing-certified-fields': {
    vi: 'Văn bản có chữ ký số chứng nhận (Certify): chữ ký số hiển thị chỉ được đặt vào ô ký có sẵn. Văn bản vẫn nguyên; hãy chọn ô ký có sẵn, nếu không có thì hỏi lại nơi gửi.',
    en: 'The document is certified: a visible signature may stand only in a field that is there. It was left as it is; choose such a field, or ask the sender if there is none.',
  },
  'signing-field-chosen': {
    vi: 'Văn bản có chữ ký số chứng nhận (Certify) nên chữ ký số được đặt vào ô ký duy nhất có sẵn.',
    en: 'The document is certified, so the signature stands in the only field that was ready.',
  },
  'signing-field-hidden': {
    vi: 'Đã ký, nhưng ô ký này không có chỗ trên trang nên chữ ký số không hiển thị.',
    en: 'Signed, but the field has no place on a page, so the signature shows nothing.',
  },
  'signing-field-certifies': {
    vi: 'Ô ký này đòi chữ ký số chứng nhận (Certify), ứng dụng không tạo loại này. Văn bản vẫn nguyên; hãy chọn ô ký khác hoặc hỏi lại người tạo tệp.',
    en: 'This field asks for a certifying signature (MDP), which is not made here. The document was left as it is; choose another field or ask its author.',
  },
  'signing-field-reason': {
    vi: 'Ô ký này chỉ nhận lý do ký do người tạo tệp định sẵn. Văn bản vẫn nguyên; hãy ghi đúng một trong các lý do đó.',
    en: 'This field takes only the reasons its author set. The document was left as it is; give one of them.',
  },
  'signing-field-certificate': {
    vi: 'Ô ký này chỉ dành cho chứng thư số khác (người tạo tệp đã định người ký hoặc nơi cấp). Văn bản vẫn nguyên; hãy dùng đúng thiết bị hoặc chọn ô ký khác.',
    en: 'This field is for another certificate (its author set the signer or the issuer). The document was left as it is; use that device or choose another field.',
  },
  'signing-field-condition': {
    vi: 'Ô ký này đặt điều kiện kỹ thuật mà chữ ký số của ứng dụng không đáp ứng. Văn bản vẫn nguyên; hãy chọn ô ký khác hoặc hỏi lại người tạo tệp.',
    en: 'This field sets a technical condition that the signatures made here do not meet. The document was left as it is; choose another field or ask its author.',
  },
  'signing-field-missing': {
    vi: 'Văn bản không có ô ký với tên đã chọn. Không có gì bị thay đổi; hãy chọn lại ô ký.',
    en: 'The document has no signature field of that name. Nothing was changed; choose another field.',
  },
  'signing-field-signed': {
    vi: 'Ô ký này đã có chữ ký số. Không có gì bị thay đổi; hãy chọn ô ký khác.',
    en: 'That field is signed already. Nothing was changed; choose another field.',
  },
  'signing-field-locked': {
    vi: 'Một chữ ký số trước đó đã khóa ô ký này. Không có gì bị thay đổi; hãy chọn ô ký khác.',
    en: 'An earlier signature has locked that field. Nothing was changed; choose another field.',
  },
  'signing-place-missing': {
    vi: 'Chưa có vị trí đặt chữ ký số. Hãy chọn vị trí trên trang.',
    en: 'There is no place for the signature yet. Choose one on the page.',
  },
  'signing-place-outside': {
    vi: 'Vị trí đặt chữ ký số nằm ngoài trang. Không có gì bị thay đổi; hãy chọn lại vị trí.',
    en: 'The place of the signature lies outside the page. Nothing was changed; choose another place.',
  },
  'signing-place-moved': {
    vi: 'Vị trí đã chọn không nằm trọn trên trang nên chữ ký số được đặt lại cho vừa trang. Hãy xem lại vị trí.',
    en: 'The chosen place was not wholly on the page, so the signature was moved to fit. Look at where it stands.',
  },
  'urgency-after-signature': {
    vi: 'Không thêm được dấu độ khẩn: văn bản đã có chữ ký số. Độ khẩn do người có thẩm quyền quyết định trước khi ký. Văn bản vẫn nguyên; hãy đề nghị ký lại bản có dấu độ khẩn.',
    en: 'The urgency mark cannot be added: the document is signed. The competent person decides on urgency before signing. The document was left as it is; ask for a new signature on a marked draft.',
  },
  'copy-electronic-original': {
    vi: 'Không lập được: văn bản này là văn bản điện tử. Sao y và sao lục sang điện tử chỉ làm từ văn bản giấy đã quét (NĐ 30/2020, Điều 25). Tệp vẫn nguyên; hãy gửi chính văn bản điện tử đó, hoặc trích sao.',
    en: 'Not made: this is an electronic document. An electronic true or extended copy is made from scanned paper only (Decree 30/2020, Art. 25). The file was left as it is; send the electronic document itself, or make an excerpt.',
  },
  'copy-of-copy': {
    vi: 'Không lập được: sao y làm từ bản gốc hoặc bản chính. Tệp vẫn nguyên; nếu nguồn đã là bản sao y thì chọn hình thức sao lục.',
    en: 'Not made: a true copy is made from an original. The file was left as it is; if the source is a true copy already, choose the form SAO LỤC.',
  },
  'copy-needs-copy': {
    vi: 'Không lập được: sao lục làm từ bản sao y. Tệp vẫn nguyên; nếu nguồn là bản gốc hoặc bản chính thì chọn hình thức sao y.',
    en: 'Not made: SAO LỤC is made from a true copy. The file was left as it is; if the source is an original, choose the form SAO Y.',
  },
  'copy-excerpt-of-copy': {
    vi: 'Không lập được: trích sao làm từ bản gốc hoặc bản chính, không làm từ bản sao y. Tệp vẫn nguyên; hãy chọn lại nguồn.',
    en: 'Not made: an excerpt is taken from an original, not from a copy. The file was left as it is; choose the source again.',
  },
  'copy-excerpt-whole': {
    vi: 'Không lập được: tệp này là cả văn bản đã ký số, không phải phần cần trích. Tệp vẫn nguyên; hãy chọn tệp PDF chỉ có phần nội dung được trích.',
    en: 'Not made: this file is the whole signed document, not the excerpt. The file was left as it is; choose a PDF that holds the excerpt alone.',
  },
  'copy-source-assumed': {
    vi: 'Tệp không cho biết được quét từ đâu: sao y và trích sao phải làm từ bản gốc hoặc bản chính, sao lục làm từ bản sao y. Văn bản đã ký; hãy kiểm tra nguồn trước khi gửi.',
    en: 'The file does not say what was scanned: SAO Y and TRÍCH SAO are made from an original, SAO LỤC from a true copy. The document is signed; check the source before sending it.',
  },
  'copy-missing': {
    vi: 'Văn bản này không phải là bản sao y, bản sao lục hay bản trích sao nên không ký theo hình thức đó. Văn bản vẫn nguyên.',
    en: 'This document is no copy, so it is not signed as one. The document was left as it is.',
  },
  'signing-image-invalid': {
    vi: 'Ảnh chữ ký hoặc ảnh con dấu không phải là PNG đọc được. Không có gì bị thay đổi; hãy chọn ảnh PNG khác.',
    en: 'The picture of the signature or seal is not a readable PNG. Nothing was changed; choose another PNG.',
  },
  'signing-image-too-large': {
    vi: 'Ảnh chữ ký hoặc ảnh con dấu quá lớn. Không có gì bị thay đổi; hãy dùng ảnh nhỏ hơn 40 triệu điểm ảnh.',
    en: 'The picture of the signature or seal is too large. Nothing was changed; use one under 40 million pixels.',
  },
  'signing-font-unusable': {
    vi: 'Không đọc được phông chữ đi kèm ứng dụng. Văn bản vẫn nguyên; hãy cài lại ứng dụng.',
    en: 'The font that comes with the application cannot be read. The document was left as it is; install again.',
  },
  'signing-certificate-unusable': {
    vi: 'Chứng thư số này không dùng để ký được. Văn bản vẫn nguyên; hãy chọn chứng thư số khác.',
    en: 'This certificate cannot be used for signing. The document was left as it is; choose another one.',
  },
  'signing-signature-wrong': {
    vi: 'Thiết bị ký số trả về chữ ký số không khớp với chứng thư số nên không được dùng. Văn bản vẫn nguyên; hãy rút và cắm lại thiết bị rồi thử lại.',
    en: 'The device returned a signature that does not match the certificate; it was not used. The document was left as it is; plug the device in again and retry.',
  },
  'signing-gap-too-small': {
    vi: 'Chữ ký số dài hơn chỗ đã dành. Văn bản vẫn nguyên; hãy ký lại.',
    en: 'The signature is longer than the room reserved for it. The document was left as it is; sign again.',
  },
  'signing-verification-failed': {
    vi: 'Chữ ký số vừa tạo không qua được bước kiểm tra lại nên không được lưu. Văn bản vẫn nguyên; hãy thử lại.',
    en: 'The new signature did not pass verification and was not kept. The document was left as it is; try again.',
  },
  'signing-same-file': {
    vi: 'Tệp kết quả trùng với tệp gốc. Tệp gốc không bị ghi đè; hãy chọn nơi lưu khác.',
    en: 'The output is the input file. The input is never overwritten; choose another place.',
  },
  'signing-source-changed': {
    vi: 'Tệp gốc đã thay đổi trong lúc ký nên chữ ký số không được dùng. Hãy kiểm tra tệp và ký lại.',
    en: 'The input changed while it was being signed, so the signature was not used. Check the file and sign again.',
  },
  'signing-text-unshown': {
    vi: 'Một số ký tự không có trong phông chữ nên không hiện trên ô chữ ký số.',
    en: 'Some characters are not in the font and do not show in the signature.',
  },
  'signing-trailing-data': {
    vi: 'Tệp có dữ liệu thừa sau phần cuối. Hãy xem kỹ văn bản trước khi dùng.',
    en: 'The file has extra data after its end. Look at the document with care before using it.',
  },
  'signing-xfa-form': {
    vi: 'Văn bản có biểu mẫu XFA; một số phần mềm có thể hiển thị khác với những gì đã ký.',
    en: 'The document holds an XFA form; some programs may show something other than what was signed.',
  },
  'signing-usage-rights': {
    vi: 'Văn bản có quyền sử dụng mở rộng của nhà sản xuất; các quyền đó mất hiệu lực sau khi ký.',
    en: 'The document has extended usage rights of its maker; they end with this signature.',
  },
  'signing-chain-unknown': {
    vi: 'Chưa xác định được chuỗi tin cậy của chứng thư số đã ký. Văn bản đã được ký; hãy kiểm tra lại khi có đủ chứng thư số gốc.',
    en: 'The trust chain of the signing certificate is not known. The document is signed; check again when the root certificates are there.',
  },
  'signing-trust-required': {
    vi: 'Không ký: chưa xác định được chuỗi tin cậy hoặc tình trạng chứng thư số, mà lệnh yêu cầu phải có. Văn bản vẫn nguyên; hãy bổ sung chứng thư số gốc hoặc chờ có mạng.',
    en: 'Not signed: trust chain or status of the certificate is not known, and it was required. The document was left as it is; add the root certificates or wait for a network.',
  },
  'signing-status-unknown': {
    vi: 'Chưa kiểm tra được tình trạng chứng thư số. Văn bản đã được ký; hãy kiểm tra lại khi có mạng.',
    en: 'The status of the certificate could not be checked. The document is signed; check again when there is a network.',
  },
  'signing-timestamp-failed': {
    vi: 'Chưa có dấu thời gian vì không nơi cấp nào trả lời được. Chữ ký số vẫn được giữ nguyên; hãy nâng mức chữ ký số khi có mạng.',
    en: 'There is no time stamp: no authority could answer. The signature is kept as it is; raise its level when there is a network.',
  },
  'signing-timestamp-refused': {
    vi: 'Nơi cấp dấu thời gian từ chối yêu cầu. Chữ ký số vẫn được giữ nguyên; hãy thử nơi cấp khác.',
    en: 'The time-stamping authority refused the request. The signature is kept as it is; try another authority.',
  },
  'signing-timestamp-wrong': {
    vi: 'Dấu thời gian nhận được không đúng với yêu cầu nên không được dùng. Chữ ký số vẫn được giữ nguyên; hãy thử nơi cấp khác.',
    en: 'The time stamp received is not what was asked for and is not used. The signature is kept as it is; try another authority.',
  },
  'signing-validation-data-missing': {
    vi: 'Chưa lấy đủ chứng thư số và tình trạng để kiểm tra lâu dài. Chữ ký số vẫn được giữ nguyên; hãy bổ sung chứng thư số gốc hoặc nâng mức lại khi có mạng.',
    en: 'Certificates and status for lasting validation are not complete. The signature is kept as it is; add the root certificates or raise it again when there is a network.',
  },
  'signing-nothing-to-raise': {
    vi: 'Tệp không có chữ ký số nào để nâng mức. Tệp vẫn nguyên; hãy ký trước.',
    en: 'The file has no signature whose level could be raised. It was left as it is; sign it first.',
  },
  'signing-level-lower': {
    vi: 'Chữ ký số chưa đạt mức đã yêu cầu. Chữ ký số vẫn hợp lệ ở mức được ghi; hãy bổ sung chứng thư số gốc hoặc nâng mức lại khi có mạng.',
    en: 'The signature has not reached the level asked for. It holds at the level named; add the root certificates or raise it again when there is a network.',
  },
} as const satisfies Record<string, Sentence>;
