import { openApiDocument } from '@/lib/http/openapi.ts';
import packageFile from '@/package.json' with { type: 'json' };
import { operations } from './operations.ts';

/** How to talk to this server, for whoever asks: it names shapes, nothing of anybody's. */
export function GET(): Response {
  return Response.json(openApiDocument(operations, packageFile.version));
}
