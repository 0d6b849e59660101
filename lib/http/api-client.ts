/** The browser's side of the JSON API: one call, one kind of error. */

export type Problem = {
  code: string;
  status: number;
  title: string;
  params?: Record<string, string | number>;
  errors?: { path: string; code: string; message?: string }[];
  current?: unknown;
};

export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiError';
    this.problem = problem;
  }

  get code(): string {
    return this.problem.code;
  }
}

type Reauthenticate = () => Promise<boolean>;
let reauthenticate: Reauthenticate | undefined;
let renewals = 0;

/** The shell's dialog that signs somebody in again in place; until it says yes, the request waits with its text. */
export function onSessionExpired(handler: Reauthenticate | undefined): void {
  reauthenticate = handler;
}

/** Asks for the sign-in, unless one came through since the refused request left: then that one counts for it too. */
async function renewed(since: number): Promise<boolean> {
  if (renewals > since) return true;
  if (!(await reauthenticate?.())) return false;
  renewals += 1;
  return true;
}

/** Calls the API with JSON. Throws ApiError; its title is in the user's language. */
export async function api<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const since = renewals;
    try {
      return await call<T>(method, url, body);
    } catch (error) {
      const ended =
        error instanceof ApiError && (error.code === 'session_expired' || error.code === 'unauthenticated');
      if (!ended || attempt > 0 || !(await renewed(since))) throw error;
    }
  }
}

async function call<T>(method: string, url: string, body: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new ApiError({ code: 'network', status: 0, title: '' });
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function readProblem(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { code: 'internal', status: response.status, title: '' };
  }
}
