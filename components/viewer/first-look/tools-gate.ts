/** While the viewer's modules start nothing can be drawn: they wait for the first look. Their files do not. */
let open: () => void = () => undefined;
let isOpen = false;
const opened = new Promise<void>((resolve) => {
  open = resolve;
});

/** The first look is on the screen, or there is none. */
export function openTools(): void {
  isOpen = true;
  open();
}

/** Whether the viewer of this page has yet to start; further pages of the same document have it at once. */
export const toolsAreToCome = (): boolean => !isOpen;

/** Resolves when the viewer may start; on a server at once, where it is only named. */
export const toolsMayStart = (): Promise<void> =>
  typeof window === 'undefined' ? Promise.resolve() : opened;
