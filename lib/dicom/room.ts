/** Across and down, in one unit. */
export type Extent = { width: number; height: number };

/** The least room of a window's shape (width over height) that all of a field fits in: what that window holds at zoom 1. */
export function roomOf(field: Extent, aspect: number): Extent {
  const height = Math.max(field.height, field.width / aspect);
  return { width: height * aspect, height };
}
