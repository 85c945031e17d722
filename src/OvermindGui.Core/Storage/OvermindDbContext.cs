using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace OvermindGui.Core.Storage;

/// <summary>
/// Schema of <c>overmind.db</c>. Users' scripts depend on the table and column names: tables are named here, columns are the properties in
/// snake_case. The newest migration that changes the view <c>output_lines(id, process, html, …)</c> recreates it.
/// </summary>
public sealed class OvermindDbContext(DbContextOptions<OvermindDbContext> options) : DbContext(options)
{
    public DbSet<Line> Lines => Set<Line>();
    public DbSet<Amendment> Amendments => Set<Amendment>();
    public DbSet<KnownProcess> KnownProcesses => Set<KnownProcess>();
    public DbSet<Clearing> Clearings => Set<Clearing>();
    public DbSet<ProcessStatus> Statuses => Set<ProcessStatus>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<DaemonCommand> Commands => Set<DaemonCommand>();
    public DbSet<DaemonRecord> Daemons => Set<DaemonRecord>();
    public DbSet<FailureHit> FailureHits => Set<FailureHit>();
    public DbSet<SearchFilter> SearchFilters => Set<SearchFilter>();
    public DbSet<ShippingState> ShippingStates => Set<ShippingState>();
    public DbSet<DatabaseIdentity> Identities => Set<DatabaseIdentity>();
    public DbSet<LineCount> LineCounts => Set<LineCount>();
    public DbSet<PinnedRun> PinnedRuns => Set<PinnedRun>();
    public DbSet<Bookmark> Bookmarks => Set<Bookmark>();
    public DbSet<SavedView> SavedViews => Set<SavedView>();
    public DbSet<RetentionSetting> RetentionSettings => Set<RetentionSetting>();
    public DbSet<StoredBytes> StoredBytes => Set<StoredBytes>();
    public DbSet<AlertHit> AlertHits => Set<AlertHit>();
    public DbSet<AlertMute> AlertMutes => Set<AlertMute>();
    public DbSet<ResourceSample> ResourceSamples => Set<ResourceSample>();
    public DbSet<AgentClient> AgentClients => Set<AgentClient>();
    public DbSet<AgentCall> AgentCalls => Set<AgentCall>();

    /// <summary>SQLite's own error instead of one that wraps it: its code says whether the database can be used, and what helps.</summary>
    /// <exception cref="SqliteException">The changes could not be written.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        try
        {
            return base.SaveChanges(acceptAllChangesOnSuccess);
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        SharedModel.MapTables(modelBuilder);
        // An index entry ends with the row id, so this index serves "the newest lines of a process" for a history of any size.
        var line = modelBuilder.Entity<Line>();
        line.HasIndex(l => l.ProcessId).HasDatabaseName("lines_by_process");
        // Counts errors without reading a line, and costs a line without an error nothing.
        line.HasIndex(l => new { l.ProcessId, l.Fingerprint }).HasFilter("fingerprint IS NOT NULL").HasDatabaseName("errors_by_fingerprint");
        line.Property(l => l.Level).HasDefaultValue(0);
        line.Property(l => l.Continues).HasDefaultValue(false);
        modelBuilder.Entity<Amendment>().ToTable("amendments");
        var process = modelBuilder.Entity<KnownProcess>();
        process.HasIndex(p => p.Name).IsUnique();
        process.Property(p => p.Selected).HasDefaultValue(true);
        process.Property(p => p.ClearedId).HasDefaultValue(0L);
        modelBuilder.Entity<Clearing>().ToTable("clearings");
        modelBuilder.Entity<ProcessStatus>().HasKey(s => s.ProcessName);
        modelBuilder.Entity<RetentionSetting>().ToTable("retention").Property(r => r.Id).ValueGeneratedNever();
        modelBuilder.Entity<StoredBytes>().ToTable("stored_bytes").HasKey(b => b.ProcessId);
        modelBuilder.Entity<StoredBytes>().Property(b => b.ProcessId).ValueGeneratedNever();
        modelBuilder.Entity<DatabaseIdentity>().ToTable("database_identity");
        modelBuilder.Entity<ShippingState>().ToTable("shipping").HasKey(s => s.Name);
        var run = modelBuilder.Entity<Run>();
        run.Property(r => r.Id).ValueGeneratedNever();
        run.HasIndex(r => r.ProcessId).HasDatabaseName("runs_by_process");
        run.HasIndex(r => r.StartedAt).HasDatabaseName("runs_by_start");
        run.HasIndex(r => r.EndedAt).HasDatabaseName("runs_by_end");
        var hit = modelBuilder.Entity<FailureHit>();
        hit.HasIndex(h => h.ProcessId).HasDatabaseName("failure_hits_by_process");
        hit.HasIndex(h => h.Time).HasDatabaseName("failure_hits_by_time");
        modelBuilder.Entity<LineCount>().HasKey(c => new { c.Width, c.Start, c.ProcessId });
        modelBuilder.Entity<CountedLines>().ToTable("counted_lines").Property(c => c.Id).ValueGeneratedNever();
        modelBuilder.Entity<PinnedRun>().ToTable("pinned_runs").HasKey(p => p.RunId);
        modelBuilder.Entity<PinnedRun>().Property(p => p.RunId).ValueGeneratedNever();
        modelBuilder.Entity<Bookmark>().ToTable("bookmarks").HasIndex(b => b.LineId).IsUnique().HasDatabaseName("bookmarks_by_line");
        var view = modelBuilder.Entity<SavedView>().ToTable("saved_views");
        view.Property(v => v.Name).UseCollation("NOCASE");
        view.HasIndex(v => v.Name).IsUnique().HasDatabaseName("saved_views_by_name");
        modelBuilder.Entity<AgentClient>().ToTable("agent_clients").HasIndex(c => c.Connection).IsUnique();
        modelBuilder.Entity<AgentCall>().ToTable("agent_calls");

        modelBuilder.Entity<AlertHit>().ToTable("alert_hits").HasIndex(h => new { h.Rule, h.Time }).HasDatabaseName("alert_hits_by_rule");
        modelBuilder.Entity<AlertMute>().ToTable("alert_mutes").HasKey(m => m.Rule);
        var sample = modelBuilder.Entity<ResourceSample>();
        sample.HasIndex(s => new { s.ProcessId, s.Time }).HasDatabaseName("resource_samples_by_process");
        sample.HasIndex(s => new { s.Span, s.Time }).HasDatabaseName("resource_samples_by_span");

        // The index lists the filters that there are without reading one.
        var filter = modelBuilder.Entity<SearchFilter>().ToTable("search_filters");
        filter.Property(f => f.Id).ValueGeneratedNever();
        filter.HasIndex(f => f.Id).HasDatabaseName("search_filters_by_id");

        var command = modelBuilder.Entity<DaemonCommand>();
        command.Property(c => c.Status).HasDefaultValue(DaemonCommand.Pending);
        command.HasIndex(c => c.Status).HasFilter($"status = '{DaemonCommand.Pending}'").HasDatabaseName("pending_commands");

        SharedModel.NameColumns(modelBuilder);
    }
}
