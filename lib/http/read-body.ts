import { AppError } from '@/lib/errors.ts';

/**
 * A request's body, counted while it comes: a sender who does not say how long it is, or says it wrong, is stopped at
 * the limit and not when the memory is full. Throws `payload_too_large`.
 * @param limit in bytes
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new AppError('payload_too_large');
  const reader = request.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    length += next.value.length;
    if (length > limit) {
      // Whether the sender hears of it or not: nobody reads on.
      await reader?.cancel().catch(() => undefined);
      throw new AppError('payload_too_large');
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
