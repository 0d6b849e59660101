/** One answer of DICOMweb, before it is written to the socket. */
export type DicomWebAnswer = { status: number; headers: Record<string, string>; body: Buffer | string };
