'use client';

import { useTranslations } from 'next-intl';

const rights = ['mayStore', 'mayQuery', 'mayRetrieve'] as const;
type Ticks = Record<(typeof rights)[number] | 'tls' | 'deidentify', boolean>;

/** What a node may do here, what it gets, and whether the way to it is encrypted: ticks. */
export function NodeRights(props: { form: Ticks; onChange: (change: Partial<Ticks>) => void }) {
  const t = useTranslations('network');
  const tick = (name: keyof Ticks) => (
    <label key={name} className="flex min-h-6 items-center gap-2 py-0.5 text-sm">
      <input
        type="checkbox"
        className="size-4 accent-teal-800"
        name={name}
        checked={props.form[name]}
        onChange={(event) => props.onChange({ [name]: event.target.checked })}
      />
      {t(name)}
    </label>
  );
  return (
    <>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t('mayLegend')}</legend>
        {rights.map(tick)}
      </fieldset>
      <div>
        {tick('deidentify')}
        {tick('tls')}
      </div>
    </>
  );
}
