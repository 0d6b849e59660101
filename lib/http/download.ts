/** A DICOM file to be saved, answered once: it holds patient data. @param file its name is plain ASCII */
export const dicomDownload = ({ bytes, fileName }: { bytes: Uint8Array; fileName: string }): Response =>
  new Response(bytes as BodyInit, {
    headers: {
      'content-type': 'application/dicom',
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });
