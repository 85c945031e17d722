using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OvermindGui.Core.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> make a context without a host.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<OvermindDbContext>
{
    public OvermindDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<OvermindDbContext>().UseSqlite("Data Source=design.db").Options);
}
