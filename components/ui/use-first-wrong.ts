'use client';

import { type RefObject, useCallback, useRef } from 'react';

/**
 * The form, and what brings the focus to its first field that is wrong, once that is shown: whoever types or listens
 * is where there is something to mend.
 */
export function useFirstWrong(): { form: RefObject<HTMLFormElement | null>; toFirstWrong: () => void } {
  const form = useRef<HTMLFormElement>(null);
  const toFirstWrong = useCallback(() => {
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  }, []);
  return { form, toFirstWrong };
}
