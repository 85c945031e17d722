using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Storage;

public sealed class CommitSensorTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly CommitSensor _sensor;

    public CommitSensorTests() => _sensor = new CommitSensor(OvermindDatabase.In(_project.Folder));

    public void Dispose()
    {
        _sensor.Dispose();
        _project.Dispose();
    }

    [Fact]
    public void A_commit_of_another_connection_is_noticed_once()
    {
        Assert.True(_sensor.HasChanged());
        Assert.False(_sensor.HasChanged());

        _project.Append("web", "line");
        Assert.True(_sensor.HasChanged());
        Assert.False(_sensor.HasChanged());
    }

    [Fact]
    public void A_checkpoint_is_nothing_new()
    {
        _project.Append("web", "line");
        Assert.True(_sensor.HasChanged());

        _project.Execute("PRAGMA wal_checkpoint(PASSIVE)");

        Assert.False(_sensor.HasChanged());
    }

    [Fact]
    public void A_file_that_is_missing_or_another_one_counts_as_changed()
    {
        Assert.True(_sensor.HasChanged());
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            if (File.Exists(_project.Folder.Database + suffix)) File.Move(_project.Folder.Database + suffix, _project.Folder.Database + ".aside" + suffix);

        Assert.True(_sensor.HasChanged());
        Assert.True(_sensor.HasChanged());
        File.WriteAllText(_project.Folder.Database, new string('x', 8192));
        Assert.True(_sensor.HasChanged());
    }
}
