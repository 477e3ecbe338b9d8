// What the PIN window says of the certificate's standing, in Vietnamese (the source) and English. It decides nothing.
import type { Standing } from '../../preload/contract/levels';
import type { PinRequest } from '../../preload/contract/pin';

type Both = Readonly<Record<PinRequest['language'], string>>;

const words: Readonly<Record<Standing['standing'], Both>> = {
  good: {
    vi: 'Chứng thư số còn hiệu lực, không bị thu hồi.',
    en: 'The certificate is in force and not revoked.',
  },
  unknown: {
    vi: 'Chưa kiểm tra được tình trạng chứng thư số. Vẫn ký được; hãy chắc rằng chứng thư số chưa bị thu hồi.',
    en: 'The status of the certificate could not be checked. Signing is possible; be sure that it was not revoked.',
  },
  untrusted: {
    vi: 'Chứng thư số không dẫn đến chứng thư số gốc tin cậy trên máy này: nơi nhận có thể không chấp nhận.',
    en: 'The certificate leads to no root that this machine trusts: receivers may refuse it.',
  },
  // These are refused before this window opens.
  revoked: { vi: 'Chứng thư số bị thu hồi.', en: 'The certificate was revoked.' },
  expired: { vi: 'Chứng thư số đã hết hạn.', en: 'The certificate has expired.' },
  'not-yet-valid': { vi: 'Chứng thư số chưa có hiệu lực.', en: 'The certificate is not yet valid.' },
};

/** One sentence, and whether it is a warning; undefined where nobody looked. */
export function standingWords({
  standing,
  language,
}: PinRequest): { text: string; warns: boolean } | undefined {
  if (standing === undefined) return undefined;
  return { text: words[standing.standing][language], warns: standing.standing !== 'good' };
}
