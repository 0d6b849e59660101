import type { Operation } from '@/lib/http/openapi.ts';
import type { Route } from '@/lib/http/with-route.server.ts';

export const NOTHING = { produces: null } as const;

/** One operation of a route, with one sentence of what it is for. */
export const at = (
  method: Operation['method'],
  path: string,
  { definition }: Route,
  summary: string,
  media: Pick<Operation, 'produces' | 'consumes'> = {},
): Operation => ({ method, path, summary, declaration: definition, ...media });
