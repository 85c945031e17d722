using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// What processes use. Samples are added and never change; averages replace what they are made of, as they do in the project's own database. What
/// that one deletes for its age stays in the hub as long as lines do.
/// </summary>
internal sealed class SampleMirror : IMirroredTable
{
    private const int MostAtOnce = 1_000;

    private List<ResourceSample> _new = [];
    private long _shipped;
    private bool _hasSurplus; // the machine has lost its newest samples

    public async Task LoadAsync(HubDbContext hub, int project, CancellationToken cancellationToken) =>
        _shipped = await hub.ResourceSamples.Where(s => EF.Property<int>(s, HubDbContext.ProjectId) == project).MaxAsync(s => (long?)s.Id, cancellationToken) ?? 0;

    public bool FindChanges(OvermindDbContext local)
    {
        var last = local.Database.SqlQuery<long>($"SELECT coalesce(max(seq), 0) AS Value FROM sqlite_sequence WHERE name = 'resource_samples'").Single();
        _hasSurplus = last < _shipped;
        if (_hasSurplus) _shipped = last;
        _new = last == _shipped ? [] : [.. local.ResourceSamples.AsNoTracking().Where(s => s.Id > _shipped).OrderBy(s => s.Id).Take(MostAtOnce)];
        return _hasSurplus || _new.Count > 0;
    }

    public async Task ApplyAsync(HubDbContext hub, int project, CancellationToken cancellationToken)
    {
        var ofProject = hub.ResourceSamples.Where(s => EF.Property<int>(s, HubDbContext.ProjectId) == project);
        if (_hasSurplus) await ofProject.Where(s => s.Id > _shipped).ExecuteDeleteAsync(cancellationToken);
        foreach (var average in _new.Where(s => s.Span > ResourceSample.LongestMeasurement))
        {
            var begins = Math.Floor(average.Time / average.Span) * average.Span;
            await ofProject.Where(s => s.ProcessId == average.ProcessId && s.RunId == average.RunId && s.Span < average.Span && s.Time >= begins && s.Time < begins + average.Span)
                .ExecuteDeleteAsync(cancellationToken);
        }

        foreach (var sample in _new) hub.Add(sample).Property(HubDbContext.ProjectId).CurrentValue = project;
    }

    public void Accept()
    {
        if (_new is [.., var last]) _shipped = last.Id;
        (_new, _hasSurplus) = ([], false);
    }
}
