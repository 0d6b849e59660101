import { AppError } from '@/lib/errors.ts';
import { toProblem } from '@/lib/http/problem.server.ts';
import { idParams, withRoute } from '@/lib/http/with-route.server.ts';
import { uploadFileQuerySchema } from '@/lib/store/schema.ts';
import { uploadFile } from '@/lib/store/upload.server.ts';

/** The bytes of one file, as the raw body. Answers one JSON line per object: one, or one per entry of a zip. */
export const PUT = withRoute({
  params: idParams('uploadId'),
  query: uploadFileQuerySchema,
  handler: async ({ actor, params, query, request, locale }) => {
    const source = (request.body ??
      new ReadableStream({
        start: (controller) => controller.close(),
      })) as unknown as AsyncIterable<Uint8Array>;
    const results = uploadFile(actor, { batchId: params.uploadId, ...query, source: interrupted(source) });
    // The first result decides the status: what fails before it is an ordinary problem answer.
    const first = await results.next();
    const encoder = new TextEncoder();
    const line = (value: unknown) => encoder.encode(`${JSON.stringify(value)}\n`);
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        try {
          if (!first.done) controller.enqueue(line(first.value));
          for await (const result of results) controller.enqueue(line(result));
        } catch (error) {
          controller.enqueue(line({ problem: toProblem(error, locale) }));
        }
        controller.close();
      },
    });
    return new Response(body, {
      headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
    });
  },
});

/** A body that breaks off is the network's fault, not ours: say so instead of an internal error. */
async function* interrupted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (cause) {
    throw new AppError('upload_interrupted', { params: { received: 0, expected: 0 }, cause });
  }
}
