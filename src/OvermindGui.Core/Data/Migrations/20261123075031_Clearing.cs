using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Clearing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP VIEW output_lines");
            migrationBuilder.AddColumn<long>(
                name: "cleared_id",
                table: "processes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

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

            // The view of an older database shows lines that were cleared.
            migrationBuilder.Sql(OutputLinesView.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "clearings");

            migrationBuilder.DropColumn(
                name: "cleared_id",
                table: "processes");
        }
    }
}
