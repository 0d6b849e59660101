import { withRoute } from '@/lib/http/with-route.server.ts';
import { mergePatients } from '@/lib/store/corrections/merge-patients.server.ts';
import { mergePatientsSchema } from '@/lib/store/corrections/schema.ts';

export const POST = withRoute({
  body: mergePatientsSchema,
  status: 202,
  handler: ({ actor, body }) => mergePatients(actor, body),
});
