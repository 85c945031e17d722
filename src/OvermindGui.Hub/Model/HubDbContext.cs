using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OvermindGui.Core.Storage;

namespace OvermindGui.Hub.Model;

/// <summary>
/// The model of the hub: the types of a project's own database, with the project as the first part of each key, and the tables that only a
/// hub has. The table of lines is partitioned by day, which a migration does in SQL.
/// </summary>
public sealed class HubDbContext(DbContextOptions<HubDbContext> options) : DbContext(options)
{
    /// <summary>The schema of all tables.</summary>
    public const string Schema = "overmind";

    /// <summary>The property that the shared types have only here.</summary>
    public const string ProjectId = "ProjectId";

    public const string HistoryTable = "__EFMigrationsHistory";

    public DbSet<HubProject> Projects => Set<HubProject>();
    public DbSet<HubCursor> Cursors => Set<HubCursor>();
    public DbSet<HubCommand> Commands => Set<HubCommand>();
    public DbSet<HubSettings> Settings => Set<HubSettings>();
    public DbSet<Line> Lines => Set<Line>();
    public DbSet<KnownProcess> Processes => Set<KnownProcess>();
    public DbSet<ProcessStatus> Statuses => Set<ProcessStatus>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<DaemonRecord> Daemons => Set<DaemonRecord>();
    public DbSet<FailureHit> FailureHits => Set<FailureHit>();
    public DbSet<DaemonCommand> DaemonCommands => Set<DaemonCommand>();
    public DbSet<LineCount> LineCounts => Set<LineCount>();
    public DbSet<ResourceSample> ResourceSamples => Set<ResourceSample>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        SharedModel.MapTables(modelBuilder);
        var project = modelBuilder.Entity<HubProject>().ToTable("projects");
        project.HasIndex(p => new { p.Host, p.Database }).IsUnique().HasDatabaseName("projects_by_host");
        project.Property(p => p.FirstSeen).HasDefaultValueSql("clock_timestamp()");
        var cursor = modelBuilder.Entity<HubCursor>().ToTable("cursors");
        cursor.HasKey(c => c.ProjectId);
        cursor.Property(c => c.CountedId).HasDefaultValue(0L);
        cursor.HasOne<HubProject>().WithOne().HasForeignKey<HubCursor>(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
        modelBuilder.Entity<HubSettings>().ToTable("settings").Property(s => s.Id).ValueGeneratedNever();

        var command = modelBuilder.Entity<HubCommand>().ToTable("commands");
        command.HasOne<HubProject>().WithMany().HasForeignKey(c => c.ProjectId).OnDelete(DeleteBehavior.Cascade);
        command.HasIndex(c => c.ProjectId).HasFilter($"status <> '{HubCommand.Completed}'").HasDatabaseName("open_commands");
        command.Property(c => c.RequestedBy).HasDefaultValueSql("session_user");
        command.Property(c => c.RequestedAt).HasDefaultValueSql("clock_timestamp()");
        command.Property(c => c.Status).HasDefaultValue(HubCommand.Pending);

        var line = modelBuilder.Entity<Line>();
        line.Property<int>(ProjectId);
        line.HasKey(ProjectId, nameof(Line.Id), nameof(Line.Time));
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Stream).HasConversion<short>();
        line.Property(l => l.Level).HasConversion<short>();
        line.HasIndex(ProjectId, nameof(Line.ProcessId), nameof(Line.Id)).HasDatabaseName("lines_by_process");
        line.HasIndex(l => l.Time).HasDatabaseName("lines_by_time");
        line.HasIndex(ProjectId, nameof(Line.ProcessId), nameof(Line.Fingerprint), nameof(Line.Id)).IncludeProperties(l => l.Time)
            .HasFilter("fingerprint IS NOT NULL").HasDatabaseName("errors_by_fingerprint");

        InProject(modelBuilder.Entity<KnownProcess>(), nameof(KnownProcess.Id)).Property<long>("PurgedId").HasDefaultValue(0L);
        InProject(modelBuilder.Entity<ProcessStatus>(), nameof(ProcessStatus.ProcessName));
        var run = InProject(modelBuilder.Entity<Run>(), nameof(Run.Id));
        run.HasIndex(r => r.StartedAt).HasDatabaseName("runs_by_start");
        run.HasIndex(r => r.EndedAt).HasDatabaseName("runs_by_end");
        InProject(modelBuilder.Entity<DaemonRecord>(), nameof(DaemonRecord.Id));
        InProject(modelBuilder.Entity<FailureHit>(), nameof(FailureHit.Id)).HasIndex(h => h.Time).HasDatabaseName("failure_hits_by_time");
        InProject(modelBuilder.Entity<DaemonCommand>(), nameof(DaemonCommand.Id));
        InProject(modelBuilder.Entity<LineCount>(), nameof(LineCount.Width), nameof(LineCount.Start), nameof(LineCount.ProcessId));
        var sample = InProject(modelBuilder.Entity<ResourceSample>(), nameof(ResourceSample.Id));
        sample.HasIndex(ProjectId, nameof(ResourceSample.ProcessId), nameof(ResourceSample.Time)).HasDatabaseName("resource_samples_by_process");
        SharedModel.NameColumns(modelBuilder);
    }

    private static EntityTypeBuilder<T> InProject<T>(EntityTypeBuilder<T> entity, params string[] key) where T : class
    {
        entity.Property<int>(ProjectId);
        entity.HasKey([ProjectId, .. key]);
        foreach (var part in key) entity.Property(part).ValueGeneratedNever();
        entity.HasOne<HubProject>().WithMany().HasForeignKey(ProjectId).OnDelete(DeleteBehavior.Cascade);
        return entity;
    }
}
