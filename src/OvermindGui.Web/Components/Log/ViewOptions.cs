namespace OvermindGui.Web.Components.Log;

/// <summary>How the time of a line is shown.</summary>
public enum TimeForm
{
    /// <summary>Hours to milliseconds.</summary>
    Time,

    /// <summary>With the date.</summary>
    DateTime,

    /// <summary>How long ago.</summary>
    Relative,

    /// <summary>Not at all.</summary>
    Off,
}

/// <summary>How a browser shows lines. It remembers this for all panes and projects; which lines are shown is in the address.</summary>
public sealed record ViewOptions
{
    /// <summary>The options of a browser that comes for the first time.</summary>
    public static ViewOptions Default { get; } = new();

    /// <summary>How times are shown.</summary>
    public TimeForm Time { get; init; }

    /// <summary>Times in UTC instead of the browser's zone.</summary>
    public bool Utc { get; init; }

    /// <summary>Long lines wrap instead of reaching out of view.</summary>
    public bool Wrap { get; init; } = true;

    /// <summary>Stack traces are folded.</summary>
    public bool Fold { get; init; } = true;

    /// <summary>JSON and logfmt lines are shown as they were printed.</summary>
    public bool Raw { get; init; }

    /// <summary>More lines in the same space.</summary>
    public bool Dense { get; init; }

    /// <summary>Lines over time are shown above the lines.</summary>
    public bool Timeline { get; init; } = true;

    private static readonly (string Word, Func<ViewOptions, bool> IsSet, Func<ViewOptions, ViewOptions> Set)[] Words =
    [
        ("utc", o => o.Utc, o => o with { Utc = true }),
        ("nowrap", o => !o.Wrap, o => o with { Wrap = false }),
        ("unfolded", o => !o.Fold, o => o with { Fold = false }),
        ("raw", o => o.Raw, o => o with { Raw = true }),
        ("dense", o => o.Dense, o => o with { Dense = true }),
        ("no-timeline", o => !o.Timeline, o => o with { Timeline = false }),
    ];

    /// <summary>Reads what <see cref="ToText"/> wrote; null for nothing, and what is not understood is left out.</summary>
    public static ViewOptions? Parse(string? text)
    {
        if (text is null) return null;
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        var time = Array.Find(Enum.GetValues<TimeForm>(), form => words.Contains(form.ToString(), StringComparer.OrdinalIgnoreCase));
        return Words.Where(word => words.Contains(word.Word)).Aggregate(Default with { Time = time }, (options, word) => word.Set(options));
    }

    /// <summary>In an address: <c>datetime,utc,nowrap</c>. The editor is each browser's own.</summary>
    public string ToText() => string.Join(',', Words.Where(word => word.IsSet(this)).Select(word => word.Word).Prepend(Time.ToString().ToLowerInvariant()));

    /// <summary>The editor in which places in source files open; empty for none.</summary>
    public string Editor { get; init; } = "";
}
