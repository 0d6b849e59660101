/**
 * The one vocabulary of errors. A code is stable, has one HTTP status and a sentence in messages/*.json under
 * `errors.<code>`; `params` fill that sentence. Causes go to the log, never to the client.
 */
export const errorStatus = {
  // who
  unauthenticated: 401,
  session_expired: 401,
  invalid_credentials: 401,
  too_many_attempts: 429,
  forbidden: 403,
  // what
  not_found: 404,
  invalid_input: 422,
  malformed_request: 400,
  method_not_allowed: 405,
  unsupported_media_type: 415,
  payload_too_large: 413,
  // conflicts
  version_conflict: 409,
  already_exists: 409,
  state_conflict: 409,
  // dates
  date_does_not_exist: 422,
  session_in_past: 422,
  // boards and cases
  item_being_discussed: 409,
  patient_mismatch: 409,
  study_attached_twice: 409,
  not_invited: 403,
  key_view_not_expressible: 422,
  key_view_image_missing: 409,
  // decisions
  decision_validated: 409,
  decision_incomplete: 422,
  reason_required: 422,
  // DICOM
  not_dicom: 422,
  dicom_truncated: 422,
  dicom_missing_uid: 422,
  dicom_invalid_uid: 422,
  dicom_dicomdir: 422,
  dicom_ambiguous: 422,
  dicom_unreadable: 422,
  dicom_same_uid_other_bytes: 409,
  study_hidden: 409,
  study_not_asked: 409,
  study_of_other_patient: 409,
  legal_hold: 409,
  unknown_sender: 403,
  dicomweb_unknown_parameter: 400,
  dicomweb_bad_value: 400,
  dicomweb_media_type: 406,
  dicomweb_transfer_syntax: 406,
  dicomweb_not_rendered: 406,
  multipart_damaged: 400,
  range_not_satisfiable: 416,
  export_risks: 409,
  zip_empty: 422,
  zip_damaged: 422,
  zip_entry_refused: 422,
  upload_cancelled: 409,
  upload_interrupted: 400,
  storage_full: 507,
  storage_error: 500,
  // live
  live_not_presenter: 403,
  live_observer: 403,
  live_may_not_annotate: 403,
  live_not_of_case: 409,
  live_not_recorded: 409,
  live_malformed: 400,
  live_too_large: 413,
  live_protocol_version: 426,
  live_flood: 429,
  live_session_cancelled: 409,
  // remote nodes
  node_unreachable: 502,
  node_refused: 502,
  node_failed: 502,
  // the rest
  unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

export type FieldError = { path: string; code: string; message?: string };

export type AppErrorOptions = {
  /** Fill the sentence of the code. Never patient data. */
  params?: Record<string, string | number>;
  /** Which fields of the input are wrong, as dotted paths. */
  fields?: FieldError[];
  /** What the server holds now, so that nobody's text is lost in a conflict. */
  current?: unknown;
  cause?: unknown;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly params: Record<string, string | number>;
  readonly fields: FieldError[];
  readonly current: unknown;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = errorStatus[code];
    this.params = options.params ?? {};
    this.fields = options.fields ?? [];
    this.current = options.current;
  }
}

export function isAppError(error: unknown): error is AppError {
  return (
    error instanceof AppError || (error instanceof Error && error.name === 'AppError' && 'code' in error)
  );
}
