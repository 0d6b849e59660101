/** Lower case without accents: `Jérôme` is found by `jerome`, in every script that has either. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase('en').trim();
