from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_agreements_contributions"), ("partners", "0004_invitation")]
    operations = []
