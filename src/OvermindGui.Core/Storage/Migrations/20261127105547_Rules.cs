using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Rules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "healthy",
                table: "process_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "next_run",
                table: "process_status",
                type: "REAL",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "healthy",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "next_run",
                table: "process_status");
        }
    }
}
