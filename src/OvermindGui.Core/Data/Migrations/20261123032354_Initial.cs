using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "daemon_commands",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    command = table.Column<string>(type: "TEXT", nullable: false),
                    process_name = table.Column<string>(type: "TEXT", nullable: true),
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
                    warning = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_daemons", x => x.id);
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
                    exit_code = table.Column<int>(type: "INTEGER", nullable: true)
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
                    line_count = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "daemon_commands");

            migrationBuilder.DropTable(
                name: "daemons");

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
