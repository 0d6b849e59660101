import type { Actor } from '@/lib/auth/policy.ts';
import { withAudit } from '@/lib/db/with-audit.server.ts';
import type { InstanceHeader } from '@/lib/dicom/instance-header.ts';

/** Why an object is kept aside. Each is also a code of lib/errors.ts, for the sentence that people read. */
export type QuarantineReason =
  | 'dicom_same_uid_other_bytes'
  | 'study_hidden'
  | 'study_not_asked'
  | 'study_of_other_patient'
  | 'unknown_sender';

/** Keeps an object aside, with its bytes, for an administrator to judge. The same bytes twice are one row. */
export async function quarantineObject(input: {
  actor: Actor;
  centreId: string;
  reason: QuarantineReason;
  header: InstanceHeader;
  sha256: string;
  size: number;
  sourceName: string;
}): Promise<void> {
  const { actor, centreId, header, sha256 } = input;
  await withAudit(actor, async (tx, audit) => {
    await tx.quarantinedObject.upsert({
      where: { centreId_sha256: { centreId, sha256 } },
      create: {
        centreId,
        sopInstanceUid: header.sopInstanceUid,
        reason: input.reason,
        detail: header.transferSyntaxUid,
        sha256,
        size: input.size,
        sourceName: input.sourceName.replaceAll('\0', '').slice(-500),
      },
      update: {},
    });
    // What was discarded and comes again is a question again: its sender is told that it is kept.
    await tx.quarantinedObject.updateMany({
      where: { centreId, sha256, resolution: 'discarded' },
      data: { resolution: null, resolvedAt: null, resolvedById: null },
    });
    audit({
      action: 'instance.quarantine',
      resourceType: 'instance',
      resourceId: header.sopInstanceUid,
      centreId,
      details: { study: header.studyInstanceUid, sha256, reason: input.reason },
    });
  });
}
