import { nameParts, renamed } from '@/lib/dicom/person-name.ts';
import type { Identity } from '@/lib/store/corrections/schema.ts';
import type { IdentityDraft } from './identity-fields.tsx';

type Known = { patientName: string; patientId: string; birthDate: string; sex: string };

/** A known identity as the form shows it. */
export function toDraft(known: Known): IdentityDraft {
  const { family, given } = nameParts(known.patientName);
  const birth = /^(\d{4})(\d{2})(\d{2})$/.exec(known.birthDate);
  return {
    family,
    given,
    patientId: known.patientId,
    issuer: '',
    birthDate: birth ? `${birth[1]}-${birth[2]}-${birth[3]}` : '',
    sex: /^[MFO]$/.test(known.sex) ? known.sex : '',
  };
}

/** What the form says, as DICOM has it. `before` is the name that it began with. */
export function toIdentity(draft: IdentityDraft, before: string): Identity {
  return {
    patientName: renamed(before, { family: draft.family.trim(), given: draft.given.trim() }),
    patientId: draft.patientId.trim(),
    issuer: draft.issuer.trim() === '' ? null : draft.issuer.trim(),
    birthDate: draft.birthDate.replaceAll('-', ''),
    sex: draft.sex as Identity['sex'],
  };
}
