-- Puts a batch of objects into the index, one statement for all of them: what consilium_store_instances did object by
-- object. That one stays for servers that still run while this migration is applied.
--
-- `batch`: {actors, studies, series: [...], instances: [{actor, study, series: places in those, ...}]}, see
-- lib/store/commit-instances.server.ts. Outcomes as before: taken | known | conflict | hidden | other_patient. No two
-- objects of a batch may have one SOP Instance UID in one centre: the index's uniqueness refuses the batch.
--
-- Plans are kept while tables grow from nothing to millions of rows; only ways that stay good are allowed.
CREATE FUNCTION consilium_store_batch(batch jsonb)
RETURNS TABLE (idx integer, outcome text, series_id uuid, stored_sha256 text)
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
BEGIN
  -- One writer per study at a time, in one order whatever the batch: counts are right and nobody waits in a circle.
  IF jsonb_array_length(batch->'studies') = 1 THEN
    PERFORM pg_advisory_xact_lock(
      hashtextextended((batch#>>'{studies,0,centreId}') || ' ' || (batch#>>'{studies,0,studyInstanceUid}'), 0)
    );
  ELSE
    PERFORM pg_advisory_xact_lock(key) FROM (
      SELECT DISTINCT hashtextextended((value->>'centreId') || ' ' || (value->>'studyInstanceUid'), 0) AS key
      FROM jsonb_array_elements(batch->'studies') ORDER BY 1
    ) AS keys;
  END IF;

  IF EXISTS (
    SELECT FROM jsonb_to_recordset(batch->'studies') AS s ("centreId" uuid, "studyInstanceUid" text)
    WHERE NOT EXISTS (
      SELECT FROM "Study" st WHERE st."centreId" = s."centreId" AND st."studyInstanceUid" = s."studyInstanceUid"
    )
  ) THEN
    -- A study is as the first of its objects that is not stored yet describes it.
    INSERT INTO "Study" (
      "id", "centreId", "importedById", "studyInstanceUid", "patientId", "patientName", "patientBirthDate",
      "patientSex", "studyDate", "studyTime", "studyId", "accessionNumber", "description", "referringPhysician",
      "searchText", "modalities", "hiddenAt", "hiddenBecause"
    )
    SELECT DISTINCT ON (s."centreId", s."studyInstanceUid") gen_random_uuid(), s."centreId", a."personId",
      s."studyInstanceUid", s."patientId", s."patientName", s."patientBirthDate", s."patientSex", s."studyDate",
      s."studyTime", s."studyId", s."accessionNumber", s."description", s."referringPhysician", s."searchText", '{}',
      CASE WHEN o."hidden" THEN now() END, CASE WHEN o."hidden" THEN 'pending' END
    FROM ROWS FROM (jsonb_to_recordset(batch->'studies') AS (
      "centreId" uuid, "studyInstanceUid" text, "patientId" text, "patientName" text, "patientBirthDate" text,
      "patientSex" text, "studyDate" text, "studyTime" text, "studyId" text, "accessionNumber" text, "description" text,
      "referringPhysician" text, "searchText" text
    )) WITH ORDINALITY s ("centreId", "studyInstanceUid", "patientId", "patientName", "patientBirthDate", "patientSex",
      "studyDate", "studyTime", "studyId", "accessionNumber", "description", "referringPhysician", "searchText", place)
    CROSS JOIN LATERAL (
      SELECT i."actor", i."hidden", i.place
      FROM ROWS FROM (jsonb_to_recordset(batch->'instances') AS (
        "study" integer, "actor" integer, "hidden" boolean, "sopInstanceUid" text
      )) WITH ORDINALITY i ("study", "actor", "hidden", "sopInstanceUid", place)
      WHERE i."study" = s.place - 1 AND NOT EXISTS (
        SELECT FROM "Instance" x WHERE x."centreId" = s."centreId" AND x."sopInstanceUid" = i."sopInstanceUid"
      )
      ORDER BY i.place LIMIT 1
    ) o
    CROSS JOIN LATERAL jsonb_to_record(batch->'actors'->o."actor") AS a ("personId" uuid)
    WHERE NOT EXISTS (
      SELECT FROM "Study" st WHERE st."centreId" = s."centreId" AND st."studyInstanceUid" = s."studyInstanceUid"
    )
    ORDER BY s."centreId", s."studyInstanceUid", o.place;
  END IF;

  RETURN QUERY
  WITH item AS (
    SELECT i.*, i.place::integer - 1 AS idx
    FROM ROWS FROM (jsonb_to_recordset(batch->'instances') AS (
      "actor" integer, "study" integer, "series" integer, "hidden" boolean, "anyPatient" boolean,
      "sopInstanceUid" text, "sopClassUid" text, "transferSyntaxUid" text, "instanceNumber" integer, "rows" integer,
      "columns" integer, "frames" integer, "sha256" text, "size" bigint, "pixelOffset" bigint, "pixelLength" bigint
    )) WITH ORDINALITY i ("actor", "study", "series", "hidden", "anyPatient", "sopInstanceUid", "sopClassUid",
      "transferSyntaxUid", "instanceNumber", "rows", "columns", "frames", "sha256", "size", "pixelOffset",
      "pixelLength", place)
  ),
  study AS MATERIALIZED (
    SELECT s.place - 1 AS place, s."centreId", s."studyInstanceUid", s."patientId", st."id", st."hiddenAt",
      st."patientId" AS "storedPatientId"
    FROM ROWS FROM (jsonb_to_recordset(batch->'studies') AS (
      "centreId" uuid, "studyInstanceUid" text, "patientId" text
    )) WITH ORDINALITY s ("centreId", "studyInstanceUid", "patientId", place)
    LEFT JOIN "Study" st ON st."centreId" = s."centreId" AND st."studyInstanceUid" = s."studyInstanceUid"
  ),
  series AS MATERIALIZED (
    SELECT s.*, s.place - 1 AS at
    FROM ROWS FROM (jsonb_to_recordset(batch->'series') AS (
      "seriesInstanceUid" text, "modality" text, "seriesNumber" integer, "description" text, "bodyPart" text,
      "frameOfReferenceUid" text, "seriesDate" text, "seriesTime" text
    )) WITH ORDINALITY s ("seriesInstanceUid", "modality", "seriesNumber", "description", "bodyPart",
      "frameOfReferenceUid", "seriesDate", "seriesTime", place)
  ),
  judged AS MATERIALIZED (
    SELECT item.*, study."centreId", study."studyInstanceUid", study."id" AS study_id, se."id" AS known_series,
      series."seriesInstanceUid", series."modality", x."sha256" AS stored, x."seriesId" AS stored_series,
      CASE
        WHEN x."sha256" IS NOT NULL THEN CASE
          WHEN x.gone AND NOT item."hidden" THEN 'hidden'
          WHEN x."sha256" = item."sha256" THEN 'known'
          ELSE 'conflict'
        END
        WHEN (study."hiddenAt" IS NOT NULL OR se."hiddenAt" IS NOT NULL) AND NOT item."hidden" THEN 'hidden'
        WHEN study."storedPatientId" <> '' AND study."patientId" <> ''
          AND study."storedPatientId" <> study."patientId" AND NOT item."anyPatient" THEN 'other_patient'
        ELSE 'taken'
      END AS outcome
    FROM item
    JOIN study ON study.place = item."study"
    JOIN series ON series.at = item."series"
    LEFT JOIN "Series" se ON se."studyId" = study."id" AND se."seriesInstanceUid" = series."seriesInstanceUid"
    LEFT JOIN LATERAL (
      SELECT i."sha256", i."seriesId", (st."hiddenAt" IS NOT NULL OR se."hiddenAt" IS NOT NULL) AS gone
      FROM "Instance" i JOIN "Series" se ON se."id" = i."seriesId" JOIN "Study" st ON st."id" = se."studyId"
      WHERE i."centreId" = study."centreId" AND i."sopInstanceUid" = item."sopInstanceUid"
    ) x ON true
  ),
  new_series AS (
    INSERT INTO "Series" (
      "id", "studyId", "seriesInstanceUid", "modality", "seriesNumber", "description", "bodyPart",
      "frameOfReferenceUid", "seriesDate", "seriesTime", "instanceCount", "revision"
    )
    SELECT gen_random_uuid(), n.study_id, n."seriesInstanceUid", s."modality", s."seriesNumber", s."description",
      s."bodyPart", s."frameOfReferenceUid", s."seriesDate", s."seriesTime", n.objects, n.objects
    FROM (
      SELECT j.study_id, j."seriesInstanceUid", count(*)::integer AS objects,
        (array_agg(j."series" ORDER BY j.idx))[1] AS described
      FROM judged j WHERE j.outcome = 'taken' AND j.known_series IS NULL GROUP BY 1, 2
    ) n JOIN series s ON s.at = n.described
    RETURNING "id", "studyId", "seriesInstanceUid"
  ),
  grown_series AS (
    UPDATE "Series" se SET "instanceCount" = se."instanceCount" + n.objects, "revision" = se."revision" + n.objects
    FROM (
      SELECT j.known_series, count(*)::integer AS objects
      FROM judged j WHERE j.outcome = 'taken' AND j.known_series IS NOT NULL GROUP BY 1
    ) n WHERE se."id" = n.known_series
  ),
  grown_study AS (
    UPDATE "Study" st SET
      "instanceCount" = st."instanceCount" + n.objects,
      "seriesCount" = st."seriesCount" + (SELECT count(*)::integer FROM new_series s WHERE s."studyId" = st."id"),
      "modalities" = CASE WHEN n.modalities <@ st."modalities" THEN st."modalities"
        ELSE (SELECT array_agg(DISTINCT m COLLATE "C" ORDER BY m COLLATE "C")
              FROM unnest(st."modalities" || n.modalities) AS m) END,
      "updatedAt" = now()
    FROM (
      SELECT j.study_id, count(*)::integer AS objects,
        COALESCE(array_agg(DISTINCT j."modality") FILTER (WHERE j."modality" <> ''), '{}') AS modalities
      FROM judged j WHERE j.outcome = 'taken' GROUP BY 1
    ) n WHERE st."id" = n.study_id
  ),
  placed AS MATERIALIZED (
    SELECT j.*, COALESCE(j.known_series, s."id") AS own_series
    FROM judged j
    LEFT JOIN new_series s ON s."studyId" = j.study_id AND s."seriesInstanceUid" = j."seriesInstanceUid"
  ),
  stored AS (
    INSERT INTO "Instance" (
      "id", "centreId", "seriesId", "sopInstanceUid", "sopClassUid", "transferSyntaxUid", "instanceNumber", "rows",
      "columns", "frames", "sha256", "size", "pixelOffset", "pixelLength"
    )
    SELECT gen_random_uuid(), p."centreId", p.own_series, p."sopInstanceUid", p."sopClassUid", p."transferSyntaxUid",
      p."instanceNumber", p."rows", p."columns", p."frames", p."sha256", p."size", p."pixelOffset", p."pixelLength"
    FROM placed p WHERE p.outcome = 'taken'
  ),
  audited AS (
    INSERT INTO "AuditEvent" (
      "actorId", "actorName", "door", "centreId", "action", "resourceType", "resourceId", "details"
    )
    SELECT a."personId", a."displayName", a."door", p."centreId",
      CASE p.outcome WHEN 'taken' THEN 'instance.store' ELSE 'instance.known' END, 'instance', p."sopInstanceUid",
      jsonb_build_object('study', p."studyInstanceUid")
    FROM placed p
    CROSS JOIN LATERAL jsonb_to_record(batch->'actors'->p."actor") AS a (
      "personId" uuid, "displayName" text, "door" text
    )
    WHERE p.outcome IN ('taken', 'known') ORDER BY p.idx
  )
  SELECT p.idx, p.outcome,
    CASE p.outcome WHEN 'taken' THEN p.own_series WHEN 'known' THEN p.stored_series END, p.stored
  FROM placed p;
END
$$;
