using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "retention",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    configured = table.Column<string>(type: "TEXT", nullable: true),
                    keep_lines = table.Column<long>(type: "INTEGER", nullable: true),
                    keep_days = table.Column<int>(type: "INTEGER", nullable: true),
                    keep_size = table.Column<long>(type: "INTEGER", nullable: true),
                    keep_crashes = table.Column<int>(type: "INTEGER", nullable: true),
                    changed_at = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_retention", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stored_bytes",
                columns: table => new
                {
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_stored_bytes", x => x.process_id);
                });

            // The daemon counts all lines again, in steps, and their bytes with them.
            migrationBuilder.Sql("DELETE FROM line_counts; DELETE FROM counted_lines;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "retention");

            migrationBuilder.DropTable(
                name: "stored_bytes");
        }
    }
}
