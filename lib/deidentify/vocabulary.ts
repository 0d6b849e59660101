/**
 * Words that descriptions and names of structures may keep (PS3.15 E.3.5): anatomy, imaging, radiotherapy, in English
 * and French, without accents, and the building blocks of TG-263 names. Words that are common family names were left
 * out where the field can do without them. What is missing goes: a lost word is repaired by hand, a name that got out
 * is not.
 */
const words = `
  abdomen abdominal abdominale abd acetabulum adrenal airway airways anal ant anterior anterieur anterieure anus aorta
  aorte artery arteries artere atrium axial axilla axillaire axillary axillaires bladder body bone bones boost bowel
  bowelspace bag brachial brachialplexus brain brainstem breast bronchus bronche bronches bronchial canal cardiac
  carotid carotide carina cauda caudaequina cavity cecum cerebellum cerebelleux cerveau cervical cervicale cervicaux
  cervix chest chestwall chiasm chiasma cochlea cochlee coeur colon connective constrictor constrictors contour cord
  cornea cornee coronal coronary cortex corps couch couchsurface couchinterior cranial crane cricoid cuff duodenum
  duodenal duct ear encephale ent entrance esophagus oesophage oesophageal esophageal external externe eye eyes eyel
  eyer face femoral femorale femur femurs femoralhead femoralheads fem foie fossa gallbladder gastric gland glands
  glande glnd glottis glottic head heart hepatic hilar hilaire hilum hip hippocampus hippocampi hypophyse hypothalamus
  ileum iliac iliaque iliaques inf inferior inferieur inferieure inguinal inguinale inguinaux internal interne
  intestine intestin iris jejunum joint kidney kidneys kidneyl kidneyr larynx laryngeal lacrimal lt lens lenses lensl
  lensr level lips lip levre levres liver lobe lumbar lombaire lung lungs lungl lungr lymph lymphatic mammary
  mammaire mandible mandibule maxilla maxillary mediastinal mediastinale mediastinaux mediastinum medulla meninges
  moelle muscle muscles nasal nasopharynx neck cou nerve nerf node nodes nodal noeud ganglion ganglions
  ganglionnaire optic opticnrv opticchiasm optique optiques oral oralcavity orbit orbite oropharynx ovary ovaries
  ovaire pancreas parotid parotide parotides parotidl parotidr patient peau pelvic pelvien pelvis pelvienne penile
  pericardium perineum peritoneum pharynx pharyngeal pituitary plexus pleura poumon poumons post posterior posterieur
  posterieure prv prostate prostatic pulmonary pulmonaire rachis rectal rectum rein reins renal retina retro
  retroperitoneal rib ribs sacral sacrum sagittal salivary scalp sein seins seminal seminalves seminalvesicle
  sigmoid sinus skin small large smallbowel spinal spinalcanal spinalcord spine splenic spleen rate stomach estomac
  sub subclavian submand submandibular submandibl submandibr sup superior superieur superieure supraclav
  supraclavicular susclaviculaire tempomandibular temporal tete thalamus thoracic thoracique thorax thymus thyroid
  thyroide tissue tongue langue tonsil trachea trachee tracheal trunk tronc tronccerebral urethra ureter uterus
  uterine vagina vaginal vein veine vena cava vertebra vertebral vertebrae vertebre vessie vesicle vessel vessels
  viscera vulva wall whole wholebody
  acquisition adaptive adc angio arterial arterielle attenuation avec avg average axiale brut ac nac wb bw bh breath
  breathhold hold cbct ceph cine contrast contraste corrected corrigee corrige cor ct cta dose doserate deep default
  delayed derived diff diffusion dwi dixon dual dyn dynamic enhanced entier entiere epi exhale expiration fast fat fdg
  fdg18 18f 68ga ga68 psma dotatate dotatoc fes choline fluoro field fiducial filter flair free fusion gated gating
  gre gradient hires high image images imaging inhale inspiration injecte injection in iv irm iso kernel late
  localizer localiser low map mar mean mip mono monophase mpr mr mri native native nm non noncontrast null oblique
  out pet petct tep tepct tdm tep-tdm phase plan planning portal portale portovenous post prone pre protocol raw recon
  reconstruction reformat registered registration resp respiratory routine sag sans scan scanner scout sc sequence
  series serie simulation simul soft space spect spin standard std stir study suv supine swi t1 t1w t2 t2w t2star
  tardif thick thin time tof tra trans transverse turbo tse tumor tumeur tumour unenhanced us venous veineux venous
  volume vol vibe with without wo w window gd mm cm sec min kv kev kvp ma mas
  arc arcs avoid avoidance beam beams bolus brachy ctv ctvn ctvp ctvt dvh dosimetry dosimetrie eval evaluation
  faisceau field final fraction fractions gtv gtvn gtvp gtvt gy cgy hr hotspot icru iso isocenter isocentre isodose
  itv igtv ictv imrt involved irradiation isrt marker margin match max min node nodal opt optimisation
  optimization organ plan planned point presc prescription primary ptv ptvn ptvp ptvt qa reduced reference ref ring
  rt rtdose rtplan rtstruct setup site ssn structure structures sum target technique total treatment traitement vmat
  dcat tomo proton protons photon photons electron electrons zone champ champs reference cible volume somme
  a au aux and de des du et la le les l of on or ou par pour the to un une d vs x y z r l rt lt ap pa lat lao rao
  i ii iii iv left right gauche droit droite bilateral homolateral ipsi ipsilateral contra contralateral controlateral
  bilat both first second new old initial initiale baseline interim follow followup up day week month
  hodgkin lymphoma lymphome carcinoma carcinome metastasis metastases metastase cancer lesion lesions mass bulky
  residual residuel uptake hypermetabolic hypermetabolique necrosis necrose edema oedeme cyst kyste
`;

const known = new Set(words.split(/\s+/).filter(Boolean));
/** Target volumes and their kin as TG-263 builds them: PTVn1, CTVp, GTV2, IGTVsb. */
const TARGET = /^(i|ic|e)?(gtv|ctv|itv|ptv|tv)([pnmv]|sb|par|vas|hr|ir|lr)*\d{0,2}(gy|cgy)?$/;
/** Vertebrae and node levels: C7, T12, L5, S1, Th4, IIa, 4R, and a slice thickness or a dose with its unit. */
const CODE =
  /^((c|t|th|d|l|s)\d{1,2}|(i{1,3}|iv|v|vi)[ab]?|\d{1,2}[lrab]|\d{1,4}(mm|cm|gy|cgy|kv|hu|sec|s|pc))$/;

/** @param word lower case, without accents */
export const isKnownWord = (word: string): boolean => known.has(word) || TARGET.test(word) || CODE.test(word);
