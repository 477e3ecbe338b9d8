// The codes of the room 'token', each with its sentence. Nothing else.
import type { Sentence } from '../sentence';

/** Where nothing was signed and nothing was spent, the sentence says so: the clerk fears a locked device most. */
export const tokenCodes = {
  'token-absent': {
    vi: 'Không thấy thiết bị ký số nào. Chưa có gì được ký. Hãy cắm thiết bị rồi thử lại.',
    en: 'No signing device is present. Nothing was signed. Plug the device in and try again.',
  },
  'token-removed': {
    vi: 'Thiết bị ký số đã bị rút ra. Văn bản vẫn nguyên và chưa được ký. Hãy cắm lại thiết bị rồi ký lại.',
    en: 'The signing device was removed. The document is untouched and not signed. Plug it in and sign again.',
  },
  'token-not-recognized': {
    vi: 'Thiết bị trong đầu đọc không phải loại mà trình điều khiển này nhận ra. Chưa có gì được ký. Hãy cài trình điều khiển của nhà cung cấp.',
    en: 'The driver does not recognize the device in the reader. Nothing was signed. Install the vendor’s driver.',
  },
  'token-not-initialized': {
    vi: 'Thiết bị ký số chưa được khởi tạo. Chưa có gì được ký. Hãy liên hệ cơ quan cấp thiết bị.',
    en: 'The signing device is not initialized. Nothing was signed. Contact whoever issued the device.',
  },
  'token-changed': {
    vi: 'Thiết bị đang cắm không phải thiết bị đã chọn, hoặc chứng thư số trên đó đã đổi. Chưa có gì được ký. Hãy chọn lại chứng thư số.',
    en: 'The device now present is not the chosen one, or its certificate has changed. Nothing was signed. Choose the certificate again.',
  },
  'token-driver-absent': {
    vi: 'Không tìm thấy trình điều khiển thiết bị ký số ở đường dẫn đã cho. Hãy cài trình điều khiển hoặc sửa đường dẫn.',
    en: 'The signing device’s driver is not at the given path. Install the driver or correct the path.',
  },
  'token-driver-path': {
    vi: 'Đường dẫn trình điều khiển thiết bị ký số phải là đường dẫn tuyệt đối. Hãy sửa lại cấu hình.',
    en: 'A driver’s path must be absolute. Correct the configuration.',
  },
  'token-driver-wrong-machine': {
    vi: 'Trình điều khiển thiết bị ký số này dành cho loại máy khác (ví dụ bản 32 bit, còn ứng dụng là 64 bit). Hãy xin nhà cung cấp bản đúng loại máy.',
    en: 'This driver is for another kind of machine (for example 32-bit while the application is 64-bit). Ask the vendor for the right build.',
  },
  'token-driver-32-bit': {
    vi: 'Trình điều khiển thiết bị ký số này là bản 32 bit, còn máy và ứng dụng là 64 bit nên không nạp được. Hãy xin nhà cung cấp bản 64 bit rồi cài lại.',
    en: 'This driver is 32-bit, while the machine and the application are 64-bit, so it cannot be loaded. Ask the vendor for the 64-bit build and install it.',
  },
  'token-driver-not-pkcs11': {
    vi: 'Tệp này là thư viện nhưng không phải trình điều khiển PKCS#11 (có thể là thành phần khác của cùng nhà cung cấp). Hãy chọn tệp PKCS#11 đi cùng thiết bị ký số.',
    en: 'This file is a library but no PKCS#11 driver (perhaps another part of the same vendor). Choose the PKCS#11 file of the signing device.',
  },
  'token-driver-dependency': {
    vi: 'Không nạp được trình điều khiển thiết bị ký số vì thiếu thành phần mà nó cần. Hãy cài lại trọn bộ của nhà cung cấp, không chép riêng một tệp.',
    en: 'The driver cannot be loaded because something it needs is missing. Install the vendor’s whole package again instead of copying one file.',
  },
  'token-driver-broken': {
    vi: 'Không nạp được trình điều khiển thiết bị ký số: tệp hỏng hoặc không phải thư viện. Hãy cài lại trình điều khiển.',
    en: 'The driver cannot be loaded: the file is damaged or no library. Reinstall the driver.',
  },
  'token-native-missing': {
    vi: 'Thành phần đọc thiết bị ký số của ứng dụng chưa được dựng cho máy này. Hãy chạy lại bước cài đặt.',
    en: 'The application’s PKCS#11 component is not built for this machine. Run the setup step again.',
  },
  'token-driver-error': {
    vi: 'Trình điều khiển thiết bị ký số báo lỗi. Chưa có gì được ký. Hãy rút ra, cắm lại thiết bị rồi thử lại; nếu vẫn lỗi, gửi mã này cho bộ phận kỹ thuật.',
    en: 'The driver reported an error. Nothing was signed. Unplug and replug the device and try again; if it persists, give this code to support.',
  },
  'token-device-error': {
    vi: 'Thiết bị ký số báo lỗi phần cứng. Chưa có gì được ký. Hãy rút ra, cắm lại rồi thử lại; nếu vẫn lỗi, liên hệ cơ quan cấp thiết bị.',
    en: 'The device reported a hardware fault. Nothing was signed. Replug it and try again; if it persists, contact its issuer.',
  },
  'token-memory': {
    vi: 'Máy hoặc thiết bị ký số hết bộ nhớ. Chưa có gì được ký. Hãy đóng bớt chương trình, cắm lại thiết bị rồi thử lại.',
    en: 'The machine or the device is out of memory. Nothing was signed. Close some programs, replug the device and try again.',
  },
  'token-busy': {
    vi: 'Thiết bị ký số đang bận: một lần ký khác hoặc chương trình khác đang dùng. Chưa có gì được ký. Hãy chờ xong rồi thử lại.',
    en: 'The device is busy with another signing or another program. Nothing was signed. Wait and try again.',
  },
  'token-hung': {
    vi: 'Thiết bị ký số không trả lời trong thời gian cho phép nên ứng dụng đã ngừng chờ. Văn bản vẫn nguyên. Hãy rút ra, cắm lại thiết bị rồi ký lại; mã PIN không được tự gửi lại.',
    en: 'The device did not answer in time and was given up. The document is untouched. Replug it and sign again; the PIN is never sent again by itself.',
  },
  'token-crashed': {
    vi: 'Trình điều khiển thiết bị ký số đã ngừng đột ngột. Văn bản và hàng chờ vẫn nguyên. Hãy cắm lại thiết bị rồi ký lại; mã PIN không được tự gửi lại.',
    en: 'The driver stopped suddenly. The document and the queue are untouched. Replug the device and sign again; the PIN is never sent again by itself.',
  },
  'token-session-ended': {
    vi: 'Phiên làm việc với thiết bị ký số đã kết thúc. Chưa có gì được ký thêm. Hãy bấm ký lại.',
    en: 'The session with the device has ended. Nothing more was signed. Start signing again.',
  },
  'token-login-needed': {
    vi: 'Thiết bị ký số đòi nhập mã PIN trước khi ký. Chưa có gì được ký. Hãy bấm ký lại.',
    en: 'The device wants the PIN before signing. Nothing was signed. Start signing again.',
  },
  'token-pin-wrong': {
    vi: 'Mã PIN không đúng. Chưa có gì được ký. Nhập sai liên tiếp sẽ khóa thiết bị; hãy kiểm tra kỹ trước khi nhập lại.',
    en: 'The PIN is wrong. Nothing was signed. Repeated mistakes lock the device; check carefully before trying again.',
  },
  'token-pin-length': {
    vi: 'Mã PIN ngắn hoặc dài hơn thiết bị cho phép. Chưa có gì được ký. Hãy nhập lại.',
    en: 'The PIN is shorter or longer than the device allows. Nothing was signed. Enter it again.',
  },
  'token-pin-locked': {
    vi: 'Thiết bị ký số đã bị khóa vì nhập sai mã PIN nhiều lần. Chưa có gì được ký. Hãy đề nghị cơ quan quản lý chứng thư số mở khóa.',
    en: 'The device is locked after too many wrong PINs. Nothing was signed. Ask the certificate authority to unlock it.',
  },
  'token-signature-pin-wrong': {
    vi: 'Mã PIN ký số riêng của khóa không đúng (mã PIN thiết bị thì đúng). Chưa có gì được ký thêm và không mã nào được tự gửi lại. Nhập sai liên tiếp sẽ khóa khóa ký; hãy kiểm tra kỹ rồi ký lại.',
    en: 'The key’s own signature PIN is wrong (the device PIN was right). Nothing more was signed and no PIN is sent again by itself. Repeated mistakes lock the key; check carefully, then sign again.',
  },
  'token-signature-pin-locked': {
    vi: 'Mã PIN ký số riêng của khóa đã bị khóa vì nhập sai nhiều lần. Chưa có gì được ký thêm. Hãy đề nghị cơ quan quản lý chứng thư số mở khóa.',
    en: 'The key’s own signature PIN is locked after too many mistakes. Nothing more was signed. Ask the certificate authority to unlock it.',
  },
  'token-pin-expired': {
    vi: 'Mã PIN đã hết hạn hoặc phải đổi trước khi dùng. Chưa có gì được ký. Hãy đổi mã PIN bằng công cụ của nhà cung cấp rồi ký lại.',
    en: 'The PIN has expired or must be changed first. Nothing was signed. Change it with the vendor’s tool, then sign again.',
  },
  'token-pin-not-set': {
    vi: 'Thiết bị ký số chưa được đặt mã PIN. Chưa có gì được ký. Hãy đặt mã PIN bằng công cụ của nhà cung cấp.',
    en: 'No PIN is set on the device. Nothing was signed. Set it with the vendor’s tool.',
  },
  'token-pin-confirm': {
    vi: 'Đây là lần nhập mã PIN cuối cùng và chưa có xác nhận. Mã PIN chưa được gửi tới thiết bị. Hãy xác nhận rồi mới ký.',
    en: 'This is the last PIN try and it was not confirmed. The PIN was not sent to the device. Confirm before signing.',
  },
  'token-certificate-absent': {
    vi: 'Không thấy chứng thư số đã chọn trên thiết bị đang cắm. Chưa có gì được ký. Hãy cắm đúng thiết bị hoặc chọn lại chứng thư số.',
    en: 'The chosen certificate is not on any device present. Nothing was signed. Plug in the right device or choose again.',
  },
  'token-certificate-expired': {
    vi: 'Chứng thư số đã hết hạn nên không dùng để ký được. Hãy gia hạn tại cơ quan cấp chứng thư số.',
    en: 'The certificate has expired and cannot sign. Renew it with its authority.',
  },
  'token-certificate-not-yet-valid': {
    vi: 'Chứng thư số chưa đến ngày có hiệu lực. Hãy kiểm tra ngày giờ của máy.',
    en: 'The certificate is not valid yet. Check this machine’s clock.',
  },
  'token-certificate-authority': {
    vi: 'Đây là chứng thư số của cơ quan cấp chứng thư số, không dùng để ký văn bản.',
    en: 'This is an authority’s certificate; it does not sign documents.',
  },
  'token-certificate-key-usage': {
    vi: 'Chứng thư số này được cấp cho mục đích khác, không dùng để ký văn bản.',
    en: 'This certificate was issued for another purpose and may not sign documents.',
  },
  'token-certificate-no-key': {
    vi: 'Thiết bị có chứng thư số này nhưng không có khóa bí mật đi kèm nên không ký được.',
    en: 'The device holds this certificate but not its private key, so it cannot sign.',
  },
  'token-certificate-key-unsupported': {
    vi: 'Loại khóa của chứng thư số này chưa được hỗ trợ để ký văn bản. Hãy dùng chứng thư số RSA hoặc EC thông dụng.',
    en: 'This certificate’s kind of key is not supported for signing. Use a certificate with an RSA or NIST EC key.',
  },
  'token-certificate-key-weak': {
    vi: 'Khóa của chứng thư số này quá ngắn (RSA dưới 2048 bit) nên không dùng để ký văn bản. Hãy đề nghị cấp lại chứng thư số.',
    en: 'This certificate’s key is too short (RSA under 2048 bits) to sign documents. Ask for a new certificate.',
  },
  'token-certificate-unreadable': {
    vi: 'Không đọc được chứng thư số này trên thiết bị. Các chứng thư số khác không bị ảnh hưởng.',
    en: 'This certificate on the device cannot be read. Other certificates are not affected.',
  },
  'token-mechanism-absent': {
    vi: 'Thiết bị ký số không hỗ trợ thuật toán ký cần dùng. Chưa có gì được ký. Hãy dùng thiết bị hoặc trình điều khiển mới hơn.',
    en: 'The device does not support the signing algorithm needed. Nothing was signed. Use a newer device or driver.',
  },
  'token-not-listed': {
    vi: 'Yêu cầu ký một nội dung không nằm trong danh sách đã xác nhận khi nhập mã PIN nên đã bị từ chối. Chưa có gì được ký.',
    en: 'Content outside the list confirmed with the PIN was refused. Nothing was signed.',
  },
  'token-already-signed': {
    vi: 'Nội dung này đã được gửi tới thiết bị để ký một lần trong phiên này nên không ký lần thứ hai.',
    en: 'This content was already given to the device in this session and is not signed twice.',
  },
  'token-signature-wrong': {
    vi: 'Chữ ký số mà thiết bị trả về không khớp với chứng thư số nên đã bị bỏ. Văn bản vẫn nguyên và chưa được ký. Hãy cắm lại thiết bị rồi thử lại.',
    en: 'The signature the device returned does not match the certificate and was dropped. The document is untouched. Replug the device and try again.',
  },
  'token-refused': {
    vi: 'Thiết bị ký số hoặc người dùng đã từ chối thao tác này trên thiết bị. Chưa có gì được ký.',
    en: 'The operation was declined at the device. Nothing was signed.',
  },
  'token-not-usable': {
    vi: 'Chứng thư số đã chọn không dùng để ký được. Chưa có gì được ký. Hãy chọn chứng thư số khác.',
    en: 'The chosen certificate cannot sign. Nothing was signed. Choose another.',
  },
} as const satisfies Record<string, Sentence>;
