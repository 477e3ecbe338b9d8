import { describe, expect, it } from 'vitest';
import { type TextKey, textOf } from '../../i18n/text';
import { placeWords } from './place-words';

const t = (key: TextKey) => textOf('vi', key);

describe('where a step came from', () => {
  it('is a hub by its kind and host, without path or account', () => {
    expect(placeWords('vxp https://truc.example.vn/XrdAdapter/RestService', t)).toBe(
      'trục liên thông (truc.example.vn)',
    );
    expect(placeWords('lgsp http://10.1.2.3:8080/api', t)).toBe('cổng liên thông của tỉnh (10.1.2.3:8080)');
    expect(placeWords('folder D:\\trao-doi\\UBND', t)).toBe('thư mục trao đổi (UBND)');
    expect(placeWords('xroad', t)).toBe('máy chủ bảo mật X-Road');
  });

  it('is a machine by its name, and nothing where nothing is known', () => {
    expect(placeWords('may-van-thu', t)).toBe('may-van-thu');
    expect(placeWords('', t)).toBe('');
  });
});
