using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OvermindGui.Hub.Model.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        // A partition for each UTC day, by the line's own time; what has an impossible time is in lines_other.
        private const string Lines =
            """
            CREATE TABLE overmind.lines (
              project_id integer NOT NULL,
              id bigint NOT NULL,
              process_id integer NOT NULL,
              run_id bigint,
              time bigint NOT NULL,
              stream smallint NOT NULL,
              text text NOT NULL,
              style text,
              level smallint NOT NULL,
              continues boolean NOT NULL,
              fingerprint bigint,
              CONSTRAINT "PK_lines" PRIMARY KEY (project_id, id, time)
            ) PARTITION BY RANGE (time);
            CREATE INDEX lines_by_process ON overmind.lines (project_id, process_id, id);
            CREATE INDEX lines_by_time ON overmind.lines (time);
            CREATE TABLE overmind.lines_other PARTITION OF overmind.lines DEFAULT;
            """;

        // They run with the rights of the schema's owner, so that a daemon needs none to create or drop tables.
        private const string Days =
            """
            CREATE FUNCTION overmind.prepare_day(day integer) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            DECLARE
              partition text := 'lines_' || to_char(date '1970-01-01' + day, 'YYYYMMDD');
            BEGIN
              -- from 2000 to the day after tomorrow
              IF day < 10957 OR day > extract(epoch FROM clock_timestamp())::bigint / 86400 + 2 THEN RETURN; END IF;
              IF to_regclass('overmind.' || partition) IS NOT NULL THEN RETURN; END IF;
              PERFORM pg_advisory_xact_lock(72616, 1);
              IF to_regclass('overmind.' || partition) IS NOT NULL THEN RETURN; END IF;
              -- Attaching lets others go on writing; creating it as a partition would make them wait.
              EXECUTE format('CREATE TABLE overmind.%I (LIKE overmind.lines INCLUDING ALL)', partition);
              EXECUTE format('ALTER TABLE overmind.lines ATTACH PARTITION overmind.%I FOR VALUES FROM (%s) TO (%s)',
                partition, day * 86400000::bigint, (day + 1) * 86400000::bigint);
            EXCEPTION WHEN check_violation THEN
              RETURN; -- lines_other has lines of this day, and gets the rest of it
            END
            $$;

            CREATE FUNCTION overmind.prune() RETURNS integer
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            DECLARE
              oldest integer := extract(epoch FROM clock_timestamp())::bigint / 86400 - (SELECT keep_days FROM overmind.settings);
              partition name;
              dropped integer := 0;
            BEGIN
              IF NOT pg_try_advisory_xact_lock(72616, 2) THEN RETURN 0; END IF;
              FOR partition IN
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'overmind.lines'::regclass AND c.relname ~ '^lines_[0-9]{8}$'
                  AND to_date(right(c.relname, 8), 'YYYYMMDD') < date '1970-01-01' + oldest
              LOOP
                EXECUTE format('DROP TABLE overmind.%I', partition);
                dropped := dropped + 1;
              END LOOP;
              DELETE FROM overmind.lines_other WHERE time < oldest * 86400000::bigint;
              DELETE FROM overmind.commands WHERE requested_at < clock_timestamp() - make_interval(days => (SELECT keep_days FROM overmind.settings));
              RETURN dropped;
            END
            $$;
            REVOKE ALL ON FUNCTION overmind.prepare_day(integer), overmind.prune() FROM PUBLIC;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "overmind");

            migrationBuilder.Sql(Lines);

            migrationBuilder.CreateTable(
                name: "projects",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    host = table.Column<string>(type: "text", nullable: false),
                    database = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    folder = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    allows_control = table.Column<bool>(type: "boolean", nullable: false),
                    clock_offset = table.Column<double>(type: "double precision", nullable: false),
                    first_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_projects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settings",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    keep_days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "commands",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    command = table.Column<string>(type: "text", nullable: false),
                    process_name = table.Column<string>(type: "text", nullable: true),
                    requested_by = table.Column<string>(type: "text", nullable: false, defaultValueSql: "session_user"),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()"),
                    status = table.Column<string>(type: "text", nullable: false, defaultValue: "pending"),
                    taken_by = table.Column<Guid>(type: "uuid", nullable: true),
                    succeeded = table.Column<bool>(type: "boolean", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_commands", x => x.id);
                    table.ForeignKey(
                        name: "FK_commands_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "cursors",
                schema: "overmind",
                columns: table => new
                {
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    holder = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    line_id = table.Column<long>(type: "bigint", nullable: false),
                    line_time = table.Column<long>(type: "bigint", nullable: true),
                    amendment_id = table.Column<long>(type: "bigint", nullable: false),
                    backlog = table.Column<long>(type: "bigint", nullable: false),
                    shipped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cursors", x => x.project_id);
                    table.ForeignKey(
                        name: "FK_cursors_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "daemon_commands",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    command = table.Column<string>(type: "text", nullable: false),
                    process_name = table.Column<string>(type: "text", nullable: true),
                    argument = table.Column<string>(type: "text", nullable: true),
                    requested_by = table.Column<string>(type: "text", nullable: true),
                    timestamp = table.Column<double>(type: "double precision", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    succeeded = table.Column<bool>(type: "boolean", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_daemon_commands", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_daemon_commands_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "daemons",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    pid = table.Column<int>(type: "integer", nullable: false),
                    mode = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    working_directory = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<double>(type: "double precision", nullable: false),
                    ended_at = table.Column<double>(type: "double precision", nullable: true),
                    procfile_problems = table.Column<string>(type: "text", nullable: true),
                    warning = table.Column<string>(type: "text", nullable: true),
                    options = table.Column<string>(type: "text", nullable: true),
                    stop_limit = table.Column<double>(type: "double precision", nullable: true),
                    pending_changes = table.Column<string>(type: "text", nullable: true),
                    end_reason = table.Column<string>(type: "text", nullable: true),
                    exit_code = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_daemons", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_daemons_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "failure_hits",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    process_id = table.Column<int>(type: "integer", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    line_id = table.Column<long>(type: "bigint", nullable: true),
                    pattern = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    time = table.Column<double>(type: "double precision", nullable: false),
                    action = table.Column<string>(type: "text", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failure_hits", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_failure_hits_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "process_status",
                schema: "overmind",
                columns: table => new
                {
                    process_name = table.Column<string>(type: "text", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    pid = table.Column<int>(type: "integer", nullable: true),
                    updated_at = table.Column<double>(type: "double precision", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    command = table.Column<string>(type: "text", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: true),
                    started_at = table.Column<double>(type: "double precision", nullable: true),
                    exit_code = table.Column<int>(type: "integer", nullable: true),
                    restart_at = table.Column<double>(type: "double precision", nullable: true),
                    entry = table.Column<string>(type: "text", nullable: true),
                    instance = table.Column<int>(type: "integer", nullable: true),
                    port = table.Column<int>(type: "integer", nullable: true),
                    listening = table.Column<string>(type: "text", nullable: true),
                    process_group = table.Column<string>(type: "text", nullable: true),
                    rule = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    crashes = table.Column<int>(type: "integer", nullable: true),
                    ready = table.Column<bool>(type: "boolean", nullable: true),
                    healthy = table.Column<bool>(type: "boolean", nullable: true),
                    waiting_for_input = table.Column<string>(type: "text", nullable: true),
                    next_run = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_process_status", x => new { x.project_id, x.process_name });
                    table.ForeignKey(
                        name: "FK_process_status_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "processes",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    line_count = table.Column<long>(type: "bigint", nullable: false),
                    cleared_id = table.Column<long>(type: "bigint", nullable: false),
                    selected = table.Column<bool>(type: "boolean", nullable: false),
                    purged_id = table.Column<long>(type: "bigint", nullable: false, defaultValue: 0L)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_processes", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_processes_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    process_id = table.Column<int>(type: "integer", nullable: false),
                    daemon_id = table.Column<long>(type: "bigint", nullable: false),
                    pid = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<double>(type: "double precision", nullable: false),
                    ended_at = table.Column<double>(type: "double precision", nullable: true),
                    exit_code = table.Column<int>(type: "integer", nullable: true),
                    cause = table.Column<string>(type: "text", nullable: false),
                    started_by = table.Column<string>(type: "text", nullable: true),
                    restart_number = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_runs_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "open_commands",
                schema: "overmind",
                table: "commands",
                column: "project_id",
                filter: "status <> 'completed'");

            migrationBuilder.CreateIndex(
                name: "projects_by_host",
                schema: "overmind",
                table: "projects",
                columns: new[] { "host", "database" },
                unique: true);

            migrationBuilder.Sql("INSERT INTO overmind.settings (id, keep_days) VALUES (1, 30);");
            migrationBuilder.Sql(Days);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION overmind.prepare_day(integer); DROP FUNCTION overmind.prune();");
            migrationBuilder.DropTable(
                name: "commands",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "cursors",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "daemon_commands",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "daemons",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "failure_hits",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "lines",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "process_status",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "processes",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "runs",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "settings",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "projects",
                schema: "overmind");
        }
    }
}
