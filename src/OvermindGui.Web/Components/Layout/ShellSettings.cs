using System.Text.Json;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Layout;

/// <summary>What a browser remembers of the page around the log.</summary>
public sealed record ShellSettings
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    /// <summary>Order of the list.</summary>
    public ProcessOrder Order { get; init; }

    /// <summary>Titles of the groups that are closed.</summary>
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>Whether the list is shown beside the log.</summary>
    public bool SidebarOpen { get; init; } = true;

    /// <summary>Whether a failure is notified when the page is not looked at.</summary>
    public bool Notify { get; init; }

    /// <summary>The newest event that was seen, Unix milliseconds.</summary>
    public long EventsSeen { get; init; }

    /// <summary>Banners that were dismissed; they stay away until they say something else.</summary>
    public IReadOnlyList<string> Dismissed { get; init; } = [];

    /// <summary>Reads what <see cref="ToText"/> wrote; anything else is the default.</summary>
    public static ShellSettings Parse(string? text)
    {
        try
        {
            return text is null ? new ShellSettings() : JsonSerializer.Deserialize<ShellSettings>(text, Format) ?? new ShellSettings();
        }
        catch (JsonException)
        {
            return new ShellSettings(); // of another version, or edited
        }
    }

    /// <summary>As JSON.</summary>
    public string ToText() => JsonSerializer.Serialize(this, Format);
}
