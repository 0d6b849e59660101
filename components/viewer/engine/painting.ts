/**
 * How this page paints, as `startCornerstone` found it. Where there is no graphics card canvases are better kept in main
 * memory (`willReadFrequently`): what they are drawn with is there already.
 */
export const painting = {
  bySoftware: false,
  /** True while a picture is painted before its frame's own turn (paint-now.ts). */
  early: false,
};
