import { parseRegistration, type SpatialRegistration } from '@/lib/dicom/registration.ts';
import type { CaseServices } from '../ohif/services.ts';

/** The registrations of a case. Those of which nothing is applied stay named among what cannot be shown. */
export function readRegistrations(services: CaseServices) {
  const frames = new Map(
    services.stacks.flatMap((stack) =>
      stack.images.map((image) => [image.sopInstanceUid, image.plane?.frameOfReferenceUid ?? undefined]),
    ),
  );
  const registrations: SpatialRegistration[] = services.registrationHeaders.map((header) =>
    parseRegistration(header, (uid) => frames.get(uid)),
  );
  const idle = registrations.filter((one) => !one.frames.some((frame) => frame.applied));
  const unsupported = [
    ...services.unsupported,
    ...services.registrationSets(new Set(idle.map((one) => one.sopInstanceUid))),
  ];
  return { registrations, unsupported };
}
