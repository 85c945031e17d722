namespace OvermindGui.Web.Http;

/// <summary>What every failed request under <c>/api</c> is answered with.</summary>
/// <param name="Error">For the person who asked: what is wrong, and what would be accepted.</param>
public sealed record ApiError(string Error);
