using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary><c>depends_on</c>: a list of names, or a map of names to conditions.</summary>
internal sealed class DependencyReader(ValueReader values)
{
    private static readonly Dictionary<string, DependencyCondition> Conditions = new()
    {
        ["started"] = DependencyCondition.Started,
        ["ready"] = DependencyCondition.Ready,
        ["completed"] = DependencyCondition.Completed,
    };

    public IReadOnlyList<DependencySetting> Read(Field field)
    {
        if (field.Node is ListNode list) return ReadList(list, field.Path);
        if (field.Node is MapNode) return [.. ReadMap(field)];
        values.Expected($"a list of names, or a map of names to {ValueReader.AnyOf(Conditions.Keys)}", field);
        return [];
    }

    private List<DependencySetting> ReadList(ListNode list, string path)
    {
        var names = new List<DependencySetting>();
        foreach (var item in list.Items)
            if (item is not TextNode { IsText: true, Value: var name })
                values.Expected("the name of a process", new Field(item, path));
            else if (names.Exists(n => n.Entry == name))
                values.AddError(item.Place, $"{path}: {item.Described} is already there; expected each name once");
            else
                names.Add(new DependencySetting(name, null, item.Place));
        return names;
    }

    private IEnumerable<DependencySetting> ReadMap(Field field) =>
        from entry in values.Entries(field)
        let condition = values.Word(entry.Value, Conditions)
        where condition is not null
        select new DependencySetting(entry.Key.Value, condition, entry.Key.Place);
}
