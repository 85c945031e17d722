using System.Net;

namespace OvermindGui.Otlp.Connecting;

/// <summary>The engine cannot be used as it is; the message says why and what helps, without secrets.</summary>
/// <param name="status">What it answered; null when it did not.</param>
public sealed class OtlpException(string message, HttpStatusCode? status = null) : Exception(message)
{
    public HttpStatusCode? Status => status;

    /// <summary>Whether another attempt fails until someone acts.</summary>
    public bool NeedsSomeone { get; init; } = true;

    /// <summary>How long it asks to be left alone; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it refuses this request, and perhaps not others.</summary>
    public bool IsAboutContent => status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity;
}
