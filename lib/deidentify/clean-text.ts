import { fold } from './fold.ts';
import { isKnownWord } from './vocabulary.ts';

/** Digits that a text may keep in all: a dose, a thickness and a number, but neither a date nor an identifier. */
const MAX_DIGITS = 6;

/**
 * The part of a description or name that identifies nobody (PS3.15 E.3.5): words of the field's vocabulary and short
 * numbers, with what separates them. Empty when nothing is left.
 */
export function cleanText(text: string): string {
  const digits = text.replace(/\D/g, '').length;
  const pieces = text.split(/([\p{L}\p{N}]+)/u);
  const kept = pieces.map((piece, index) => {
    if (index % 2 === 0) return /[\r\n\\^=@<>"]/.test(piece) ? ' ' : piece;
    if (/^\d+$/.test(piece)) return piece.length <= 4 && digits <= MAX_DIGITS ? piece : '';
    return isKnownWord(fold(piece)) || isJoinedWords(piece) ? piece : '';
  });
  return tidy(kept.join(''));
}

/** SpinalCord, BrachialPlexusL: every part that a capital letter begins is known. */
const isJoinedWords = (piece: string): boolean => {
  const parts = piece.match(/\p{Lu}?[\p{Ll}]+|\p{Lu}+(?!\p{Ll})|\d{1,2}/gu) ?? [];
  return (
    parts.length > 1 &&
    parts.join('') === piece &&
    parts.every((part) => /^\d/.test(part) || isKnownWord(fold(part)))
  );
};

/** What separated words that went is not left standing in rows. */
const tidy = (text: string): string =>
  text
    .replace(/\(\s*\)|\[\s*\]/g, ' ')
    .replace(/\([\s.,;:/+&'’-]*\)/g, ' ')
    .replace(/([ _\-.,;:/+&'’])[ _\-.,;:/+&'’]+/g, '$1')
    .replace(/^[^\p{L}\p{N}(]+|[^\p{L}\p{N})+~!]+$/gu, '')
    .trim();
