CREATE TABLE "agent_calls" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_agent_calls" PRIMARY KEY AUTOINCREMENT,
    "client_id" INTEGER NOT NULL,
    "time" REAL NOT NULL,
    "tool" TEXT NOT NULL,
    "subject" TEXT NULL,
    "outcome" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL
);


CREATE TABLE "agent_clients" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_agent_clients" PRIMARY KEY AUTOINCREMENT,
    "connection" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "transport" TEXT NOT NULL,
    "allowed" TEXT NOT NULL,
    "process" TEXT NULL,
    "first_seen" REAL NOT NULL,
    "last_seen" REAL NOT NULL,
    "ended_at" REAL NULL
);


CREATE TABLE "alert_hits" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_alert_hits" PRIMARY KEY AUTOINCREMENT,
    "rule" TEXT NOT NULL,
    "process_id" INTEGER NULL,
    "run_id" INTEGER NULL,
    "time" REAL NOT NULL,
    "message" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "notifies" INTEGER NOT NULL,
    "resolved_at" REAL NULL,
    "is_test" INTEGER NOT NULL
);


CREATE TABLE "alert_mutes" (
    "rule" TEXT NOT NULL CONSTRAINT "PK_alert_mutes" PRIMARY KEY,
    "until" REAL NOT NULL
);


CREATE TABLE "amendments" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_amendments" PRIMARY KEY AUTOINCREMENT,
    "line_id" INTEGER NOT NULL
);


CREATE TABLE "bookmarks" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_bookmarks" PRIMARY KEY AUTOINCREMENT,
    "line_id" INTEGER NOT NULL,
    "process_id" INTEGER NOT NULL,
    "time" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" REAL NOT NULL
);


CREATE TABLE "clearings" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_clearings" PRIMARY KEY AUTOINCREMENT,
    "operation" INTEGER NOT NULL,
    "process_id" INTEGER NOT NULL,
    "from_id" INTEGER NOT NULL,
    "line_count" INTEGER NOT NULL,
    "cleared_at" REAL NOT NULL
);


CREATE TABLE "counted_lines" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_counted_lines" PRIMARY KEY,
    "from_id" INTEGER NOT NULL,
    "to_id" INTEGER NOT NULL
);


CREATE TABLE "daemon_commands" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_daemon_commands" PRIMARY KEY AUTOINCREMENT,
    "command" TEXT NOT NULL,
    "process_name" TEXT NULL,
    "argument" TEXT NULL,
    "requested_by" TEXT NULL,
    "timestamp" REAL NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "succeeded" INTEGER NULL,
    "outcome" TEXT NULL
);


CREATE TABLE "daemons" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_daemons" PRIMARY KEY AUTOINCREMENT,
    "pid" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "working_directory" TEXT NOT NULL,
    "started_at" REAL NOT NULL,
    "ended_at" REAL NULL,
    "procfile_problems" TEXT NULL,
    "warning" TEXT NULL,
    "options" TEXT NULL,
    "stop_limit" REAL NULL,
    "pending_changes" TEXT NULL,
    "end_reason" TEXT NULL,
    "exit_code" INTEGER NULL
);


CREATE TABLE "database_identity" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_database_identity" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "file" TEXT NOT NULL
);


CREATE TABLE "failure_hits" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_failure_hits" PRIMARY KEY AUTOINCREMENT,
    "process_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "line_id" INTEGER NULL,
    "pattern" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "time" REAL NOT NULL,
    "action" TEXT NOT NULL,
    "outcome" TEXT NOT NULL
);


CREATE TABLE "line_counts" (
    "width" INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "process_id" INTEGER NOT NULL,
    "none" INTEGER NOT NULL,
    "debug" INTEGER NOT NULL,
    "info" INTEGER NOT NULL,
    "warn" INTEGER NOT NULL,
    "error" INTEGER NOT NULL,
    CONSTRAINT "PK_line_counts" PRIMARY KEY ("width", "start", "process_id")
);


CREATE TABLE "lines" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_lines" PRIMARY KEY AUTOINCREMENT,
    "process_id" INTEGER NOT NULL,
    "run_id" INTEGER NULL,
    "time" INTEGER NOT NULL,
    "stream" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "style" TEXT NULL,
    "level" INTEGER NOT NULL DEFAULT 0,
    "continues" INTEGER NOT NULL DEFAULT 0,
    "fingerprint" INTEGER NULL
);


CREATE TABLE "pinned_runs" (
    "run_id" INTEGER NOT NULL CONSTRAINT "PK_pinned_runs" PRIMARY KEY,
    "pinned_at" REAL NOT NULL
);


