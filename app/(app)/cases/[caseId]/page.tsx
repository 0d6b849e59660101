import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CaseDetails } from '@/components/cases/case-details.tsx';
import { CaseSessions } from '@/components/cases/case-sessions.tsx';
import { CaseStudies } from '@/components/cases/case-studies.tsx';
import { PatientFacts } from '@/components/cases/patient.tsx';
import { Sharing } from '@/components/cases/sharing.tsx';
import { Card, PageHeader } from '@/components/ui/page.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { patientName } from '@/lib/cases/patient-name.ts';
import { readCase } from '@/lib/cases/read-case.server.ts';
import { orNotFound, pageIds } from '@/lib/http/page.server.ts';
import { centresWhere, listCentres } from '@/lib/people/list-centres.server.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('cases'))('case') };
}

export default async function CasePage(props: { params: Promise<{ caseId: string }> }) {
  const { caseId } = await pageIds(props.params);
  const actor = await requireActor(`/cases/${caseId}`);
  const view = await orNotFound(readCase(actor, caseId));
  const [t, centres, importing] = await Promise.all([
    getTranslations('cases'),
    listCentres(actor),
    centresWhere(actor, 'study.import'),
  ]);
  return (
    <>
      <PageHeader
        title={patientName(view.patient)}
        about={
          <>
            <p>
              <PatientFacts patient={view.patient} />
            </p>
            <p className="text-sm">
              {t('requestedBy', { name: view.requesterName, centre: view.centreCode })}
            </p>
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="space-y-4 lg:col-span-2">
          <CaseStudies view={view} centres={importing} />
          <CaseDetails view={view} personId={actor.personId} />
        </div>
        <div className="space-y-4">
          <Card title={t('sessions')}>
            <CaseSessions agenda={view.agenda} may={view.may} />
          </Card>
          <Card title={t('sharing')}>
            <Sharing
              url={`/api/cases/${view.id}/shares`}
              shares={view.shares}
              centres={centres}
              may={view.may.share}
              hint={t('notShared')}
            />
          </Card>
        </div>
      </div>
    </>
  );
}
