using System.Globalization;
using Microsoft.AspNetCore.Builder;

namespace OvermindGui.Web.Api;

/// <summary>
/// Whole numbers of a query string. They are bound as text, so that what is wrong with them can be said in our words; the document
/// calls them what they are.
/// </summary>
internal static class QueryNumber
{
    /// <summary>False when the text is no number; a text that is not there, or empty, is null.</summary>
    public static bool TryRead(string? text, out long? number)
    {
        var valid = long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value);
        number = valid ? value : null;
        return valid || string.IsNullOrEmpty(text);
    }

    /// <summary>Documents parameters as whole numbers.</summary>
    public static RouteHandlerBuilder WithIntegers(this RouteHandlerBuilder route, params string[] names) => route.WithMetadata(new IntegerParameters(names));
}

/// <summary>Names of query parameters that are whole numbers.</summary>
internal sealed record IntegerParameters(IReadOnlyList<string> Names);
