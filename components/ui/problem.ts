import { toast } from 'sonner';

/** What a dialog listens to: an error that is to be said inside of it. */
export const PROBLEM = 'consilium:problem';

/**
 * Says an error where it is seen: inside of the open dialog, which covers everything else; else as a note that
 * stays until it is closed. `id` replaces an earlier note of the same thing.
 */
export function showProblem(words: string, id?: string): void {
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  // A dialog that says it has cancelled the event.
  const said = dialog && !dialog.dispatchEvent(new CustomEvent(PROBLEM, { detail: words, cancelable: true }));
  if (!said) toast.error(words, { duration: Number.POSITIVE_INFINITY, closeButton: true, ...(id && { id }) });
}
