namespace OvermindGui.Web.Live;

/// <summary>Says when there may be something new to read.</summary>
public interface IChangeSource
{
    /// <summary>A notifier of one's own, until disposed. It notifies at once, and when something may have been written.</summary>
    ChangeNotifier Subscribe();
}
