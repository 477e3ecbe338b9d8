// The stamps that can be put on a page: seen, arrived with number and date, and the clerk's own pictures. They are notes of the
// office: none has the words or the look of a seal.

import { markLines, markLook } from '../../../preload/contract/mark-look';
import { testIds } from '../../app/test-ids';
import { dayText } from '../../i18n/formats';
import { useWords } from '../../i18n/text';
import { Icon } from '../../ui/icon';
import { Menu, type MenuAct } from '../../ui/menu';
import type { MarkDesk, StampPicture } from './mark-desk';
import type { StampFace } from './sketch';
import { textWidth } from './text-width';

export interface StampMenuProps {
  readonly desk: MarkDesk;
  readonly onStamp: (face: StampFace) => void;
}

/** As wide and as high as the words need, with room around them. */
export function wordsFace(words: string): StampFace {
  const lines = words.split('\n');
  const widthOf = textWidth(markLook.stampText);
  const width = Math.max(...lines.map(widthOf)) + 2 * markLook.padding + 16;
  return {
    words,
    picture: null,
    size: { width: Math.ceil(width), height: Math.ceil(markLines('stamp', lines.length, 0).height + 6) },
  };
}

/** At most a third of a page wide. */
export function pictureFace(picture: StampPicture): StampFace {
  const width = Math.min(170, picture.width * 0.5);
  return {
    words: picture.name,
    picture: picture.sha256,
    size: { width, height: (width * picture.height) / picture.width },
  };
}

export function StampMenu({ desk, onStamp }: StampMenuProps) {
  const { t } = useWords();
  const { arrival } = desk;
  const acts: MenuAct[] = [
    {
      id: 'seen',
      label: t('marks.stamp-seen'),
      testId: testIds.marks.stamp('seen'),
      run: () => onStamp(wordsFace(t('marks.stamp-seen-words'))),
    },
    ...(arrival === null
      ? []
      : [
          {
            id: 'arrived',
            label: t('marks.stamp-arrived', { number: arrival.number, date: dayText(arrival.date) }),
            testId: testIds.marks.stamp('arrived'),
            run: () =>
              onStamp(
                wordsFace(
                  t('marks.stamp-arrived-words', { number: arrival.number, date: dayText(arrival.date) }),
                ),
              ),
          },
        ]),
    ...desk.pictures.map((picture) => ({
      id: picture.sha256,
      label: picture.name,
      testId: testIds.marks.stamp('picture'),
      run: () => onStamp(pictureFace(picture)),
    })),
    {
      id: 'own',
      label: t('marks.stamp-own'),
      testId: testIds.marks.stamp('own'),
      run: desk.onStampPictures,
    },
  ];
  return (
    <Menu label={t('viewer.kind-stamp')} acts={acts} testId={testIds.marks.tool('stamp')}>
      <Icon name="mark-stamp" />
    </Menu>
  );
}
