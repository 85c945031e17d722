namespace OvermindGui.Core.Data;

/// <summary>
/// The view <c>output_lines(id, process, html, text, time, stream, run_id)</c> that scripts read: the same markup as
/// <see cref="Terminal.HtmlRenderer"/> writes, in SQL that any sqlite3 since 3.38 understands.
/// </summary>
internal static class OutputLinesView
{
    private static readonly string Piece = Escaped("substr(l.text, json_extract(value, '$[0]') + 1, json_extract(value, '$[1]'))");

    public static readonly string Sql =
        $"""
        CREATE VIEW output_lines AS
        SELECT l.id, p.name AS process,
          CASE WHEN l.style IS NULL THEN {Escaped("l.text")} ELSE (
            SELECT group_concat(
              CASE WHEN class = '' AND fg IS NULL AND bg IS NULL THEN piece ELSE
                '<span class="' || class || '"' ||
                CASE WHEN fg IS NULL AND bg IS NULL THEN '' ELSE
                  ' style="' || coalesce('--fg:' || fg, '') ||
                  CASE WHEN fg IS NULL OR bg IS NULL THEN '' ELSE ';' END ||
                  coalesce('--bg:' || bg, '') || '"' END ||
                '>' || piece || '</span>' END, '')
            FROM (
              SELECT json_extract(value, '$[2]') AS class, json_extract(value, '$[3]') AS fg, json_extract(value, '$[4]') AS bg,
                {Piece} AS piece
              FROM json_each(l.style)))
          END AS html,
          l.text, l.time / 1000.0 AS time, l.stream, l.run_id
        FROM lines l JOIN processes p ON p.id = l.process_id
        """;

    private static string Escaped(string sql) =>
        $"replace(replace(replace(replace(replace({sql}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;'), '''', '&#39;')";
}
