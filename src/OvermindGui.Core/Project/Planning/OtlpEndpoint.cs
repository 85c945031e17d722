using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Planning;

/// <summary>The address of an engine for logs that takes OTLP over HTTP. Its text, for people, has no query.</summary>
public sealed record OtlpEndpoint
{
    /// <summary>The part of the path that the protocol prescribes.</summary>
    public const string LogsPath = "/v1/logs";

    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "a URL of http or https, such as http://localhost:4318";

    private OtlpEndpoint(Uri address) => Address = address;

    /// <summary>Where requests go.</summary>
    public Uri Address { get; }

    /// <summary>Reads an address; <see cref="LogsPath"/> is added to it unless it ends so. Null when it is none, with the reason, which never repeats what was given.</summary>
    /// <param name="isPublic">Whether others can read it, on a command line or in a project's file: secrets are refused there.</param>
    public static OtlpEndpoint? Parse(string text, bool isPublic, out string problem)
    {
        problem = "";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0) problem = $"expected {Accepted}";
        else if (uri.UserInfo.Length > 0) problem = "no user or password in the URL: give the header Authorization, such as \"Authorization=Basic ${OTLP_LOGIN}\"";
        else if (uri.Fragment.Length > 0) problem = "a fragment (#…) means nothing to a server";
        else if (isPublic && SecretText.HoldsSecret(uri.Query)) problem = "no secret here, where others can read it: give it as a header, or set OVERMIND_GUI_OTLP";
        if (problem.Length > 0) return null;

        var path = uri!.AbsolutePath.TrimEnd('/');
        return new OtlpEndpoint(new UriBuilder(uri) { Path = path.EndsWith(LogsPath, StringComparison.Ordinal) ? path : path + LogsPath }.Uri);
    }

    public override string ToString() => Address.GetLeftPart(UriPartial.Path);
}
