import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { HTMLInputTypeAttribute } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import type { AuditFilter } from '@/lib/audit/query.ts';
import type { AuditPage, AuditQuery } from '@/lib/audit/schema.ts';
import { ActionSelect } from './action-select.tsx';

/** A plain GET form: filters are an address that can be kept and sent on. */
export function AuditFilters(props: { query: AuditQuery } & Pick<AuditPage, 'centre' | 'centres'>) {
  const t = useTranslations('audit');
  const { query, centre, centres } = props;
  const input = (name: Exclude<AuditFilter, 'action'>, type: HTMLInputTypeAttribute) => (
    <Field label={t(name)}>
      {(control) => (
        <input
          {...control}
          className="field h-9"
          type={type}
          name={name}
          defaultValue={query[name]}
          autoComplete="off"
        />
      )}
    </Field>
  );
  return (
    // A new address brings new values: the fields are made anew with it.
    <form
      key={JSON.stringify(query)}
      action="/audit"
      className="card mb-4 grid items-end gap-3 p-3 sm:grid-cols-2 lg:grid-cols-[repeat(2,10rem)_1fr_1fr_1fr_auto]"
    >
      {centres.length > 1 && (
        <div className="sm:col-span-full">
          <Field label={t('centre')}>
            {(control) => (
              <select {...control} className="field max-w-sm" name="centreId" defaultValue={centre.id}>
                {centres.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
      )}
      {input('from', 'date')}
      {input('to', 'date')}
      {input('actor', 'search')}
      <ActionSelect value={query.action} />
      {input('resource', 'search')}
      <div className="flex gap-3">
        <Button type="submit" look="primary">
          {t('apply')}
        </Button>
        <Link href="/audit" className="link self-center">
          {t('clear')}
        </Link>
      </div>
    </form>
  );
}
