import type { PollOption } from './schema.ts';

export type Vote = { option: number; specialty: string | null };

/** What was answered, by option and by specialty. */
export function resultsOf(options: readonly string[], votes: readonly Vote[]): PollOption[] {
  return options.map((words, index) => {
    const mine = votes.filter(({ option }) => option === index);
    const counts = new Map<string | null, number>();
    for (const { specialty } of mine) counts.set(specialty, (counts.get(specialty) ?? 0) + 1);
    const bySpecialty = [...counts]
      .map(([specialty, count]) => ({ specialty, votes: count }))
      .sort((a, b) => b.votes - a.votes || String(a.specialty).localeCompare(String(b.specialty)));
    return { words, votes: mine.length, bySpecialty };
  });
}
