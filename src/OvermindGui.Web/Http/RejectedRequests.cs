using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OvermindGui.Web.Http;

/// <summary>
/// Gives a body to what Kestrel refuses before there is a request (an address with <c>%00</c>, or one that is too long): it answers with
/// a bare status and offers no place to add to that, so the answer is replaced on its way to the socket.
/// </summary>
internal static class RejectedRequests
{
    public static void ExplainRejections(this ListenOptions listen) => listen.Use(next => async connection =>
    {
        var output = new RejectionWriter(connection.Transport.Output);
        connection.Features.Set(output);
        connection.Transport = new Transport(connection.Transport.Input, output);
        await next(connection);
    });

    /// <summary>Marks the answer that comes next on the connection as Kestrel's own, and the last one.</summary>
    public static void Explain(IFeatureCollection features, int status) => features.Get<RejectionWriter>()?.Explain(status);

    private static string ReasonOf(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => "The request came too slowly",
        StatusCodes.Status413PayloadTooLarge => ApiErrors.TooLarge,
        StatusCodes.Status414UriTooLong => "The address is too long: 8,192 bytes at most",
        StatusCodes.Status431RequestHeaderFieldsTooLarge => "The headers are too long: 32,768 bytes and 100 headers at most",
        StatusCodes.Status505HttpVersionNotsupported => "This server speaks HTTP/1.1",
        _ => "This is no proper HTTP request; an address may hold neither %00 nor blanks",
    };

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class RejectionWriter(PipeWriter inner) : PipeWriter
    {
        private int _status;
        private ArrayBufferWriter<byte>? _bare; // Kestrel's own answer, which is not sent; null while there is none to replace

        public void Explain(int status) => (_status, _bare) = (status, new ArrayBufferWriter<byte>());

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _bare is null ? inner.GetMemory(sizeHint) : _bare.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _bare is null ? inner.GetSpan(sizeHint) : _bare.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            if (_bare is null) inner.Advance(bytes);
            else _bare.Advance(bytes);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            Replace();
            return inner.FlushAsync(cancellationToken);
        }

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null)
        {
            Replace();
            inner.Complete(exception);
        }

        private void Replace()
        {
            if (_bare is not { WrittenCount: > 0 }) return;
            inner.Write(WithBody(Encoding.Latin1.GetString(_bare.WrittenSpan)));
            _bare.ResetWrittenCount();
        }

        private byte[] WithBody(string bare)
        {
            var body = JsonSerializer.Serialize(new { error = ReasonOf(_status) });
            return Encoding.ASCII.GetBytes(
                bare.Replace("Content-Length: 0\r\n", $"Content-Length: {body.Length}\r\nContent-Type: application/json; charset=utf-8\r\n", StringComparison.Ordinal)
                + body);
        }
    }
}
