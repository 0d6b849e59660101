import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { StudyList } from '@/components/studies/study-list.tsx';
import { UploadCard } from '@/components/studies/upload-card.tsx';
import { buttonClass } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { FilterForm, SearchField } from '@/components/ui/filter-form.tsx';
import { EmptyState, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { boardModalities } from '@/lib/dicom/modalities.ts';
import { centresWhere } from '@/lib/people/list-centres.server.ts';
import { listStudies } from '@/lib/store/list-studies.server.ts';
import { listStudiesQuerySchema } from '@/lib/store/schema.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('studies'))('title') };
}

type Search = { query?: string; modality?: string; from?: string; to?: string };

export default async function StudiesPage(props: { searchParams: Promise<Search> }) {
  const actor = await requireActor('/studies');
  const { query = '', modality = '', from = '', to = '' } = await props.searchParams;
  // The fields of the page give YYYY-MM-DD; the index holds DICOM's YYYYMMDD.
  const filter = { query, modality, from: from.replaceAll('-', ''), to: to.replaceAll('-', '') };
  const parsed = listStudiesQuerySchema.safeParse(filter);
  const [t, first, centres, correcting] = await Promise.all([
    getTranslations('studies'),
    listStudies(actor, parsed.data ?? listStudiesQuerySchema.parse({})),
    centresWhere(actor, 'study.import'),
    centresWhere(actor, 'centre.correct'),
  ]);
  const filtered = Object.values(filter).some((value) => value !== '');
  return (
    <>
      <PageHeader
        title={t('title')}
        about={t('about')}
        actions={
          correcting.length > 0 && (
            <Link href="/studies/hidden" className={buttonClass()}>
              {t('hidden')}
            </Link>
          )
        }
      />
      {centres.length > 0 && <UploadCard centres={centres} />}
      <FilterForm label={t('filter')}>
        <SearchField label={t('search')} query={query} />
        <Field label={t('modality')}>
          {(control) => (
            <select {...control} name="modality" className="field h-9" defaultValue={modality}>
              <option value="">{t('anyModality')}</option>
              {boardModalities.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('from')}>
          {(control) => (
            <input {...control} type="date" name="from" className="field h-9" defaultValue={from} />
          )}
        </Field>
        <Field label={t('to')}>
          {(control) => <input {...control} type="date" name="to" className="field h-9" defaultValue={to} />}
        </Field>
      </FilterForm>
      {first.studies.length > 0 ? (
        <StudyList key={JSON.stringify([filter, first.studies[0]?.id])} first={first} query={filter} />
      ) : (
        <EmptyState title={filtered ? t('nothingFound') : t('none')}>
          {filtered ? t('nothingFoundHint') : t('noneHint')}
        </EmptyState>
      )}
    </>
  );
}