CREATE TABLE "process_status" (
    "process_name" TEXT NOT NULL CONSTRAINT "PK_process_status" PRIMARY KEY,
    "status" TEXT NOT NULL,
    "pid" INTEGER NULL,
    "updated_at" REAL NOT NULL,
    "position" INTEGER NOT NULL,
    "command" TEXT NOT NULL,
    "run_id" INTEGER NULL,
    "started_at" REAL NULL,
    "exit_code" INTEGER NULL,
    "restart_at" REAL NULL,
    "entry" TEXT NULL,
    "instance" INTEGER NULL,
    "port" INTEGER NULL,
    "listening" TEXT NULL,
    "process_group" TEXT NULL,
    "rule" TEXT NULL,
    "reason" TEXT NULL,
    "crashes" INTEGER NULL,
    "ready" INTEGER NULL,
    "healthy" INTEGER NULL,
    "waiting_for_input" TEXT NULL,
    "attached" TEXT NULL,
    "next_run" REAL NULL
);


CREATE TABLE "processes" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_processes" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "cleared_id" INTEGER NOT NULL DEFAULT 0,
    "selected" INTEGER NOT NULL DEFAULT 1
);


CREATE TABLE "resource_samples" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_resource_samples" PRIMARY KEY AUTOINCREMENT,
    "process_id" INTEGER NOT NULL,
    "run_id" INTEGER NOT NULL,
    "time" REAL NOT NULL,
    "span" INTEGER NOT NULL,
    "cpu" REAL NOT NULL,
    "cpu_peak" REAL NOT NULL,
    "memory" INTEGER NOT NULL,
    "memory_peak" INTEGER NOT NULL,
    "threads" INTEGER NOT NULL,
    "open_files" INTEGER NOT NULL,
    "disk_read" REAL NOT NULL,
    "disk_written" REAL NOT NULL,
    "children" INTEGER NOT NULL
);


CREATE TABLE "retention" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_retention" PRIMARY KEY,
    "configured" TEXT NULL,
    "keep_lines" INTEGER NULL,
    "keep_days" INTEGER NULL,
    "keep_size" INTEGER NULL,
    "keep_crashes" INTEGER NULL,
    "changed_at" REAL NULL
);


CREATE TABLE "runs" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_runs" PRIMARY KEY,
    "process_id" INTEGER NOT NULL,
    "daemon_id" INTEGER NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" REAL NOT NULL,
    "ended_at" REAL NULL,
    "exit_code" INTEGER NULL,
    "cause" TEXT NOT NULL,
    "started_by" TEXT NULL,
    "restart_number" INTEGER NOT NULL
);


CREATE TABLE "saved_views" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_saved_views" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT COLLATE NOCASE NOT NULL,
    "query" TEXT NOT NULL,
    "saved_at" REAL NOT NULL
);


CREATE TABLE "search_filters" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_search_filters" PRIMARY KEY,
    "filter" BLOB NOT NULL
);


CREATE TABLE "shipping" (
    "name" TEXT NOT NULL CONSTRAINT "PK_shipping" PRIMARY KEY,
    "target" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT NULL,
    "line_id" INTEGER NOT NULL,
    "held" TEXT NOT NULL,
    "database" TEXT NOT NULL,
    "updated_at" REAL NOT NULL
);


CREATE TABLE "stored_bytes" (
    "process_id" INTEGER NOT NULL CONSTRAINT "PK_stored_bytes" PRIMARY KEY,
    "bytes" INTEGER NOT NULL
);


CREATE UNIQUE INDEX "IX_agent_clients_connection" ON "agent_clients" ("connection");


CREATE INDEX "alert_hits_by_rule" ON "alert_hits" ("rule", "time");


CREATE UNIQUE INDEX "bookmarks_by_line" ON "bookmarks" ("line_id");


CREATE INDEX "pending_commands" ON "daemon_commands" ("status") WHERE status = 'pending';


CREATE INDEX "failure_hits_by_process" ON "failure_hits" ("process_id");


CREATE INDEX "failure_hits_by_time" ON "failure_hits" ("time");


CREATE INDEX "errors_by_fingerprint" ON "lines" ("process_id", "fingerprint") WHERE fingerprint IS NOT NULL;


CREATE INDEX "lines_by_process" ON "lines" ("process_id");


CREATE UNIQUE INDEX "IX_processes_name" ON "processes" ("name");


CREATE INDEX "resource_samples_by_process" ON "resource_samples" ("process_id", "time");


CREATE INDEX "resource_samples_by_span" ON "resource_samples" ("span", "time");


CREATE INDEX "runs_by_end" ON "runs" ("ended_at");


CREATE INDEX "runs_by_process" ON "runs" ("process_id");


CREATE INDEX "runs_by_start" ON "runs" ("started_at");


CREATE UNIQUE INDEX "saved_views_by_name" ON "saved_views" ("name");


CREATE INDEX "search_filters_by_id" ON "search_filters" ("id");


