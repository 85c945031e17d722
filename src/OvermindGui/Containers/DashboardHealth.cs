using System.Net.Http.Headers;
using OvermindGui.Core.Project;
using OvermindGui.Web.Security;

namespace OvermindGui.Containers;

/// <summary>A dashboard is well when it shows its page, be there a daemon or not.</summary>
internal static class DashboardHealth
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public static async Task<string?> FindProblemAsync(Uri address, ProjectFolder folder)
    {
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            // Where it asks for a token, it has made the file before it served.
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
