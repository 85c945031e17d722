using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Data.Migrations
{
    /// <inheritdoc />
    public partial class Planning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "crashes",
                table: "process_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "entry",
                table: "process_status",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "instance",
                table: "process_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "port",
                table: "process_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "process_group",
                table: "process_status",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ready",
                table: "process_status",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reason",
                table: "process_status",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "rule",
                table: "process_status",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "end_reason",
                table: "daemons",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "exit_code",
                table: "daemons",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "options",
                table: "daemons",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pending_changes",
                table: "daemons",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "crashes",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "entry",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "instance",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "port",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "process_group",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "ready",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "reason",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "rule",
                table: "process_status");

            migrationBuilder.DropColumn(
                name: "end_reason",
                table: "daemons");

            migrationBuilder.DropColumn(
                name: "exit_code",
                table: "daemons");

            migrationBuilder.DropColumn(
                name: "options",
                table: "daemons");

            migrationBuilder.DropColumn(
                name: "pending_changes",
                table: "daemons");
        }
    }
}
