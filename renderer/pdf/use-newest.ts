// The newest of a value that changes with every render, for functions that must keep their identity. It holds nothing else.
import { type RefObject, useRef } from 'react';

/** Read it when something happens, not while rendering. */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value);
  newest.current = value;
  return newest;
}
