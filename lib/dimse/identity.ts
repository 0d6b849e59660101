/** How Consilium names itself to other nodes: as in the files it writes. */
export { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION } from '@/lib/dicom/implementation.ts';
