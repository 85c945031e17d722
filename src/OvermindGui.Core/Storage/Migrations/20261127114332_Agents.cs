using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Agents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "listening",
                table: "process_status",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "agent_calls",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    client_id = table.Column<long>(type: "INTEGER", nullable: false),
                    time = table.Column<double>(type: "REAL", nullable: false),
                    tool = table.Column<string>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent_calls", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "agent_clients",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    connection = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    transport = table.Column<string>(type: "TEXT", nullable: false),
                    allowed = table.Column<string>(type: "TEXT", nullable: false),
                    process = table.Column<string>(type: "TEXT", nullable: true),
                    first_seen = table.Column<double>(type: "REAL", nullable: false),
                    last_seen = table.Column<double>(type: "REAL", nullable: false),
                    ended_at = table.Column<double>(type: "REAL", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_agent_clients", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_agent_clients_connection",
                table: "agent_clients",
                column: "connection",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agent_calls");

            migrationBuilder.DropTable(
                name: "agent_clients");

            migrationBuilder.DropColumn(
                name: "listening",
                table: "process_status");
        }
    }
}
