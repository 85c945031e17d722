namespace OvermindGui.Web.Http;

/// <summary>The body of every failed request under <c>/api</c>.</summary>
/// <param name="Error">Readable message: what is wrong, and what would be accepted.</param>
public sealed record ApiError(string Error);
