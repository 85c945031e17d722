using System.Text.RegularExpressions;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary><c>env</c>: variables and their values, as written.</summary>
internal sealed partial class EnvironmentReader(ValueReader values)
{
    public IReadOnlyDictionary<string, PlannedVariable> Read(Field field)
    {
        var variables = new Dictionary<string, PlannedVariable>();
        foreach (var (name, value) in values.Entries(field))
            if (!NamePattern().IsMatch(name.Value))
                values.AddError(name.Place, $"{field.Path}: expected a name of letters, digits and \"_\", found {name.Described}");
            else if (name.Value is "PORT" or "PS")
                values.AddError(name.Place, $"{value.Path}: it is given to each process so that the others know it; expected another name");
            else if (value.Node is TextNode { IsNull: false } text)
                variables[name.Value] = new PlannedVariable(text.Value, name.Place with { Column = 0 });
            else
                values.Expected("a text, a number, true or false (\"\" for an empty text)", value);
        return variables;
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
