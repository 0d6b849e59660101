import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { auditHref } from '@/lib/audit/query.ts';
import type { AuditQuery, AuditRow } from '@/lib/audit/schema.ts';

/** Audit rows, dense. Who and what each narrow the list to themselves. */
export function AuditTable(props: { rows: AuditRow[]; query: AuditQuery; timeZone: string }) {
  const t = useTranslations('audit');
  return (
    // Wider than a phone: this part scrolls, the page does not, and the keyboard can do it too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section className="card overflow-x-auto" tabIndex={0} aria-label={t('tableLabel')}>
      <table className="table text-sm">
        <thead>
          <tr>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('concerns')}</th>
            <th scope="col">{t('details')}</th>
            <th scope="col">{t('door')}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row key={row.id} row={row} query={props.query} timeZone={props.timeZone} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, query, timeZone }: { row: AuditRow; query: AuditQuery; timeZone: string }) {
  const t = useTranslations('audit');
  const format = useFormatter();
  const at = format.dateTime(new Date(row.at), {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const action = `actions.${row.action}`;
  const door = `doors.${row.door}`;
  return (
    <tr className="[&>td]:py-1">
      <td className="whitespace-nowrap tabular-nums">
        <time dateTime={row.at}>{at}</time>
      </td>
      <td className="whitespace-nowrap">
        {row.actorName === '' ? (
          <span className="text-slate-600">{t('machine')}</span>
        ) : (
          <Link
            className="hover:underline"
            href={auditHref('/audit', { ...query, before: undefined, actor: row.actorName })}
            title={t('onlyWho', { name: row.actorName })}
            prefetch={false}
          >
            {row.actorName}
          </Link>
        )}
      </td>
      <td className="min-w-40">{t.has(action) ? t(action as 'actions') : row.action}</td>
      <td>
        <Concerned query={query} type={row.resourceType} id={row.resourceId} />
        {row.caseId && row.caseId !== row.resourceId && (
          <Concerned query={query} type="case" id={row.caseId} />
        )}
      </td>
      <td className="max-w-96 min-w-80 text-xs break-words text-slate-700">
        <Details of={row.details} />
      </td>
      <td className="whitespace-nowrap text-slate-700">{t.has(door) ? t(door as 'doors') : row.door}</td>
    </tr>
  );
}

/** What a row is about, and a link to all rows about the same. */
function Concerned({ query, type, id }: { query: AuditQuery; type: string; id: string }) {
  const t = useTranslations('audit');
  const name = `resources.${type}`;
  return (
    <div className="whitespace-nowrap">
      {t.has(name) ? t(name as 'resources') : type}{' '}
      {id !== '' && (
        <Link
          className="font-mono text-xs text-slate-600 hover:underline"
          href={auditHref('/audit', { ...query, before: undefined, resource: id })}
          title={`${t('onlyThis')}: ${id}`}
          prefetch={false}
        >
          …{id.slice(-8)}
        </Link>
      )}
    </div>
  );
}

/** What else a row says; a key or a value that has no name yet is shown as it is stored. */
function Details({ of }: { of: Record<string, unknown> }) {
  const t = useTranslations();
  const nameOf = (key: string) =>
    t.has(`audit.detailKeys.${key}`) ? t(`audit.detailKeys.${key}` as 'audit.detailKeys.count') : key;
  const wordFor = (key: string, code: string) => {
    if (/role/i.test(key) && t.has(`role.${code}`)) return t(`role.${code}` as 'role.admin');
    if (/specialties/i.test(key) && t.has(`specialty.${code}`))
      return t(`specialty.${code}` as 'specialty.surgery');
    if (key === 'kind' && t.has(`corrections.kind.${code}`))
      return t(`corrections.kind.${code}` as 'corrections.kind.moved');
    const isReason = key === 'reason' || key === 'failure' || key === 'problem';
    return isReason && t.has(`errors.${code}`) ? t(`errors.${code}` as 'errors.internal') : code;
  };
  const told = (key: string, value: unknown): string => {
    if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
      return value.map((one) => told(key, one)).join(', ') || '–';
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value !== 'string') return JSON.stringify(value);
    // What people wrote is no code.
    return /^[a-z_]+$/.test(value) ? wordFor(key, value) : value;
  };
  return Object.entries(of)
    .map(([key, value]) => t('audit.detail', { name: nameOf(key), value: told(key, value) }))
    .join(' · ');
}
