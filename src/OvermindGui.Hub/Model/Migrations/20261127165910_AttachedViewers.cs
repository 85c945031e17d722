using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Hub.Model.Migrations
{
    /// <inheritdoc />
    public partial class AttachedViewers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "attached",
                schema: "overmind",
                table: "process_status",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "attached",
                schema: "overmind",
                table: "process_status");
        }
    }
}
