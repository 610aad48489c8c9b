from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_partners"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="auditentry",
            options={
                "ordering": ["-at", "-id"],
                "permissions": [("export_auditentry", "Can export audit entries")],
                "verbose_name_plural": "audit entries",
            },
        ),
        migrations.RemoveIndex(
            model_name="auditentry",
            name="audit_by_object",
        ),
        migrations.RemoveIndex(
            model_name="auditentry",
            name="audit_by_actor",
        ),
        migrations.AddField(
            model_name="auditentry",
            name="address",
            field=models.CharField(max_length=45, null=True),
        ),
        migrations.AddField(
            model_name="auditentry",
            name="batch",
            field=models.CharField(help_text="Entries of one request or one job share it.", max_length=64, null=True),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["object_type", "object_id", "-at", "-id"], name="audit_by_object"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["actor", "-at", "-id"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["action", "-at", "-id"], name="audit_by_action"),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(condition=models.Q(("batch__isnull", False)), fields=["batch"], name="audit_by_batch"),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("role", "ROLE_PARTICIPANT"), _negated=True),
                fields=["username"],
                name="user_not_customers",
            ),
        ),
    ]
