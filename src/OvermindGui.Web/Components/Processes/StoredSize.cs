using System.Globalization;

namespace OvermindGui.Web.Components.Processes;

/// <summary>Formats the size of the stored history for display.</summary>
internal static class StoredSize
{
    /// <summary>As in <c>12.3 MB</c>.</summary>
    public static string Of(long bytes) => bytes switch
    {
        >= 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):0.0} GB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.0} MB"),
    };
}
