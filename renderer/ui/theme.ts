// The desk's look in numbers that scripts need; colours and spaces themselves stand in tokens.css.
// Own small components on native elements instead of Fluent UI: the strict `style-src 'self'` then needs no nonce,
// and <dialog>, <select> and <input> bring focus trap, IME, high contrast and reader support at no start-up cost.
import './fonts.css';
import './tokens.css';
import './base.css';
import './controls.css';
import './menu.css';

/** Height in pixels of one row of the document list; rows are fixed so that the list can be virtual. */
export const listRowHeight = 126;
/** Height in pixels of one line of the list of many documents. */
export const batchRowHeight = 112;
/** Height in pixels of one row of a register table. */
export const registerRowHeight = 48;
/** One PDF point in CSS pixels at 100 %. */
export const pixelsPerPoint = 96 / 72;
