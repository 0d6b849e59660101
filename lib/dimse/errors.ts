/** What can go wrong between two DICOM nodes. Stable: transfers keep it as their reason. */
export type DimseErrorCode =
  | 'connection_refused'
  | 'unreachable'
  | 'tls_failed'
  | 'association_rejected'
  | 'no_context'
  | 'timeout'
  | 'aborted'
  | 'protocol_error'
  | 'failed_status'
  | 'cancelled';

/** `detail` is for people who look after nodes: what the other side said, never a patient's data. */
export class DimseError extends Error {
  readonly code: DimseErrorCode;
  readonly detail: string;
  /** The DIMSE status of a response, for `failed_status`. */
  readonly status: number | undefined;

  constructor(code: DimseErrorCode, detail = '', options: { status?: number; cause?: unknown } = {}) {
    super(detail ? `${code}: ${detail}` : code, options.cause === undefined ? undefined : options);
    this.name = 'DimseError';
    this.code = code;
    this.detail = detail;
    this.status = options.status;
  }
}
