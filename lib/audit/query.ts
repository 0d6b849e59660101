import { type AuditQuery, auditQuerySchema } from './schema.ts';

export type AuditFilter = 'from' | 'to' | 'actor' | 'action' | 'resource';

/**
 * The filters in a page's address. What cannot be understood (a 31st of February typed by hand) is left out and named,
 * so that the page can say so instead of failing.
 */
export function readAuditQuery(address: Record<string, string | string[] | undefined>): {
  query: AuditQuery;
  leftOut: AuditFilter[];
} {
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries(address).filter(([, value]) => typeof value === 'string' && value !== ''),
  );
  const wrong = auditQuerySchema.safeParse(given).error?.issues.map(({ path }) => String(path[0])) ?? [];
  for (const field of wrong) delete given[field];
  const filters: readonly string[] = ['from', 'to', 'actor', 'action', 'resource'] satisfies AuditFilter[];
  return {
    query: auditQuerySchema.parse(given),
    leftOut: wrong.filter((field): field is AuditFilter => filters.includes(field)),
  };
}

/** An address with these filters; empty ones are left out. */
export function auditHref(path: string, query: Partial<AuditQuery>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}
