using OvermindGui.Core.Data;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Output;

/// <summary>Something to be stored, in the order of the queue.</summary>
internal abstract record StoreItem
{
    public virtual int LineCount => 0;
}

/// <summary>Lines that one read of a stream completed.</summary>
internal sealed record LineBatch(int ProcessId, long? RunId, LineSource Source, long Time, StyledLine[] Lines) : StoreItem
{
    public override int LineCount => Lines.Length;
}

/// <summary>A change of any other table. It may be applied again when the transaction around it had to be rolled back.</summary>
internal sealed record TableChange(Action<OvermindDbContext> Apply) : StoreItem;
