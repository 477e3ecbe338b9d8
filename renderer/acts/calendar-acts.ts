// The agency's working calendar: read from main at start, kept there when it changes, and open documents reckoned by it.
import { codeOf } from '../../preload/contract/failure';
import type { CalendarChange } from '../../preload/contract/working-calendar';
import { reckonWith } from '../db/calendar';
import { refreshTerms } from '../db/refresh-terms';
import type { Context } from './context';
import { deskValue } from './desk-call';

/** At start. Without main's answer the calendar of the law holds, which is said in the log and to nobody else. */
export async function readCalendar(context: Context): Promise<void> {
  try {
    reckonWith((await deskValue(context.desk.calendar.read({}))).changes);
    await refreshTerms(context.databases.strict, context.sealer);
  } catch (error) {
    reckonWith([]);
    await context.desk.app.report({ where: 'calendar', message: codeOf(error) });
  }
}

/** Kept in main first; what is shown follows. */
export async function changeCalendar(
  context: Context,
  { changes }: { readonly changes: readonly CalendarChange[] },
): Promise<void> {
  await deskValue(context.desk.calendar.write({ changes: [...changes] }));
  reckonWith(changes);
  await refreshTerms(context.databases.strict, context.sealer);
}
