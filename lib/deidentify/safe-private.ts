/**
 * Private elements that PS3.15 table E.3.10-1 knows to identify nobody: by private creator, group and the element's
 * last two digits. Of the table's some hundred lines these are the ones that CT, MR and PET are read with; what is not
 * here goes. No date is among them.
 */
const safe: Readonly<Record<string, readonly string[]>> = {
  'Philips PET Private Group': ['705300', '705309'],
  'Philips Imaging DD 001': ['200103', '200104'],
  ELSCINT1: ['00e121', '01e126', '01e150', '01f101', '01f107', '01f126', '01f127'],
  GEMS_ACQU_01: ['001923', '001924', '001927', '00199e'],
  GEMS_PARM_01: ['004327', '004339', '00436f'],
  GEMS_HELIOS_01: ['004501', '004502'],
  GEMS_SERS_01: ['002507'],
  'SIEMENS MR HEADER': ['00190c', '00190d', '00190e', '001927'],
};

/** @param tag `xggggeeee` */
export function isSafePrivate(creator: string, tag: string): boolean {
  return safe[creator.trim()]?.includes(`${tag.slice(1, 5)}${tag.slice(7)}`) ?? false;
}

/** Whether a private creator has safe elements: its own element stays with them. */
export const hasSafePrivate = (creator: string): boolean => creator.trim() in safe;
