using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Planning;
using YamlDotNet.Core;

namespace OvermindGui.Core.Project.Settings;

/// <summary>An alert cannot be written. The message is meant for the user.</summary>
public sealed class AlertsFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Writes alerts into the settings file, which daemon and dashboard read again when it changes.</summary>
public sealed partial class AlertsFile(ProjectFolder folder, TimeProvider time)
{
    private const int MaxSize = 1024 * 1024;

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    private readonly string _path = Path.Combine(folder.Root, ProjectSettingsFile.FileName);

    /// <summary>An alert as the settings file has it: a mapping in YAML or JSON, such as <c>{name: api is down, when: fails, processes: [api], actions: [mark]}</c>.</summary>
    /// <exception cref="AlertsFileException">It cannot be used; all that is wrong with it is named.</exception>
    public static AlertRule Parse(string alert)
    {
        var indented = alert.ReplaceLineEndings("\n").Trim().Replace("\n", "\n    ", StringComparison.Ordinal);
        var file = ProjectSettingsFile.Parse(Encoding.UTF8.GetBytes($"alerts:\n  - {indented}\n"));
        var problems = file.Problems.Where(p => p.Severity == ProblemSeverity.Error).Select(MessageOf).ToList();
        if (problems.Count > 0) throw new AlertsFileException(string.Join('\n', problems));
        return file.Alerts is [var only] ? only.Rule : throw new AlertsFileException("expected one alert: {name: …, when: …, actions: […]}");
    }

    /// <summary>What is said of a name that no alert has.</summary>
    public static string Unknown(string name, IEnumerable<AlertRule> alerts) =>
        $"Unknown alert: {name} (known: {string.Join(", ", alerts.Select(alert => alert.Name).DefaultIfEmpty("none"))})";

    /// <summary>The alerts of the file, in its order.</summary>
    /// <exception cref="AlertsFileException">The file cannot be read.</exception>
    public IReadOnlyList<AlertRule> ReadAll()
    {
        try
        {
            return [.. ProjectSettingsFile.Parse(Read()).Alerts.Select(alert => alert.Rule)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlertsFileException($"{ProjectSettingsFile.FileName} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="AlertsFileException">The alert or the file cannot be used, or the file cannot be written.</exception>
    public Task AddAsync(AlertDraft draft, CancellationToken cancellationToken) => EditAsync((edit, _) => edit.Add(draft), cancellationToken);

    /// <param name="former">The alert as it was when it was read.</param>
    /// <exception cref="AlertsFileException">As above, or the alert is not in the file as it was.</exception>
    public Task ChangeAsync(AlertDraft former, AlertDraft draft, CancellationToken cancellationToken) =>
        EditAsync((edit, file) => edit.Change(LineOf(former, file), former, draft), cancellationToken);

    /// <param name="former">As above.</param>
    /// <exception cref="AlertsFileException">As above.</exception>
    public Task RemoveAsync(AlertDraft former, CancellationToken cancellationToken) => EditAsync((edit, file) => edit.Remove(LineOf(former, file)), cancellationToken);

    private static int LineOf(AlertDraft former, ProjectSettingsFile file) =>
        file.Alerts.FirstOrDefault(alert => AlertDraft.Of(alert.Rule).Yaml.SequenceEqual(former.Yaml))?.Place.Line
        ?? throw new AlertsFileException($"{ProjectSettingsFile.FileName} was changed meanwhile: the alert is not there as it was");

    private async Task EditAsync(Func<AlertEdit, ProjectSettingsFile, string?> change, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await FolderLock.AcquireAsync(folder.Root, LockTimeout, time, cancellationToken);
            byte[] before;
            do before = Read();
            while (!FileReplacement.TryReplace(_path, folder.Root, Changed(before, change), () => Read().AsSpan().SequenceEqual(before)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AlertsFileException($"{ProjectSettingsFile.FileName} cannot be written: {e.Message}", e);
        }
    }

    private byte[] Read()
    {
        try
        {
            return BoundedFileReader.Read(_path, MaxSize);
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    // What is written is read again: no form of the file that is not foreseen here can be damaged.
    private static byte[] Changed(byte[] bytes, Func<AlertEdit, ProjectSettingsFile, string?> change)
    {
        var before = ProjectSettingsFile.Parse(bytes);
        string? text;
        try
        {
            var old = Encoding.UTF8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
            text = change(new AlertEdit(old, YamlSpan.Read(old)), before);
        }
        catch (YamlException e)
        {
            throw new AlertsFileException($"Fix the file first: {string.Join('\n', before.Problems.Select(p => p.ToString()).DefaultIfEmpty(e.Message))}", e);
        }

        if (text is null) throw new AlertsFileException($"{ProjectSettingsFile.FileName} has a form in which alerts cannot be changed from here; change it in an editor");
        var after = Encoding.UTF8.GetBytes(text);
        var now = ProjectSettingsFile.Parse(after);
        var known = before.Problems.Select(MessageOf).ToHashSet();
        var problems = now.Problems.Where(p => p.Severity == ProblemSeverity.Error).Select(MessageOf).Where(message => !known.Contains(message)).ToList();
        if (problems.Count > 0) throw new AlertsFileException(string.Join('\n', problems));
        if (now.Processes.Count != before.Processes.Count)
            throw new AlertsFileException($"{ProjectSettingsFile.FileName} has a form in which alerts cannot be changed from here; change it in an editor");
        return after;
    }

    // Without the number of the alert, which a removal changes.
    private static string MessageOf(Problem problem) => NumberPattern().Replace(problem.Message, "");

    [GeneratedRegex(@"^alerts(\[[0-9]+\])?[.:]? ?", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
