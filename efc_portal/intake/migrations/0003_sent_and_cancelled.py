from django.db import migrations

# Files that were sent or given up before: rows to mend are not kept beyond the sending, and an address says what was
# given up.
ERASE = """
DELETE FROM intake_brokenrow USING intake_intake i
WHERE i.id = intake_brokenrow.intake_id AND i.status = 'confirmed'
"""
NOTE = """
INSERT INTO intake_cancelledintake (id, organisation_id, cancelled_at)
SELECT i.id, s.organisation_id, i.status_at
FROM intake_intake i JOIN submissions_submission s ON s.id = i.submission_id WHERE i.status = 'cancelled'
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_cancelled_and_mended")]

    operations = [
        migrations.RunSQL(ERASE, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
    ]
