using OvermindGui.Core.Posix;
using OvermindGui.Core.Tests.Terminal;

namespace OvermindGui.Core.Tests.Posix;

[Collection(MemoryMeasurement.Name)]
public sealed class LargeFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_file_of_half_a_gigabyte_is_refused_without_being_read()
    {
        using (var sparse = File.OpenWrite(_file)) sparse.SetLength(500L << 20);
        var before = GC.GetTotalAllocatedBytes();

        Assert.Equal("it is larger than 4 MiB", Assert.Throws<IOException>(() => BoundedFileReader.Read(_file)).Message);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 16 << 20);
    }

    public void Dispose() => File.Delete(_file);
}
