-- A study is one patient's (DICOM PS3.3 A.1.2): an object that names another patient than its study has is not taken
-- unless an administrator said so (`anyPatient`). Outcomes: taken | known | conflict | hidden as before, other_patient
-- (nothing written).
CREATE OR REPLACE FUNCTION consilium_store_instances(items jsonb)
RETURNS TABLE (idx integer, outcome text, series_id uuid, stored_sha256 text)
LANGUAGE plpgsql AS $$
DECLARE
  item record;
  study record;
  series record;
  stored record;
  action text;
BEGIN
  -- One writer per study at a time, in one order whatever the batch: counts are right and nobody waits in a circle.
  PERFORM pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT hashtextextended((value->>'centreId') || ' ' || (value->'study'->>'studyInstanceUid'), 0) AS key
    FROM jsonb_array_elements(items) ORDER BY 1
  ) AS keys;
  FOR item IN
    SELECT ordinality::integer - 1 AS idx, value AS v FROM jsonb_array_elements(items) WITH ORDINALITY
  LOOP
    idx := item.idx;
    series_id := NULL;
    stored_sha256 := NULL;
    SELECT i."sha256", i."seriesId", (st."hiddenAt" IS NOT NULL OR se."hiddenAt" IS NOT NULL) AS hidden INTO stored
    FROM "Instance" i JOIN "Series" se ON se."id" = i."seriesId" JOIN "Study" st ON st."id" = se."studyId"
    WHERE i."centreId" = (item.v->>'centreId')::uuid AND i."sopInstanceUid" = item.v->'instance'->>'sopInstanceUid';
    IF FOUND THEN
      stored_sha256 := stored."sha256";
      IF stored.hidden AND NOT (item.v->>'hidden')::boolean THEN
        outcome := 'hidden';
      ELSIF stored."sha256" = item.v->'instance'->>'sha256' THEN
        outcome := 'known';
        series_id := stored."seriesId";
      ELSE
        outcome := 'conflict';
      END IF;
    ELSE
      SELECT st."id", st."hiddenAt", st."patientId" INTO study FROM "Study" st
      WHERE st."centreId" = (item.v->>'centreId')::uuid
        AND st."studyInstanceUid" = item.v->'study'->>'studyInstanceUid';
      IF NOT FOUND THEN
        INSERT INTO "Study" (
          "id", "centreId", "importedById", "studyInstanceUid", "patientId", "patientName", "patientBirthDate",
          "patientSex", "studyDate", "studyTime", "studyId", "accessionNumber", "description", "referringPhysician",
          "searchText", "modalities", "hiddenAt", "hiddenBecause"
        )
        SELECT gen_random_uuid(), (item.v->>'centreId')::uuid, (item.v->'actor'->>'personId')::uuid,
          s."studyInstanceUid", s."patientId", s."patientName", s."patientBirthDate", s."patientSex", s."studyDate",
          s."studyTime", s."studyId", s."accessionNumber", s."description", s."referringPhysician", s."searchText", '{}',
          CASE WHEN (item.v->>'hidden')::boolean THEN now() END,
          CASE WHEN (item.v->>'hidden')::boolean THEN 'pending' END
        FROM jsonb_to_record(item.v->'study') AS s (
          "studyInstanceUid" text, "patientId" text, "patientName" text, "patientBirthDate" text, "patientSex" text,
          "studyDate" text, "studyTime" text, "studyId" text, "accessionNumber" text, "description" text,
          "referringPhysician" text, "searchText" text
        )
        RETURNING "Study"."id", "Study"."hiddenAt", "Study"."patientId" INTO study;
      END IF;
      SELECT se."id", se."hiddenAt" INTO series FROM "Series" se
      WHERE se."studyId" = study."id" AND se."seriesInstanceUid" = item.v->'series'->>'seriesInstanceUid';
      IF (study."hiddenAt" IS NOT NULL OR series."hiddenAt" IS NOT NULL) AND NOT (item.v->>'hidden')::boolean THEN
        outcome := 'hidden';
      ELSIF study."patientId" <> '' AND item.v->'study'->>'patientId' <> ''
        AND study."patientId" <> item.v->'study'->>'patientId'
        AND NOT COALESCE((item.v->>'anyPatient')::boolean, false) THEN
        outcome := 'other_patient';
      ELSE
        IF series."id" IS NULL THEN
          INSERT INTO "Series" (
            "id", "studyId", "seriesInstanceUid", "modality", "seriesNumber", "description", "bodyPart",
            "frameOfReferenceUid", "seriesDate", "seriesTime", "instanceCount", "revision"
          )
          SELECT gen_random_uuid(), study."id", s."seriesInstanceUid", s."modality", s."seriesNumber", s."description",
            s."bodyPart", s."frameOfReferenceUid", s."seriesDate", s."seriesTime", 1, 1
          FROM jsonb_to_record(item.v->'series') AS s (
            "seriesInstanceUid" text, "modality" text, "seriesNumber" integer, "description" text, "bodyPart" text,
            "frameOfReferenceUid" text, "seriesDate" text, "seriesTime" text
          )
          RETURNING "Series"."id" INTO series_id;
        ELSE
          series_id := series."id";
          UPDATE "Series" se SET "instanceCount" = se."instanceCount" + 1, "revision" = se."revision" + 1
          WHERE se."id" = series_id;
        END IF;
        UPDATE "Study" st SET
          "instanceCount" = st."instanceCount" + 1,
          "seriesCount" = st."seriesCount" + CASE WHEN series."id" IS NULL THEN 1 ELSE 0 END,
          "modalities" = CASE
            WHEN item.v->'series'->>'modality' = '' OR item.v->'series'->>'modality' = ANY (st."modalities")
              THEN st."modalities"
            ELSE (SELECT array_agg(m ORDER BY m COLLATE "C")
                  FROM unnest(st."modalities" || (item.v->'series'->>'modality')) AS m)
          END,
          "updatedAt" = now()
        WHERE st."id" = study."id";
        INSERT INTO "Instance" (
          "id", "centreId", "seriesId", "sopInstanceUid", "sopClassUid", "transferSyntaxUid", "instanceNumber", "rows",
          "columns", "frames", "sha256", "size", "pixelOffset", "pixelLength"
        )
        SELECT gen_random_uuid(), (item.v->>'centreId')::uuid, series_id, i."sopInstanceUid", i."sopClassUid",
          i."transferSyntaxUid", i."instanceNumber", i."rows", i."columns", i."frames", i."sha256", i."size",
          i."pixelOffset", i."pixelLength"
        FROM jsonb_to_record(item.v->'instance') AS i (
          "sopInstanceUid" text, "sopClassUid" text, "transferSyntaxUid" text, "instanceNumber" integer, "rows" integer,
          "columns" integer, "frames" integer, "sha256" text, "size" bigint, "pixelOffset" bigint, "pixelLength" bigint
        );
        outcome := 'taken';
      END IF;
    END IF;
    IF outcome IN ('taken', 'known') THEN
      action := CASE outcome WHEN 'taken' THEN 'instance.store' ELSE 'instance.known' END;
      INSERT INTO "AuditEvent" (
        "actorId", "actorName", "door", "centreId", "action", "resourceType", "resourceId", "details"
      ) VALUES (
        (item.v->'actor'->>'personId')::uuid, item.v->'actor'->>'displayName', item.v->'actor'->>'door',
        (item.v->>'centreId')::uuid, action, 'instance', item.v->'instance'->>'sopInstanceUid',
        jsonb_build_object('study', item.v->'study'->>'studyInstanceUid')
      );
    END IF;
    RETURN NEXT;
  END LOOP;
END
$$;
