using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Hub.Model.Migrations
{
    /// <inheritdoc />
    public partial class CountsErrorsResources : Migration
    {
        // Narrow spans are kept as long as someone looks at them closely; the widest, as long as the lines.
        private const string Prune =
            """
            CREATE OR REPLACE FUNCTION overmind.prune() RETURNS integer
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            DECLARE
              seconds bigint := extract(epoch FROM clock_timestamp())::bigint;
              oldest integer := seconds / 86400 - (SELECT keep_days FROM overmind.settings);
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
              DELETE FROM overmind.line_counts
                WHERE start < oldest * 86400::bigint OR (width = 10 AND start < seconds - 43200) OR (width = 60 AND start < seconds - 604800);
              DELETE FROM overmind.resource_samples WHERE time < oldest * 86400::bigint;
              DELETE FROM overmind.commands WHERE requested_at < clock_timestamp() - make_interval(days => (SELECT keep_days FROM overmind.settings));
              RETURN dropped;
            END
            $$;
            """;

        // What is there already, up to what the cursors say at the same moment.
        private const string Count =
            """
            WITH upto AS (SELECT project_id, line_id FROM overmind.cursors),
            counted AS (
              INSERT INTO overmind.line_counts (project_id, width, start, process_id, none, debug, info, warn, error)
              SELECT l.project_id, w.width, l.time / 1000 / w.width * w.width AS begins, l.process_id, count(*) FILTER (WHERE l.level NOT BETWEEN 1 AND 4),
                count(*) FILTER (WHERE l.level = 1), count(*) FILTER (WHERE l.level = 2), count(*) FILTER (WHERE l.level = 3), count(*) FILTER (WHERE l.level = 4)
              FROM overmind.lines l JOIN upto u ON u.project_id = l.project_id AND l.id <= u.line_id CROSS JOIN unnest(ARRAY[10, 60, 3600]) w(width)
              GROUP BY l.project_id, w.width, begins, l.process_id)
            UPDATE overmind.cursors c SET counted_id = u.line_id FROM upto u WHERE u.project_id = c.project_id;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "counted_id",
                schema: "overmind",
                table: "cursors",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "line_counts",
                schema: "overmind",
                columns: table => new
                {
                    width = table.Column<int>(type: "integer", nullable: false),
                    start = table.Column<long>(type: "bigint", nullable: false),
                    process_id = table.Column<int>(type: "integer", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    none = table.Column<long>(type: "bigint", nullable: false),
                    debug = table.Column<long>(type: "bigint", nullable: false),
                    info = table.Column<long>(type: "bigint", nullable: false),
                    warn = table.Column<long>(type: "bigint", nullable: false),
                    error = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_line_counts", x => new { x.project_id, x.width, x.start, x.process_id });
                    table.ForeignKey(
                        name: "FK_line_counts_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "resource_samples",
                schema: "overmind",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    project_id = table.Column<int>(type: "integer", nullable: false),
                    process_id = table.Column<int>(type: "integer", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    time = table.Column<double>(type: "double precision", nullable: false),
                    span = table.Column<int>(type: "integer", nullable: false),
                    cpu = table.Column<double>(type: "double precision", nullable: false),
                    cpu_peak = table.Column<double>(type: "double precision", nullable: false),
                    memory = table.Column<long>(type: "bigint", nullable: false),
                    memory_peak = table.Column<long>(type: "bigint", nullable: false),
                    threads = table.Column<int>(type: "integer", nullable: false),
                    open_files = table.Column<int>(type: "integer", nullable: false),
                    disk_read = table.Column<double>(type: "double precision", nullable: false),
                    disk_written = table.Column<double>(type: "double precision", nullable: false),
                    children = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource_samples", x => new { x.project_id, x.id });
                    table.ForeignKey(
                        name: "FK_resource_samples_projects_project_id",
                        column: x => x.project_id,
                        principalSchema: "overmind",
                        principalTable: "projects",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "runs_by_end",
                schema: "overmind",
                table: "runs",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "runs_by_start",
                schema: "overmind",
                table: "runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "errors_by_fingerprint",
                schema: "overmind",
                table: "lines",
                columns: new[] { "project_id", "process_id", "fingerprint", "id" },
                filter: "fingerprint IS NOT NULL")
                .Annotation("Npgsql:IndexInclude", new[] { "time" });

            migrationBuilder.CreateIndex(
                name: "failure_hits_by_time",
                schema: "overmind",
                table: "failure_hits",
                column: "time");

            migrationBuilder.CreateIndex(
                name: "resource_samples_by_process",
                schema: "overmind",
                table: "resource_samples",
                columns: new[] { "project_id", "process_id", "time" });

            migrationBuilder.Sql(Prune);
            migrationBuilder.Sql(Count);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("CREATE OR REPLACE FUNCTION overmind.prune() RETURNS integer LANGUAGE sql AS 'SELECT 0'");
            migrationBuilder.DropTable(
                name: "line_counts",
                schema: "overmind");

            migrationBuilder.DropTable(
                name: "resource_samples",
                schema: "overmind");

            migrationBuilder.DropIndex(
                name: "runs_by_end",
                schema: "overmind",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "runs_by_start",
                schema: "overmind",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "errors_by_fingerprint",
                schema: "overmind",
                table: "lines");

            migrationBuilder.DropIndex(
                name: "failure_hits_by_time",
                schema: "overmind",
                table: "failure_hits");

            migrationBuilder.DropColumn(
                name: "counted_id",
                schema: "overmind",
                table: "cursors");
        }
    }
}
