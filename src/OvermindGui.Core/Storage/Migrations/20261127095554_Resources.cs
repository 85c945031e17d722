using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Resources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "resource_samples",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    process_id = table.Column<int>(type: "INTEGER", nullable: false),
                    run_id = table.Column<long>(type: "INTEGER", nullable: false),
                    time = table.Column<double>(type: "REAL", nullable: false),
                    span = table.Column<int>(type: "INTEGER", nullable: false),
                    cpu = table.Column<double>(type: "REAL", nullable: false),
                    cpu_peak = table.Column<double>(type: "REAL", nullable: false),
                    memory = table.Column<long>(type: "INTEGER", nullable: false),
                    memory_peak = table.Column<long>(type: "INTEGER", nullable: false),
                    threads = table.Column<int>(type: "INTEGER", nullable: false),
                    open_files = table.Column<int>(type: "INTEGER", nullable: false),
                    disk_read = table.Column<double>(type: "REAL", nullable: false),
                    disk_written = table.Column<double>(type: "REAL", nullable: false),
                    children = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_resource_samples", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "resource_samples_by_process",
                table: "resource_samples",
                columns: new[] { "process_id", "time" });

            migrationBuilder.CreateIndex(
                name: "resource_samples_by_span",
                table: "resource_samples",
                columns: new[] { "span", "time" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "resource_samples");
        }
    }
}
