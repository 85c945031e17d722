using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Shipping;

namespace OvermindGui.Otlp.Connecting;

/// <summary>What went wrong with an engine for logs, in words for people.</summary>
internal static class OtlpErrors
{
    private const int PortOfGrpc = 4317;

    /// <summary>Null for an exception that is a fault of this program.</summary>
    public static ShippingFault? FaultOf(Exception e, OtlpEndpoint endpoint) => e switch
    {
        OtlpException known => new ShippingFault(known.Message, known.NeedsSomeone, known.RetryAfter),
        HttpRequestException { InnerException: AuthenticationException certificate } => new ShippingFault(
            $"The certificate of {endpoint} is not trusted ({Innermost(certificate).Message}); give its authority by --otlp-ca", NeedsSomeone: true),
        HttpRequestException => new ShippingFault($"{endpoint} cannot be reached ({Innermost(e).Message}){Hint(endpoint)}", NeedsSomeone: false),
        TimeoutException => new ShippingFault($"{endpoint} does not answer in time", NeedsSomeone: false),
        IOException or SocketException => new ShippingFault($"{endpoint} has cut the connection ({Innermost(e).Message}){Hint(endpoint)}", NeedsSomeone: false),
        _ => null,
    };

    /// <summary>What an answer other than success means.</summary>
    /// <param name="said">The engine's own words; empty when there are none.</param>
    public static OtlpException Of(HttpResponseMessage answer, OtlpEndpoint endpoint, string said)
    {
        var status = answer.StatusCode;
        var words = said.Length > 0 ? $": {said}" : "";
        return status switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new OtlpException($"{endpoint} answers {(int)status}{words}", status) { NeedsSomeone = false, RetryAfter = RetryAfter(answer) },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired =>
                new OtlpException($"{endpoint} refuses the login ({(int)status}{words}); check --otlp-headers", status),
            HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed =>
                new OtlpException($"{endpoint} takes no logs ({(int)status}{words}); is the URL the one for OTLP over HTTP?", status),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                new OtlpException($"{endpoint} is elsewhere ({(int)status}{To(answer)}); redirects are not followed, because headers may hold secrets", status),
            _ => new OtlpException($"{endpoint} refuses the lines ({(int)status}{words})", status),
        };
    }

    private static string To(HttpResponseMessage answer) =>
        answer.Headers.Location is { IsAbsoluteUri: true } place ? $", at {place.GetLeftPart(UriPartial.Path)}" : "";

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - DateTimeOffset.UtcNow is { Ticks: > 0 } rest => rest,
        _ => null,
    };

    private static string Hint(OtlpEndpoint endpoint) =>
        endpoint.Address.Port == PortOfGrpc ? $"; port {PortOfGrpc} is that of gRPC, OTLP over HTTP has 4318" : "";

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
