"""People beside a runner, from her side: invite a coach or a clinician, say what each sees, end it."""
