// The public surface of the registers.
export { type Numbers, openNumbers } from './numbers';
export type { Given, SeriesKey } from './register-state';
