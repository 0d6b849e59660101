import { saveFile } from '@/components/ui/save-file.ts';
import { ApiError, readProblem } from '@/lib/http/api-client.ts';

/**
 * Fetches a DICOM file and lets the browser save it under the name that the server gives. Throws ApiError: a link would
 * have saved the refusal as if it were the file.
 * @param body what it is made from, where the server needs it: a PNG
 */
export async function downloadDicom(url: string, body?: Blob): Promise<void> {
  const response = await fetch(url, body ? { method: 'POST', body } : {}).catch(() => {
    throw new ApiError({ code: 'network', status: 0, title: '' });
  });
  if (!response.ok) throw new ApiError(await readProblem(response));
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  saveFile(await response.blob(), name ?? 'key-view.dcm');
}
