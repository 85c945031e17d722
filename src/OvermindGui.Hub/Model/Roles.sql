-- The roles of an Overmind GUI hub. Run it as the owner of the schema, with the right to create roles; it may run any number of times.
-- Then create a login for each daemon and dashboard, and give it one of them:
--   CREATE ROLE build_server LOGIN PASSWORD '…' IN ROLE overmind_writer;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['overmind_writer', 'overmind_reader', 'overmind_admin'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', name);
    END IF;
  END LOOP;
END
$$;

GRANT USAGE ON SCHEMA overmind TO overmind_writer, overmind_reader, overmind_admin;
GRANT SELECT ON ALL TABLES IN SCHEMA overmind TO overmind_writer, overmind_reader, overmind_admin;
ALTER DEFAULT PRIVILEGES IN SCHEMA overmind GRANT SELECT ON TABLES TO overmind_writer, overmind_reader, overmind_admin;

-- A daemon: its project, its lines and states, the outcomes of commands. It gives no command.
GRANT INSERT, UPDATE, DELETE ON
  overmind.projects, overmind.cursors, overmind.lines, overmind.processes, overmind.process_status, overmind.runs, overmind.daemons,
  overmind.failure_hits, overmind.daemon_commands, overmind.line_counts, overmind.resource_samples TO overmind_writer;
GRANT USAGE ON SEQUENCE overmind.projects_id_seq TO overmind_writer;
GRANT UPDATE (status, taken_by, succeeded, outcome, completed_at) ON overmind.commands TO overmind_writer;
GRANT EXECUTE ON FUNCTION overmind.prepare_day(integer), overmind.prune() TO overmind_writer;

-- A dashboard that may also start, stop, restart and kill. Who gave a command is filled in by the server.
GRANT INSERT (project_id, command, process_name) ON overmind.commands TO overmind_admin;
GRANT USAGE ON SEQUENCE overmind.commands_id_seq TO overmind_admin;
