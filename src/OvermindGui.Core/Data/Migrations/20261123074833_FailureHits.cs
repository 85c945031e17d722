using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class FailureHits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "restart_at",
                table: "process_status",
                type: "REAL",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "failure_hits_by_process",
                table: "failure_hits",
                column: "process_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "failure_hits");

            migrationBuilder.DropColumn(
                name: "restart_at",
                table: "process_status");
        }
    }
}
