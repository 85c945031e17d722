using Microsoft.AspNetCore.Mvc;
using OvermindGui.Core.Application;
using OvermindGui.Core.Levels;

namespace OvermindGui.Web.Api;

/// <summary>What a request asks of the text and the time of lines.</summary>
/// <param name="Text">A text that the line must contain, in any case unless <paramref name="Case"/> is true.</param>
/// <param name="Regex">A .NET regular expression that must match.</param>
/// <param name="Case">Whether upper and lower case differ; when it is not said, they differ in an expression alone.</param>
/// <param name="Word">Whether letters, digits and underscores may not stand beside a hit.</param>
/// <param name="Exclude">Texts that the line must not contain.</param>
/// <param name="Invert">Whether to ask for the lines that the text and the expression do not match.</param>
/// <param name="Since">A span such as 10m, a time or a date.</param>
/// <param name="Until">As <paramref name="Since"/>.</param>
/// <param name="Run">Id of a run.</param>
internal readonly record struct SearchParameters(
    [property: FromQuery(Name = "q")] string? Text, [property: FromQuery(Name = "regex")] string? Regex,
    [property: FromQuery(Name = "case")] bool? Case, [property: FromQuery(Name = "word")] bool? Word,
    [property: FromQuery(Name = "exclude")] string[]? Exclude, [property: FromQuery(Name = "invert")] bool? Invert, [property: FromQuery(Name = "since")] string? Since,
    [property: FromQuery(Name = "until")] string? Until, [property: FromQuery(Name = "run")] string? Run)
{
    /// <summary>The same in the words of the application layer.</summary>
    /// <exception cref="RequestException">A value is unusable; the message names the parameter.</exception>
    public LineSelection Selection(string[]? processes, string? level)
    {
        if (!LevelSet.TryParse(level, out var levels, out var unknown)) throw Refused($"level: {unknown} is none; expected {LevelSet.Accepted}");
        if (!QueryNumber.TryRead(Run, out var run)) throw Refused("run: expected a whole number from 1");
        return new LineSelection
        {
            Processes = KnownNames.NonEmpty(processes),
            Text = Text,
            Regex = Regex,
            MatchCase = Case,
            WholeWord = Word == true,
            Invert = Invert == true,
            Exclude = Exclude,
            Levels = levels,
            Since = Since,
            Until = Until,
            Run = run,
        };
    }

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
