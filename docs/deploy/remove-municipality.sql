-- Deletes all rows, jobs and the role of one municipality. Run it as the database's owner. It cannot be undone.
-- If another database of the same server has a municipality of this key, run `seuranta hosted init` there afterwards.
-- First let it leave (seuranta hosted export KEY). Then: psql -v ON_ERROR_STOP=1 -v key=koivulahti -f remove-municipality.sql seuranta
BEGIN;
-- Other tables refer to `submissions`: it comes last.
SELECT format('DELETE FROM seuranta.%I WHERE workspace = %L', table_name, 'seuranta_' || :'key')
FROM information_schema.columns WHERE table_schema = 'seuranta' AND column_name = 'workspace'
ORDER BY table_name = 'submissions' \gexec
-- The triggers of the queue tables find their tables by the search path.
SET LOCAL search_path TO seuranta_jobs;
DELETE FROM procrastinate_jobs WHERE args->>'key' = :'key';
DELETE FROM seuranta.workspaces WHERE key = :'key';
SELECT format('DROP ROLE %I', 'seuranta_' || :'key') \gexec
COMMIT;
