using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>keep</c>: how much output is stored.</summary>
internal sealed class KeepReader(ValueReader values)
{
    private delegate bool Parser<T>(string text, out T value);

    public RetentionLimits Read(Field field)
    {
        var limits = new RetentionLimits();
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["lines"] = f => limits = limits with { Lines = Limit<long>(f, LimitText.TryLines, LimitText.AcceptedLines) },
            ["days"] = f => limits = limits with { Age = Limit<TimeSpan>(f, LimitText.TryDays, LimitText.AcceptedDays) },
            ["size"] = f => limits = limits with { Size = Limit<long>(f, LimitText.TrySize, LimitText.AcceptedSize) },
            ["crashes"] = f => limits = limits with { Crashes = Limit<TimeSpan>(f, LimitText.TryCrashes, LimitText.AcceptedCrashes) },
        });
        return limits;
    }

    private Limit<T>? Limit<T>(Field field, Parser<T> parse, string accepted)
    {
        if (field.Node is TextNode text && parse(text.Value.Replace("_", "", StringComparison.Ordinal), out var value)) return new Limit<T>(value, field.Node.Place.ToString());
        values.Expected(accepted, field);
        return null;
    }
}
