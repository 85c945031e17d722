using Microsoft.AspNetCore.Mvc;
using OvermindGui.Core.Contracts;

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
    /// <summary>False when a value cannot be used; <paramref name="problem"/> then names the parameter and what it accepts.</summary>
    public static bool TryRead(
        SearchParameters search, TimeProvider time, out List<TextMatch> texts, out (long? Since, long? Until, long? Run) range, out string problem)
    {
        texts = [];
        range = default;
        problem = "";
        if (!string.IsNullOrEmpty(search.Text))
            texts.Add(new TextMatch(search.Text) { MatchCase = search.Case == true, WholeWord = search.Word == true, Excludes = search.Invert == true });
        if (!string.IsNullOrEmpty(search.Regex))
        {
            var expression = new TextMatch(search.Regex)
            {
                IsRegex = true,
                MatchCase = search.Case != false,
                WholeWord = search.Word == true,
                Excludes = search.Invert == true,
                AllowsBacktracking = true,
            };
            if (expression.Problem is { } why) problem = $"regex: {why}";
            else texts.Add(expression);
        }

        texts.AddRange((search.Exclude ?? []).Where(text => text.Length > 0).Select(text => new TextMatch(text) { MatchCase = search.Case == true, Excludes = true }));
        long? since = null, until = null;
        if (problem.Length == 0) QueryTime.TryRead("since", search.Since, time, out since, out problem);
        if (problem.Length == 0) QueryTime.TryRead("until", search.Until, time, out until, out problem, isEnd: true);
        long? run = null;
        if (problem.Length == 0 && (!QueryNumber.TryRead(search.Run, out run) || run < 1)) problem = "run: expected a whole number from 1";
        if (problem.Length == 0 && since > until) problem = "until: is before since";
        range = (since, until, run);
        return problem.Length == 0;
    }
}
