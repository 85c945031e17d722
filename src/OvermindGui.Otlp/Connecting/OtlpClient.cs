using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;
using OvermindGui.Otlp.Protocol;

namespace OvermindGui.Otlp.Connecting;

/// <summary>Sends requests of OTLP over HTTP, one at a time.</summary>
internal sealed class OtlpClient : IDisposable
{
    private const string Protobuf = "application/x-protobuf";
    private const int MostOfAnAnswer = 64 * 1024;
    private const int MostWords = 300;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private readonly OtlpOptions _options;
    private readonly HttpClient _http;

    /// <exception cref="OtlpException">A header's variable is not set, or the file of authorities cannot be used.</exception>
    public OtlpClient(OtlpOptions options)
    {
        _options = options;
        var headers = options.Headers.Select(header => (header.Name, Value: ValueOf(header))).ToList();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.All,
        };
        if (options.AuthorityFile is { } file) handler.SslOptions.CertificateChainPolicy = TrustedAuthorities.Read(file);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MostOfAnAnswer };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("overmind-gui", ProductVersion.Text));
        foreach (var (name, value) in headers) _http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
    }

    /// <summary>Sends lines.</summary>
    /// <returns>What the engine did not take of them; empty when it took all.</returns>
    /// <exception cref="OtlpException">It took none.</exception>
    public async Task<ExportLogsPartialSuccess> SendAsync(ExportLogsServiceRequest lines, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint.Address) { Content = ContentOf(lines) };
            using var answer = await _http.SendAsync(request, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (!answer.IsSuccessStatusCode) throw OtlpErrors.Of(answer, _options.Endpoint, WordsOf(answer, body));
            if (TypeOf(answer) == "text/html")
                throw new OtlpException($"{_options.Endpoint} answers with a web page; is the URL the one for OTLP over HTTP?", answer.StatusCode);
            return PartialSuccessOf(answer, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public void Dispose() => _http.Dispose();

    private string ValueOf(OtlpHeader header)
    {
        var value = Placeholders.Expand(header.Value, _options.VariableValue, out var missing)
            ?? throw new OtlpException($"The variable {missing} of the header {header.Name} is not set; set it in .env or in the environment");
        return (header with { Value = value }).Problem(isPublic: false) is { } problem ? throw new OtlpException($"With its variable, {problem}") : value;
    }

    private ByteArrayContent ContentOf(ExportLogsServiceRequest lines)
    {
        var bytes = lines.ToByteArray();
        if (_options.Compresses) bytes = Compressed(bytes);
        var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(Protobuf) } };
        if (_options.Compresses) content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static ExportLogsPartialSuccess PartialSuccessOf(HttpResponseMessage answer, byte[] body)
    {
        try
        {
            var message = TypeOf(answer) switch
            {
                Protobuf => ExportLogsServiceResponse.Parser.ParseFrom(body),
                "application/json" when body.Length > 0 => Json.Parse<ExportLogsServiceResponse>(Encoding.UTF8.GetString(body)),
                _ => new ExportLogsServiceResponse(),
            };
            return message.PartialSuccess ?? new ExportLogsPartialSuccess();
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException)
        {
            return new ExportLogsPartialSuccess(); // it said that it has them, in words of its own
        }
    }

    // What a server says is foreign text.
    private static string WordsOf(HttpResponseMessage answer, byte[] body)
    {
        var text = TypeOf(answer) == "text/html" ? "" : Encoding.UTF8.GetString(body);
        if (TypeOf(answer) == Protobuf)
        {
            try
            {
                text = Status.Parser.ParseFrom(body).Message;
            }
            catch (InvalidProtocolBufferException)
            {
                text = "";
            }
        }

        return OneLine(text);
    }

    /// <summary>A short text without control characters.</summary>
    public static string OneLine(string text)
    {
        var line = PlainText.WithoutControls(text.ReplaceLineEndings(" ").Trim());
        return line.Length > MostWords ? line[..MostWords] + "…" : line;
    }

    private static string TypeOf(HttpResponseMessage answer) => answer.Content.Headers.ContentType?.MediaType ?? "";
}
