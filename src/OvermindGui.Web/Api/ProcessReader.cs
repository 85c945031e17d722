using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Api;

/// <summary>Reads what the API says about processes.</summary>
internal sealed class ProcessReader(OvermindDatabase database, DeclarationsFile declarations)
{
    private readonly ProcessSelection _selection = new(database);

    /// <summary>All processes at this moment.</summary>
    public ProcessesNow Read()
    {
        var system = new SystemReader(database).Read();
        return new ProcessesNow(system, database.IsReady() ? _selection.Deselected() : new HashSet<string>(), declarations.Read());
    }
}

/// <summary>The processes at one moment, in the forms in which routes answer.</summary>
internal sealed record ProcessesNow(SystemSnapshot System, IReadOnlySet<string> Deselected, DeclarationsReading Declarations)
{
    public Dictionary<string, ProcessResponse> Dicts() => System.Processes.ToDictionary(
        p => p.Name, p => ProcessResponse.From(p, !Deselected.Contains(p.Name), [.. Declarations.For(p.Name).Select(d => d.Pattern)]));

    public Stats Stats() => Api.Stats.Of(System.Processes, Deselected);

    public Dictionary<string, string> Statuses() => System.Processes.ToDictionary(p => p.Name, p => p.State.ToText());

    /// <summary>Null when the name is known; else what to answer with 404.</summary>
    public string? Problem(string process) => System.Processes.Any(p => p.Name == process)
        ? null
        : UnknownProcessText.Of(process, System.Processes.Select(p => p.Name));
}
