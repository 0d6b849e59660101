import { ApiError, api, type Problem } from '@/lib/http/api-client.ts';
import { type FileResult, fileResultSchema } from '@/lib/store/schema.ts';
import type { DroppedFile } from './read-drop.ts';
import type { Send } from './upload-queue.ts';

type Hooks = Parameters<Send<DroppedFile>>[1];

/**
 * Sends one file of a batch as a raw body. XMLHttpRequest, because `fetch` does not tell how much of a body has left.
 * Throws ApiError. A login that ended on the way is renewed in place, and the file sent again.
 */
export function fileSender(uploadId: string): Send<DroppedFile> {
  return async (file, hooks) => {
    try {
      await sendOnce(uploadId, file, hooks);
    } catch (error) {
      const ended =
        error instanceof ApiError && (error.code === 'session_expired' || error.code === 'unauthenticated');
      if (!ended) throw error;
      // Asks to sign in, in place; throws when that was declined.
      await api('GET', '/api/account');
      await sendOnce(uploadId, file, hooks);
    }
  };
}

function sendOnce(uploadId: string, file: DroppedFile, hooks: Hooks): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lost = () => reject(new ApiError({ code: 'network', status: 0, title: '' }));
    const abort = () => request.abort();
    const query = new URLSearchParams({ path: file.path, size: String(file.size) });
    request.open('PUT', `/api/uploads/${uploadId}/files?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = (event) => hooks.onProgress(event.loaded);
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => {
      try {
        readAnswer(request, hooks.onResult);
        resolve();
      } catch (error) {
        reject(error);
      }
    };
    request.onloadend = () => hooks.signal.removeEventListener('abort', abort);
    hooks.signal.addEventListener('abort', abort);
    request.send(file.file);
  });
}

/** One JSON line per object; a last line may tell why it went no further. */
function readAnswer(request: XMLHttpRequest, onResult: (result: FileResult) => void): void {
  if (request.status !== 200) throw new ApiError(problemOf(request));
  for (const line of request.responseText.split('\n').filter(Boolean)) {
    const answer = JSON.parse(line) as { problem?: Problem };
    if (answer.problem) throw new ApiError(answer.problem);
    onResult(fileResultSchema.parse(answer));
  }
}

function problemOf(request: XMLHttpRequest): Problem {
  try {
    return JSON.parse(request.responseText) as Problem;
  } catch {
    // A proxy in between, or a server that is being restarted, answers without a problem of ours.
    const passing = request.status >= 502 && request.status <= 504;
    return { code: passing ? 'unavailable' : 'internal', status: request.status, title: '' };
  }
}
