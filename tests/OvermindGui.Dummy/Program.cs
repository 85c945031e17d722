using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

// The child under test: does one thing that a shell one-liner cannot do exactly, then ends.
using var output = Console.OpenStandardOutput();
return args switch
{
    ["lines", var count, .. var style] => PrintLines(int.Parse(count, CultureInfo.InvariantCulture), style is ["color"]),
    ["bytes", var base64] => PrintBytes(Convert.FromBase64String(base64)),
    ["ignore-term"] => SurviveTerminate(),
    ["listen", var port] => Listen(int.Parse(port, CultureInfo.InvariantCulture)),
    ["last-words", var words] => SayLastWords(words),
    ["leak", var perSecond] => Leak(int.Parse(perSecond, CultureInfo.InvariantCulture)),
    ["hang", var port] => Hang(int.Parse(port, CultureInfo.InvariantCulture)),
    ["paced", var perSecond, var count] => PrintPaced(int.Parse(perSecond, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)),
    _ => throw new ArgumentException($"Unknown words: {string.Join(' ', args)}"),
};

// Numbered lines of 100 bytes, as fast as the pipe takes them; the process ends with the last byte still in it.
int PrintLines(int count, bool color)
{
    var buffer = new MemoryStream();
    for (var i = 0; i < count; i++)
    {
        var text = color
            ? $"\e[32m{i:D8}\e[0m \e[1mGET\e[0m /orders/{i} \e[33m200\e[0m"
            : i.ToString("D8", CultureInfo.InvariantCulture);
        buffer.Write(Encoding.UTF8.GetBytes(text.PadRight(99, '.') + "\n"));
        if (buffer.Length < 64 * 1024) continue;
        output.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
        buffer.SetLength(0);
    }

    output.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    return 0;
}

int PrintBytes(byte[] bytes)
{
    output.Write(bytes);
    return 0;
}

int SurviveTerminate()
{
    using var ignore = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);
    output.Write("deaf\n"u8);
    Thread.Sleep(Timeout.Infinite);
    return 0;
}

// Uses some megabytes more each second, and never gives one back.
int Leak(int megabytesPerSecond)
{
    var kept = new List<byte[]>();
    while (true)
    {
        var block = GC.AllocateUninitializedArray<byte>(megabytesPerSecond << 18); // a quarter of a second's
        block.AsSpan().Fill(1);
        kept.Add(block);
        Thread.Sleep(250);
    }
}

// Answers its first three requests, then accepts connections and says nothing any more.
int Hang(int port)
{
    var listener = new TcpListener(IPAddress.Loopback, port);
    listener.Start();
    var held = new List<TcpClient>();
    for (var i = 0; ; i++)
    {
        var client = listener.AcceptTcpClient();
        held.Add(client);
        if (i >= 3) continue;
        client.GetStream().Write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        client.Dispose();
    }
}

// Holds a port until it is ended.
int Listen(int port)
{
    var listener = new TcpListener(IPAddress.Loopback, port);
    listener.Start();
    output.Write("listening\n"u8);
    Thread.Sleep(Timeout.Infinite);
    return 0;
}

int SayLastWords(string words)
{
    using var asked = new ManualResetEventSlim();
    using var handler = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        output.Write(Encoding.UTF8.GetBytes(words)); // once per request, so that a test can count them
        asked.Set();
    });
    output.Write("ready\n"u8);
    asked.Wait();
    Thread.Sleep(500); // cleaning up takes a while
    return 7;
}

// Each line carries the time at which it was written, Unix milliseconds with a fraction, for latency measurements.
int PrintPaced(int perSecond, int count)
{
    var started = TimeProvider.System.GetTimestamp();
    for (var i = 0; i < count; i++)
    {
        var due = TimeSpan.FromSeconds((double)i / perSecond) - TimeProvider.System.GetElapsedTime(started);
        if (due > TimeSpan.Zero) Thread.Sleep(due);
        var now = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
        output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"sent {now:F3} \e[32mline {i}\e[0m\n")));
    }

    Thread.Sleep(Timeout.Infinite);
    return 0;
}
