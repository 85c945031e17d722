using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Reads <c>watch</c>: <c>true</c> for the whole folder, a list of paths, or a map.</summary>
internal sealed class WatchReader(ValueReader values)
{
    private static readonly TimeSpan DefaultDebounce = TimeSpan.FromMilliseconds(300);

    /// <summary>Null when it is invalid or off.</summary>
    public WatchSetting? Read(Field field)
    {
        var setting = new WatchSetting([], [], DefaultDebounce, null, null, Cascade: false);
        if (field.Node is TextNode { Flag: { } isOn }) return isOn ? setting : null;
        if (field.Node is ListNode or TextNode { IsText: true }) return setting with { Paths = Texts(field) };
        var actions = new List<string>();
        values.Keys(field, new Dictionary<string, Action<Field>>
        {
            ["paths"] = f => setting = setting with { Paths = Texts(f) },
            ["ignore"] = f => setting = setting with { Ignore = [.. Texts(f).Select(t => t.Value)] },
            ["debounce"] = f => setting = setting with { Debounce = values.Duration(f) ?? setting.Debounce },
            ["restart"] = f => Note("restart", values.Flag(f) == true),
            ["signal"] = f =>
            {
                setting = setting with { Signal = values.Word(f, ReloadSignals.ByName) };
                Note("signal", true);
            },
            ["command"] = f =>
            {
                setting = setting with { Command = values.Text(f) };
                Note("command", true);
            },
            ["cascade"] = f => setting = setting with { Cascade = values.Flag(f) ?? false },
        });
        if (field.Node is not MapNode) return null;
        if (actions.Count > 1) values.AddError(field.Node.Place, $"{field.Path}: expected one of restart, signal and command, found {string.Join(" and ", actions)}");
        if (setting is { Cascade: true } and not { Signal: null, Command: null })
            values.AddError(field.Node.Place, $"{field.Path}: cascade restarts the processes that depend on this one; expected it without signal and command");
        return setting;

        void Note(string action, bool isOn)
        {
            if (isOn) actions.Add(action);
        }
    }

    private List<PlacedText> Texts(Field field) =>
        [.. ValueReader.Items(field).Select(item => values.Text(item) is { } text ? new PlacedText(text, item.Node.Place) : null).OfType<PlacedText>()];
}
