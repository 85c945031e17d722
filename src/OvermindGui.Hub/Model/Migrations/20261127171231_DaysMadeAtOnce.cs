using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OvermindGui.Hub.Model.Migrations
{
    /// <inheritdoc />
    public partial class DaysMadeAtOnce : Migration
    {
        private const string Days =
            """
            CREATE OR REPLACE FUNCTION overmind.prepare_day(day integer) RETURNS void
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
            DECLARE
              partition text := 'lines_' || to_char(date '1970-01-01' + day, 'YYYYMMDD');
            BEGIN
              -- from 2000 to the day after tomorrow
              IF day < 10957 OR day > extract(epoch FROM clock_timestamp())::bigint / 86400 + 2 THEN RETURN; END IF;
              IF to_regclass('overmind.' || partition) IS NOT NULL THEN RETURN; END IF;
              PERFORM pg_advisory_xact_lock(72616, 1);
              IF to_regclass('overmind.' || partition) IS NOT NULL THEN RETURN; END IF;
              -- Attaching lets others go on writing; creating it as a partition would make them wait.
              EXECUTE format('CREATE TABLE overmind.%I (LIKE overmind.lines INCLUDING ALL)', partition);
              EXECUTE format('ALTER TABLE overmind.lines ATTACH PARTITION overmind.%I FOR VALUES FROM (%s) TO (%s)',
                partition, day * 86400000::bigint, (day + 1) * 86400000::bigint);
            EXCEPTION
              WHEN check_violation THEN RETURN; -- lines_other has lines of this day, and gets the rest of it
              WHEN duplicate_table THEN RETURN; -- another daemon has just made it: what is looked up may be as old as the statement
            END
            $$;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Days);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // it stays as good for an older version
        }
    }
}
