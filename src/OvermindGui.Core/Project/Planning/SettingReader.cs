using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;

namespace OvermindGui.Core.Project.Planning;

/// <summary>
/// Parses option values and collects problems. An invalid value falls back to its default, so that all problems are reported at once.
/// </summary>
internal sealed class SettingReader(ProjectEnvironment environment)
{
    private readonly List<Problem> _problems = [];

    private readonly List<(string Option, ConfiguredValue Value)> _given = [];

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>All options that were set, with the name of the flag or, if it has none, of the variable.</summary>
    public IReadOnlyList<(string Option, ConfiguredValue Value)> AllValues => _given;

    /// <summary>The configured value of an option; null when it is not set.</summary>
    public ConfiguredValue? GetValue(string? flag, string flagName, params ReadOnlySpan<string> variables)
    {
        var setting = environment.GetValue(flag, flagName, variables);
        if (setting is not null) _given.Add((flagName.Length > 0 ? flagName : variables[0], setting));
        return setting;
    }

    /// <summary>A whole number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public int Number(ConfiguredValue? setting, int whenMissing, int minimum, int maximum)
    {
        if (setting is null) return whenMissing;
        if (int.TryParse(setting.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
            return number;
        AddError(setting, setting.Value, $"a number from {minimum} to {maximum}");
        return whenMissing;
    }

    public TimeSpan Seconds(ConfiguredValue? setting, TimeSpan whenMissing)
    {
        if (setting is null) return whenMissing;
        if (decimal.TryParse(setting.Value, SecondsStyle, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxSeconds)
            return TimeSpan.FromSeconds((double)seconds);
        AddError(setting, setting.Value, $"seconds from 0 to {MaxSeconds}");
        return whenMissing;
    }

    /// <summary>Null when neither flag nor variable is set.</summary>
    public bool? Switch(bool? flag, string flagName, string variable)
    {
        if (GetValue(flag is { } given ? given ? "true" : "false" : null, flagName, variable) is not { } setting) return null;
        var value = SwitchWords.Parse(setting.Value);
        if (value is null) AddError(setting, setting.Value, SwitchWords.Accepted);
        return value;
    }

    /// <summary>The parts of a comma list, without blanks around them.</summary>
    public static string[] List(ConfiguredValue? setting) =>
        setting?.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>The <c>name=value</c> parts of a comma list; the name is null in a part without <c>=</c>.</summary>
    public static IEnumerable<(string? Name, string Value)> Pairs(ConfiguredValue? setting) => List(setting).Select(part =>
        part.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value] ? (name, value) : ((string?)null, part));

    public void AddError(ConfiguredValue setting, string value, string expected) => _problems.Add(new Problem(
        setting.Place, ProblemSeverity.Error, $"\"{PlainText.Excerpt(value)}\" is refused; expected {expected}"));

    private const int MaxSeconds = 86_400;
    private const NumberStyles SecondsStyle =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
}
