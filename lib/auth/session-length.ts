/** A clinic's day with its evening board; then one signs in again. */
export const SESSION_SECONDS = 12 * 3600;
