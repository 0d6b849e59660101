'use client';

import { useTranslations } from 'next-intl';
import { useCalendarDate } from '@/components/studies/use-format.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { patientName } from '@/lib/cases/patient-name.ts';
import type { PatientView } from '@/lib/cases/schema.ts';
import type { Doubtful } from './use-attach.ts';

/** Asks before a study of another patient is attached, and says in what the two differ. */
export function MismatchDialog(props: {
  patient: PatientView;
  doubtful: Doubtful | undefined;
  onAnswer: (yes: boolean) => void;
}) {
  const t = useTranslations('cases');
  return (
    <Dialog
      open={props.doubtful !== undefined}
      title={t('mismatchTitle')}
      onClose={() => props.onAnswer(false)}
    >
      <p className="mb-3">{t('mismatchBody')}</p>
      {props.doubtful && <Comparison patient={props.patient} doubtful={props.doubtful} />}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={() => props.onAnswer(true)}>
          {t('mismatchConfirm')}
        </Button>
        <Button look="primary" autoFocus onClick={() => props.onAnswer(false)}>
          {t('mismatchCancel')}
        </Button>
      </div>
    </Dialog>
  );
}

function Comparison({ patient, doubtful }: { patient: PatientView; doubtful: Doubtful }) {
  const t = useTranslations('cases');
  const quarantine = useTranslations('quarantine');
  const date = useCalendarDate();
  const { study, differs } = doubtful;
  const sex = (code: string | null) =>
    code === 'F' || code === 'M' || code === 'O' ? t(`sex.${code}`) : (code ?? '');
  const rows = [
    { name: 'name', own: patientName(patient), other: study.patientName },
    {
      name: 'birthDate',
      own: patient.birthDate ? date(patient.birthDate) : '',
      other: date(study.patientBirthDate),
    },
    { name: 'sex', own: sex(patient.sex), other: sex(study.patientSex) },
  ] as const;
  return (
    <table className="table">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('case')}</th>
          <th scope="col">{t('study')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, own, other }) => (
          <tr key={name} className={differs.includes(name) ? 'bg-amber-100 font-medium' : ''}>
            <th scope="row">
              {t(`differs.${name}`)}
              {differs.includes(name) && <span className="block text-xs">{quarantine('differs')}</span>}
            </th>
            <td>{own || '–'}</td>
            <td>{other || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
