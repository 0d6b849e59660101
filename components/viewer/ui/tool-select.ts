/** How a list to choose from looks in the viewer's bars: no wider than the bar has been counted for. */
export const toolSelect =
  'h-8 max-w-40 shrink-0 rounded-md border border-neutral-500 bg-neutral-900 px-1.5 text-sm text-neutral-100 group-open/menu:max-w-none';
