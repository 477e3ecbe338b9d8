// What a window answers when the program is to end. Shapes only.
import { z } from 'zod';

/** `asking`: a person is being asked, however long that takes; then `now` or `stay`. */
export const quitAnswer = z.enum(['now', 'asking', 'stay']);
export type QuitAnswer = z.infer<typeof quitAnswer>;
