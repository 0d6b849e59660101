/**
 * Images stay in the browser's cache for a year, because they never change. Whoever signs out leaves none of them
 * behind for the next person at the same workstation.
 */
export function withoutCache(answer: Response): Response {
  const headers = new Headers(answer.headers);
  headers.set('clear-site-data', '"cache"');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
