using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace OvermindGui.Core.Storage;

/// <summary>The part of the model that a project's file and the hub have in common: entity types, tables and the names of their columns.</summary>
public static class SharedModel
{
    /// <summary>Maps the types that both have. Keys and indexes are each provider's own: the hub adds the project to them.</summary>
    public static void MapTables(ModelBuilder model)
    {
        model.Entity<Line>().ToTable("lines");
        model.Entity<KnownProcess>().ToTable("processes");
        model.Entity<ProcessStatus>().ToTable("process_status");
        model.Entity<Run>().ToTable("runs");
        model.Entity<DaemonRecord>().ToTable("daemons");
        model.Entity<FailureHit>().ToTable("failure_hits");
        model.Entity<DaemonCommand>().ToTable("daemon_commands");
        model.Entity<LineCount>().ToTable("line_counts");
        model.Entity<ResourceSample>().ToTable("resource_samples");
    }

    /// <summary>Names all columns after their properties, in snake_case. Called last.</summary>
    public static void NameColumns(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties())
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
