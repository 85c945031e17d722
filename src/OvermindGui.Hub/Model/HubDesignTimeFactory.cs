using Microsoft.EntityFrameworkCore.Design;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Model;

/// <summary>Creates a context without a server for <c>dotnet ef migrations add</c>.</summary>
internal sealed class HubDesignTimeFactory : IDesignTimeDbContextFactory<HubDbContext>
{
    public HubDbContext CreateDbContext(string[] args) => new HubDatabase(HubAddress.Parse("Host=localhost;Database=design", true, out _)!).CreateDbContext();
}
