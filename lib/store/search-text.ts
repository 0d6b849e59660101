/**
 * Lower case without accents: `Jérôme` is found by `jerome`, in every script that has either, half-width
 * katakana by the full-width ones, a Greek name by either sigma.
 */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').replaceAll('ς', 'σ').trim();
