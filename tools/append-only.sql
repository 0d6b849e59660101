
-- Append-only tables: what was audited, decided in the room or validated is never changed, whoever asks.
CREATE FUNCTION consilium_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION consilium_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "AuditEvent" FOR EACH STATEMENT EXECUTE FUNCTION consilium_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "DecisionVersion" FOR EACH ROW EXECUTE FUNCTION consilium_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "DecisionVersion" FOR EACH STATEMENT EXECUTE FUNCTION consilium_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RoomEvent" FOR EACH ROW EXECUTE FUNCTION consilium_append_only();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON "RoomEvent" FOR EACH STATEMENT EXECUTE FUNCTION consilium_append_only();

-- A share is with one person or with one centre.
ALTER TABLE "CaseShare" ADD CONSTRAINT share_with_one CHECK (("personId" IS NULL) <> ("centreId" IS NULL));
ALTER TABLE "StudyShare" ADD CONSTRAINT share_with_one CHECK (("personId" IS NULL) <> ("centreId" IS NULL));
