using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace OvermindGui.Web.Hosting;

/// <summary>
/// SignalR brings ASP.NET's authorization with it, which would bind every route before the server listens, to remember its policies. No route
/// has one: who may do what is decided before routing.
/// </summary>
internal sealed class NoPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override bool AllowsCachingPolicies => false;
}
