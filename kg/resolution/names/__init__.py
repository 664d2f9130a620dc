"""Names of organizations and people across spellings and scripts: pure comparison."""
