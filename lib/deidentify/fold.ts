/** Lower case without accents: as a word is compared, however somebody typed it. */
export const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
