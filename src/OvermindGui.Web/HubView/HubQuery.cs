using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Api;

namespace OvermindGui.Web.HubView;

/// <summary>What a request asks of the lines of a hub.</summary>
/// <param name="Host">Names of machines.</param>
/// <param name="Project">Names of projects, or their numbers in the hub.</param>
/// <param name="Text">A text that the line contains, in any case unless <paramref name="Case"/> is true.</param>
/// <param name="Regex">A regular expression of PostgreSQL that matches, in any case unless <paramref name="Case"/> is true.</param>
/// <param name="Word">Whether letters, digits and underscores may not stand beside a hit.</param>
/// <param name="Exclude">Texts that the line must not contain.</param>
/// <param name="Invert">Whether to ask for the lines that the text and the expression do not match.</param>
/// <param name="Run">Id of a run; it is of one project.</param>
/// <param name="Level">One or more of error, warn, info, debug and none, with commas between.</param>
/// <param name="Since">A span such as 10m, a time or a date.</param>
/// <param name="Until">As <paramref name="Since"/>.</param>
/// <param name="Before">The place that an earlier answer ended with.</param>
internal readonly record struct HubQuery(
    [property: FromQuery(Name = "host")] string[]? Host, [property: FromQuery(Name = "project")] string[]? Project, [property: FromQuery(Name = "process")] string[]? Process,
    [property: FromQuery(Name = "q")] string? Text, [property: FromQuery(Name = "regex")] string? Regex, [property: FromQuery(Name = "level")] string? Level,
    [property: FromQuery(Name = "since")] string? Since, [property: FromQuery(Name = "until")] string? Until, [property: FromQuery(Name = "before")] string? Before,
    [property: FromQuery(Name = "limit")] string? Limit, [property: FromQuery(Name = "case")] bool? Case, [property: FromQuery(Name = "word")] bool? Word,
    [property: FromQuery(Name = "exclude")] string[]? Exclude, [property: FromQuery(Name = "invert")] bool? Invert, [property: FromQuery(Name = "run")] string? Run)
{
    /// <exception cref="HubRequestException">A value is unusable; the message names the parameter.</exception>
    public HubLineFilter Filter(TimeProvider time)
    {
        if (!LevelSet.TryParse(Level, out var levels, out var word)) throw new HubRequestException($"level: {word} is none; expected {LevelSet.Accepted}");
        if (!QueryNumber.TryRead(Run, out var run) || run < 1) throw new HubRequestException("run: expected a whole number from 1");
        return new HubLineFilter
        {
            Hosts = Given(Host),
            Projects = Given(Project),
            Processes = Given(Process),
            Levels = levels,
            Texts = [.. Texts()],
            Run = run,
            Since = Moment("since", Since, time, isEnd: false),
            Until = Moment("until", Until, time, isEnd: true),
        };
    }

    /// <exception cref="HubRequestException">It is no place.</exception>
    public HubPosition? Place() => string.IsNullOrEmpty(Before) ? null
        : HubPosition.Parse(Before) ?? throw new HubRequestException("before: expected the before of an earlier answer");

    /// <exception cref="HubRequestException">It is no number, or too large.</exception>
    public int Count(int whenMissing) => !QueryNumber.TryRead(Limit, out var limit) || limit is < 1 or > HubLog.MostLines
        ? throw new HubRequestException(string.Create(CultureInfo.InvariantCulture, $"limit: expected a whole number from 1 to {HubLog.MostLines}"))
        : (int)(limit ?? whenMissing);

    private IEnumerable<TextMatch> Texts()
    {
        var like = new TextMatch("") { MatchCase = Case == true, WholeWord = Word == true };
        if (!string.IsNullOrEmpty(Text)) yield return like with { Text = Text, Excludes = Invert == true };
        if (!string.IsNullOrEmpty(Regex)) yield return like with { Text = Regex, IsRegex = true, Excludes = Invert == true };
        foreach (var text in Exclude ?? [])
            if (text.Length > 0) yield return like with { Text = text, Excludes = true };
    }

    private static string[] Given(string[]? names) => [.. (names ?? []).SelectMany(name => name.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static long? Moment(string name, string? text, TimeProvider time, bool isEnd)
    {
        if (string.IsNullOrEmpty(text)) return null;
        var valid = isEnd ? PastTime.TryParseEnd(text, time, out var moment, out var problem) : PastTime.TryParse(text, time, out moment, out problem);
        return valid ? moment.ToUnixTimeMilliseconds() : throw new HubRequestException($"{name}: {problem}");
    }
}
