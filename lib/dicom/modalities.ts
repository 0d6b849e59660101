/** Defined terms of Modality (PS3.3 C.7.3.1.1.1) that a tumour board meets, in the order in which it looks for them. */
export const boardModalities = [
  ...['CT', 'PT', 'MR', 'NM', 'RTSTRUCT', 'RTDOSE', 'RTPLAN', 'SEG', 'US', 'MG', 'DX', 'CR', 'SR'],
] as const;
