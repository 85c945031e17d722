using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// The processes that a new browser shows by default. This is a setting of the project, stored in the database; each browser then keeps its
/// own selection.
/// </summary>
public sealed class ProcessSelection(OvermindDatabase database)
{
    /// <summary>Names of the deselected processes.</summary>
    public IReadOnlySet<string> Deselected()
    {
        using var connection = database.OpenConnection();
        return connection.KnownProcesses().Where(p => !p.Selected).Select(p => p.Name).ToHashSet();
    }

    /// <summary>Selects or deselects a process; returns whether it is selected now.</summary>
    public bool Toggle(string process)
    {
        using var connection = database.OpenConnection();
        return connection.Scalar(
            """
            INSERT INTO processes(name, line_count, selected) VALUES ($1, 0, 0)
            ON CONFLICT(name) DO UPDATE SET selected = NOT selected RETURNING selected
            """,
            process) is 1L;
    }

    public void SetAll(bool selected)
    {
        using var connection = database.OpenConnection();
        connection.Execute(
            null,
            """
            INSERT INTO processes(name, line_count, selected) SELECT process_name, 0, $1 FROM process_status WHERE true ON CONFLICT DO NOTHING;
            UPDATE processes SET selected = $1;
            """,
            selected);
    }
}
