using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OvermindGui.Core.Storage;

/// <summary>Creates a context without a host for <c>dotnet ef migrations add</c>.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<OvermindDbContext>
{
    public OvermindDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<OvermindDbContext>().UseSqlite("Data Source=design.db").Options);
}
