/** DIMSE statuses (PS3.7 annex C, PS3.4 B.2.3, C.4). */
export const STATUS = {
  success: 0x0000,
  processingFailure: 0x0110,
  noSuchSopClass: 0x0122,
  notAuthorised: 0x0124,
  unrecognisedOperation: 0x0211,
  outOfResources: 0xa700,
  outOfResourcesSubOperations: 0xa702,
  destinationUnknown: 0xa801,
  doesNotMatch: 0xa900,
  subOperationsFailed: 0xb000,
  cannotUnderstand: 0xc000,
  cancelled: 0xfe00,
  pending: 0xff00,
  /** Pending, and not every optional key was matched. */
  pendingUnmatched: 0xff01,
} as const;

/** C-STORE: success, or a warning that says the object was kept (PS3.4 B.2.3). */
export const isKept = (status: number): boolean => status === 0 || isWarning(status);
export const isWarning = (status: number): boolean =>
  (status & 0xf000) === 0xb000 || status === 0x0107 || status === 0x0116;
