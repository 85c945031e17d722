using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class ErrorFingerprints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "fingerprint",
                table: "lines",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "errors_by_fingerprint",
                table: "lines",
                columns: new[] { "process_id", "fingerprint" },
                filter: "fingerprint IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "errors_by_fingerprint",
                table: "lines");

            migrationBuilder.DropColumn(
                name: "fingerprint",
                table: "lines");
        }
    }
}
