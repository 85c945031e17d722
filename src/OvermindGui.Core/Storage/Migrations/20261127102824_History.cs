using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class History : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bookmarks",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    line_id = table.Column<long>(type: "INTEGER", nullable: false),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    time = table.Column<long>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bookmarks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "counted_lines",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    from_id = table.Column<long>(type: "INTEGER", nullable: false),
                    to_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_counted_lines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "line_counts",
                columns: table => new
                {
                    width = table.Column<int>(type: "INTEGER", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    none = table.Column<long>(type: "INTEGER", nullable: false),
                    debug = table.Column<long>(type: "INTEGER", nullable: false),
                    info = table.Column<long>(type: "INTEGER", nullable: false),
                    warn = table.Column<long>(type: "INTEGER", nullable: false),
                    error = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_line_counts", x => new { x.width, x.start, x.process_id });
                });

            migrationBuilder.CreateTable(
                name: "pinned_runs",
                columns: table => new
                {
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    pinned_at = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_pinned_runs", x => x.run_id);
                });

            migrationBuilder.CreateTable(
                name: "saved_views",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    query = table.Column<string>(type: "TEXT", nullable: false),
                    saved_at = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_saved_views", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "runs_by_end",
                table: "runs",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "runs_by_process",
                table: "runs",
                column: "process_id");

            migrationBuilder.CreateIndex(
                name: "runs_by_start",
                table: "runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "failure_hits_by_time",
                table: "failure_hits",
                column: "time");

            migrationBuilder.CreateIndex(
                name: "bookmarks_by_line",
                table: "bookmarks",
                column: "line_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "saved_views_by_name",
                table: "saved_views",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bookmarks");

            migrationBuilder.DropTable(
                name: "counted_lines");

            migrationBuilder.DropTable(
                name: "line_counts");

            migrationBuilder.DropTable(
                name: "pinned_runs");

            migrationBuilder.DropTable(
                name: "saved_views");

            migrationBuilder.DropIndex(
                name: "runs_by_end",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "runs_by_process",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "runs_by_start",
                table: "runs");

            migrationBuilder.DropIndex(
                name: "failure_hits_by_time",
                table: "failure_hits");
        }
    }
}
