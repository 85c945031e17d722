using System.Net.Http.Headers;
using OvermindGui.Core.Project;
using OvermindGui.Web.Security;

namespace OvermindGui.Containers;

/// <summary>A dashboard is healthy when it serves its page, with or without a daemon.</summary>
internal static class DashboardHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Error message; null when it is healthy.</summary>
    public static async Task<string?> FindProblemAsync(Uri address, ProjectFolder folder)
    {
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            // If it requires a token, it has created the file before it started to serve.
            if (File.Exists(folder.TokenFile))
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenFile.ReadOrCreate(folder));
            using var answer = await client.GetAsync(address);
            return answer.IsSuccessStatusCode ? null : $"The dashboard at {address} answers {(int)answer.StatusCode}";
        }
        catch (TaskCanceledException)
        {
            return $"The dashboard at {address} did not answer within {Timeout.TotalSeconds:0} seconds";
        }
        catch (Exception e) when (e is HttpRequestException or TokenFileException)
        {
            return $"The dashboard at {address} cannot be asked: {e.Message}";
        }
    }
}
