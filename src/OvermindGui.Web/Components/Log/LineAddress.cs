using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>A line as the address names it: <c>?line=1234</c>.</summary>
public static class LineAddress
{
    public const string Name = "line";

    /// <summary>The address of a line, relative to that of the page.</summary>
    public static string Of(OvermindDatabase database, long id) => string.Create(CultureInfo.InvariantCulture, $"?{Name}={id}");

    /// <summary>The line that an address leads to; null for none.</summary>
    public static long? In(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(Name, out var values) ? Parse(values[0]) : null;

    /// <summary>The id of the line; null for none, or for a text that names none.</summary>
    public static long? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
