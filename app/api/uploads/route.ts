import { withRoute } from '@/lib/http/with-route.server.ts';
import { createUploadSchema } from '@/lib/store/schema.ts';
import { createUpload } from '@/lib/store/upload.server.ts';

export const POST = withRoute({
  body: createUploadSchema,
  status: 201,
  handler: ({ actor, body }) => createUpload(actor, body),
});
