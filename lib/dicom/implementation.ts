/** Who wrote a file (PS3.10 7.1) or speaks on an association (PS3.7 D.3.3.2). */
export const IMPLEMENTATION_CLASS_UID = '2.25.80302813137786398554742050926734630921';
export const IMPLEMENTATION_VERSION = 'CONSILIUM';
