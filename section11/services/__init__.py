"""One function per thing a person does: permission, rule, row, audit event, one commit."""
