using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "amendments",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_amendments", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "clearings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    operation = table.Column<long>(type: "INTEGER", nullable: false),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    from_id = table.Column<long>(type: "INTEGER", nullable: false),
                    line_count = table.Column<long>(type: "INTEGER", nullable: false),
                    cleared_at = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clearings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "daemon_commands",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    command = table.Column<string>(type: "TEXT", nullable: false),
                    process_name = table.Column<string>(type: "TEXT", nullable: true),
                    argument = table.Column<string>(type: "TEXT", nullable: true),
                    timestamp = table.Column<double>(type: "REAL", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false, defaultValue: "pending"),
                    succeeded = table.Column<bool>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_daemon_commands", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "daemons",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    pid = table.Column<int>(type: "INTEGER", nullable: false),
                    mode = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    working_directory = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<double>(type: "REAL", nullable: false),
                    ended_at = table.Column<double>(type: "REAL", nullable: true),
                    procfile_problems = table.Column<string>(type: "TEXT", nullable: true),
                    warning = table.Column<string>(type: "TEXT", nullable: true),
                    options = table.Column<string>(type: "TEXT", nullable: true),
                    pending_changes = table.Column<string>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", nullable: true),
                    exit_code = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_daemons", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "failure_hits",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    line_id = table.Column<long>(type: "INTEGER", nullable: true),
                    pattern = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    time = table.Column<double>(type: "REAL", nullable: false),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failure_hits", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "lines",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: true),
                    time = table.Column<long>(type: "INTEGER", nullable: false),
                    stream = table.Column<int>(type: "INTEGER", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    style = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_lines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "process_status",
                columns: table => new
                {
                    process_name = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    pid = table.Column<int>(type: "INTEGER", nullable: true),
                    updated_at = table.Column<double>(type: "REAL", nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    command = table.Column<string>(type: "TEXT", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: true),
                    started_at = table.Column<double>(type: "REAL", nullable: true),
                    exit_code = table.Column<int>(type: "INTEGER", nullable: true),
                    restart_at = table.Column<double>(type: "REAL", nullable: true),
                    entry = table.Column<string>(type: "TEXT", nullable: true),
                    instance = table.Column<int>(type: "INTEGER", nullable: true),
                    port = table.Column<int>(type: "INTEGER", nullable: true),
                    process_group = table.Column<string>(type: "TEXT", nullable: true),
                    rule = table.Column<string>(type: "TEXT", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    crashes = table.Column<int>(type: "INTEGER", nullable: true),
                    ready = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_process_status", x => x.process_name);
                });

            migrationBuilder.CreateTable(
                name: "processes",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    line_count = table.Column<long>(type: "INTEGER", nullable: false),
                    cleared_id = table.Column<long>(type: "INTEGER", nullable: false, defaultValue: 0L),
                    selected = table.Column<bool>(type: "INTEGER", nullable: false, defaultValue: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_processes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    daemon_id = table.Column<long>(type: "INTEGER", nullable: false),
                    pid = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<double>(type: "REAL", nullable: false),
                    ended_at = table.Column<double>(type: "REAL", nullable: true),
                    exit_code = table.Column<int>(type: "INTEGER", nullable: true),
                    cause = table.Column<string>(type: "TEXT", nullable: false),
                    restart_number = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_runs", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "pending_commands",
                table: "daemon_commands",
                column: "status",
                filter: "status = 'pending'");

            migrationBuilder.CreateIndex(
                name: "failure_hits_by_process",
                table: "failure_hits",
                column: "process_id");

            migrationBuilder.CreateIndex(
                name: "lines_by_process",
                table: "lines",
                column: "process_id");

            migrationBuilder.CreateIndex(
                name: "IX_processes_name",
                table: "processes",
                column: "name",
                unique: true);

            migrationBuilder.Sql(OutputLinesView.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW output_lines");

            migrationBuilder.DropTable(
                name: "amendments");

            migrationBuilder.DropTable(
                name: "clearings");

            migrationBuilder.DropTable(
                name: "daemon_commands");

            migrationBuilder.DropTable(
                name: "daemons");

            migrationBuilder.DropTable(
                name: "failure_hits");

            migrationBuilder.DropTable(
                name: "lines");

            migrationBuilder.DropTable(
                name: "process_status");

            migrationBuilder.DropTable(
                name: "processes");

            migrationBuilder.DropTable(
                name: "runs");
        }
    }
}
