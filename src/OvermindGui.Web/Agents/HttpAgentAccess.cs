using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Mcp;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Agents;

/// <summary>A client over HTTP: its address has the tier (<c>/mcp?allow=control</c>), and more than reading takes a trusted caller.</summary>
internal sealed class HttpAgentAccess(IHttpContextAccessor requests, TrustedCaller trusted) : IAgentAccess
{
    public const string Parameter = "allow";

    /// <summary>Of the request under way, not of the first one of a session: a session's id could have come into other hands.</summary>
    public AgentTier Allowed
    {
        get
        {
            var asked = Asked();
            return asked > AgentTier.Read && !IsTrusted() ? AgentTier.Read : asked;
        }
    }

    public string? Name => null;

    public string HowToAllow(AgentTier tier) => Asked() < tier
        ? $"Connect to /mcp?{Parameter}={tier.ToText()} for that"
        : $"For that it needs {TrustedCaller.Needed}";

    public AgentConnection ConnectionOf(string client) => new($"http:{client}", client, "http", Allowed, null);

    private AgentTier Asked() => AgentTiers.Parse(requests.HttpContext?.Request.Query[Parameter].ToString()) ?? AgentTier.Read;

    private bool IsTrusted() => requests.HttpContext is { } context && trusted.Is(context);
}
