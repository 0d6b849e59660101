/** One answer that could be given, and by whom it was, as far as that is shown. */
export type PollOption = {
  words: string;
  votes: number;
  /** Of these votes, how many by each specialty; null: persons without one. The most first. */
  bySpecialty: { specialty: string | null; votes: number }[];
};

/** A straw poll as this person may see it. It asks for opinions; it decides nothing. */
export type PollView = {
  id: string;
  question: string;
  askedBy: string;
  /** ISO 8601. */
  askedAt: string;
  closedAt: string | null;
  hidden: boolean;
  /** How many have answered. */
  voters: number;
  /** Which option I chose; null when none. */
  mine: number | null;
  options: string[];
  /** One for each option; null while it is hidden. */
  results: PollOption[] | null;
};
