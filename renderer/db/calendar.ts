// The working calendar that this window reckons with: lists, sealing and the document pane must reckon alike, so there is one.
// It is the law's until main has told what the agency changed.
import {
  type CalendarChange,
  lawCalendar,
  type WorkingCalendar,
} from '../../preload/contract/working-calendar';
import { createCell } from './live';

const cell = createCell<WorkingCalendar>(lawCalendar);

export function currentCalendar(): WorkingCalendar {
  return cell.get();
}

export function reckonWith(changes: readonly CalendarChange[]): void {
  cell.set({ changes });
}
