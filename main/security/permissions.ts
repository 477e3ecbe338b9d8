// Which web permissions a page may have, with the reason. Everything that is not in the table is denied.

export interface PermissionRule {
  readonly allowed: boolean;
  readonly reason: string;
}

/** The decided ones. Keys are Electron's names of permissions. */
export const permissionRules: Readonly<Record<string, PermissionRule>> = {
  'clipboard-sanitized-write': {
    allowed: true,
    reason: 'văn thư sao chép số, trích yếu; chỉ ghi, do người dùng bấm',
  },
  'clipboard-read': { allowed: false, reason: 'không cần; dán đi qua sự kiện của bàn phím' },
  media: { allowed: false, reason: 'không dùng máy ảnh, micro' },
  geolocation: { allowed: false, reason: 'không dùng vị trí' },
  notifications: { allowed: false, reason: 'thông báo do phía main hiện' },
  fullscreen: { allowed: true, reason: 'trình chiếu văn bản đang xem; Esc để thoát' },
  pointerLock: { allowed: false, reason: 'không dùng' },
  openExternal: { allowed: false, reason: 'chỉ main mở liên kết, theo danh sách' },
  usb: { allowed: false, reason: 'thiết bị ký số đi qua PKCS#11 ở tiến trình riêng' },
  hid: { allowed: false, reason: 'thiết bị ký số đi qua PKCS#11 ở tiến trình riêng' },
  serial: { allowed: false, reason: 'không dùng' },
  'storage-access': { allowed: false, reason: 'không có trang bên thứ ba' },
};

/** Denies what is unknown; `trusted` is false for anything that is not our document page. */
export function permissionAllowed(permission: string, trusted: boolean): boolean {
  return trusted && permissionRules[permission]?.allowed === true;
}
