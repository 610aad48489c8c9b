"""The database's own walls around the books.

A ledger row is never changed, and gets in only when account, buckets and the row before it agree with it. PostgreSQL
also refuses, at commit, an account whose balance moved without a ledger row.
"""

from django.db import migrations

from loyalty_site.append_only import append_only

TIES = """
    SELECT 1 FROM points_account a
    WHERE a.customer_id = NEW.account_id AND a.sequence = NEW.sequence AND a.balance = NEW.balance_after
      AND a.balance = (SELECT COALESCE(SUM(b.points), 0) FROM points_bucket b WHERE b.account_id = NEW.account_id)
      AND NEW.balance_after - NEW.points = CASE WHEN NEW.sequence = 1 THEN 0 ELSE
          (SELECT p.balance_after FROM points_transfer p
           WHERE p.account_id = NEW.account_id AND p.sequence = NEW.sequence - 1) END
"""

SQLITE = f"""
CREATE TRIGGER points_transfer_ties BEFORE INSERT ON points_transfer WHEN NOT EXISTS ({TIES})
BEGIN SELECT RAISE(ABORT, 'points_transfer: account, buckets and ledger do not tie'); END
"""

POSTGRESQL = f"""
CREATE FUNCTION points_transfer_ties() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS ({TIES}) THEN
        RAISE EXCEPTION 'points_transfer: account, buckets and ledger do not tie' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER points_transfer_ties BEFORE INSERT ON points_transfer
    FOR EACH ROW EXECUTE FUNCTION points_transfer_ties();

CREATE FUNCTION points_account_is_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM points_transfer t WHERE t.account_id = NEW.customer_id
                   AND t.sequence = NEW.sequence AND t.balance_after = NEW.balance) THEN
        RAISE EXCEPTION 'points_account: a balance moved without a ledger row' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER points_account_is_told AFTER INSERT OR UPDATE ON points_account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.sequence > 0 OR NEW.balance <> 0)
    EXECUTE FUNCTION points_account_is_told();

ALTER TABLE points_account SET (fillfactor = 80);
ALTER TABLE points_bucket SET (fillfactor = 80);
"""

POSTGRESQL_BACK = """
DROP TRIGGER points_account_is_told ON points_account;
DROP FUNCTION points_account_is_told();
DROP TRIGGER points_transfer_ties ON points_transfer;
DROP FUNCTION points_transfer_ties();
"""


def forwards(apps, schema):
    schema.execute(POSTGRESQL if schema.connection.vendor == "postgresql" else SQLITE)


def backwards(apps, schema):
    schema.execute(POSTGRESQL_BACK if schema.connection.vendor == "postgresql" else "DROP TRIGGER points_transfer_ties")


class Migration(migrations.Migration):
    dependencies = [("points", "0001_initial"), ("access", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards), append_only("points_transfer")]
