/** While the viewer's modules start nothing can be drawn: they wait for the first look. Their files do not. */
let open: () => void = () => undefined;
const opened = new Promise<void>((resolve) => {
  open = resolve;
});

/** The first look is on the screen, or there is none. */
export const openTools = (): void => open();

/** Resolves when the viewer may start; on a server at once, where it is only named. */
export const toolsMayStart = (): Promise<void> =>
  typeof window === 'undefined' ? Promise.resolve() : opened;
