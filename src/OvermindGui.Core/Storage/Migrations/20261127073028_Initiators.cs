using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initiators : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "started_by",
                table: "runs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "stop_limit",
                table: "daemons",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "requested_by",
                table: "daemon_commands",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "started_by",
                table: "runs");

            migrationBuilder.DropColumn(
                name: "stop_limit",
                table: "daemons");

            migrationBuilder.DropColumn(
                name: "requested_by",
                table: "daemon_commands");
        }
    }
}
