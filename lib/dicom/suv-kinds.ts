/** What SUV can be normalised by: body weight, lean body mass (James; Janmahasatian), body surface area. */
export const suvKinds = ['bw', 'lbm', 'lbm_janma', 'bsa'] as const;
export type SuvKind = (typeof suvKinds)[number];
