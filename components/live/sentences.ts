/** What is said to screen readers, in order; each with a key of its own. */
export type Sentence = { key: number; words: string };

/** So many stay: enough for a reader that is still busy with the first, and no history to read through. */
const KEPT = 6;

/** A sentence after the others: one that was said before is said again, and two at once are both said. */
export const withSentence = (said: readonly Sentence[], words: string): readonly Sentence[] => [
  ...said.slice(1 - KEPT),
  { key: (said.at(-1)?.key ?? 0) + 1, words },
];
