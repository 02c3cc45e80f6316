"""Content kept in readable files, and how it becomes pages and rows."""
