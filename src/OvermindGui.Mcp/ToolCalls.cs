using System.Text;
using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;

namespace OvermindGui.Mcp;

/// <summary>Surrounds every call: checks the tier, turns errors into answers, limits the size of the answer, and records the call.</summary>
internal sealed class ToolCalls(ProjectSession session, IAgentAccess access)
{
    private const string UnnamedClient = "unnamed client";

    private readonly AgentPolicyFile _policy = new(session.Folder);
    private readonly AgentLog _log = new(session.Database, session.Time);

    /// <summary>Records that the client is there.</summary>
    public void Connect(McpServer server) => _log.Connect(access.ConnectionOf(NameOf(server)));

    public void Disconnect(McpServer server) => _log.Disconnect(access.ConnectionOf(NameOf(server)));

    /// <summary>The client as the initiator of commands.</summary>
    public Initiator InitiatorOf(McpServer server) => new(InitiatorKind.Mcp, NameOf(server));

    public async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> call, McpRequestHandler<CallToolRequestParams, CallToolResult> tool, CancellationToken cancellationToken)
    {
        var name = call.Params?.Name ?? "";
        var (result, outcome) = await AnswerAsync(name, () =>
        {
            if (call is { Params.Arguments: { } arguments, MatchedPrimitive: McpServerTool known }) ToolArguments.Check(arguments, known.ProtocolTool.InputSchema);
            return tool(call, cancellationToken);
        });
        _log.Record(access.ConnectionOf(NameOf(call.Server)), name, SubjectOf(call.Params?.Arguments), outcome, BytesOf(result));
        return result;
    }

    private async Task<(CallToolResult Result, string Outcome)> AnswerAsync(string tool, Func<ValueTask<CallToolResult>> call)
    {
        try
        {
            Check(ToolTiers.Of(tool));
            var result = await call();
            if (BytesOf(result) > ToolAnswers.MostBytes)
                throw new RequestException("too_large", $"The answer has more than {ToolAnswers.MostBytes} bytes; ask for fewer processes or lines");
            return (result, result.IsError == true ? "error" : "ok");
        }
        catch (RequestException e)
        {
            return (ToolAnswers.Error(e.Code, e.Message), e.Code);
        }
        catch (Microsoft.Data.Sqlite.SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return (ToolAnswers.Error("database", $"The database cannot be used now ({e.Message}); {SqliteErrors.WhatHelps}"), "database");
        }
    }

    private void Check(AgentTier needed)
    {
        var (own, highest) = (access.Allowed, _policy.Read());
        if (own < needed)
            throw new RequestException(RequestException.NotAllowedCode, $"This client may {ToolTiers.Permits(own)}. {access.HowToAllow(needed)}");
        if (highest < needed)
            throw new RequestException(
                RequestException.NotAllowedCode, $"In this project agents may {ToolTiers.Permits(highest)}: a person has chosen so. It is changed in the dashboard, under Agents");
    }

    private string NameOf(McpServer server) => access.Name ?? (server.ClientInfo?.Name is { Length: > 0 } name ? name : UnnamedClient);

    // The names of processes first, because people look for them.
    private static string? SubjectOf(IDictionary<string, JsonElement>? arguments)
    {
        if (arguments is null) return null;
        var texts = arguments.OrderBy(a => a.Key is not ("process" or "processes" or "argv")).Where(a => a.Key is not ("cursor" or "max_bytes"))
            .Select(a => a.Key is "process" or "processes" or "argv" ? Text(a.Value) : a.Key == "text" ? "text" : $"{a.Key}={Text(a.Value)}");
        return string.Join(", ", texts) is { Length: > 0 } subject ? SecretText.Redact(subject) : null;
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(Text)),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static int BytesOf(CallToolResult result) => result.Content.OfType<TextContentBlock>().Sum(block => Encoding.UTF8.GetByteCount(block.Text));
}
