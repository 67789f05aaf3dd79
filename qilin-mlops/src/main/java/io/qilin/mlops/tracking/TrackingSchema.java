package io.qilin.mlops.tracking;

import io.qilin.mlops.store.Schema;
import java.util.List;

/**
 * The tables of experiments. A run has a number inside, by which all else refers to it, and an id outside. What is searched has
 * the experiment's number beside it, so that an index leads to the runs of one experiment; a long value is searched by its head,
 * as an index of PostgreSQL takes no long text.
 */
final class TrackingSchema {
  /** How many characters of a value are in the index. */
  static final int HEAD = 200;

  static final Schema SCHEMA = new Schema("tracking", List.of(first()));

  private TrackingSchema() {}

  private static List<String> first() {
    return List.of(
        "CREATE TABLE tracking_experiment (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            + " name TEXT NOT NULL UNIQUE, created BIGINT NOT NULL, deleted INTEGER NOT NULL)",
        "CREATE TABLE tracking_experiment_tag (experiment INTEGER NOT NULL, key TEXT NOT NULL,"
            + " value TEXT NOT NULL, PRIMARY KEY (experiment, key))",
        "CREATE TABLE tracking_run (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            + " experiment INTEGER NOT NULL, name TEXT NOT NULL, parent INTEGER, owner TEXT NOT NULL,"
            + " status TEXT NOT NULL, started BIGINT NOT NULL, ended BIGINT, deleted INTEGER NOT NULL,"
            + " points BIGINT NOT NULL)",
        "CREATE INDEX tracking_run_started ON tracking_run (experiment, deleted, started, number)",
        "CREATE INDEX tracking_run_name ON tracking_run (experiment, name)",
        "CREATE INDEX tracking_run_status ON tracking_run (experiment, status, number)",
        "CREATE INDEX tracking_run_parent ON tracking_run (parent)",
        "CREATE INDEX tracking_run_owner ON tracking_run (owner, status)",
        texts("tracking_param"),
        "CREATE INDEX tracking_param_value ON tracking_param (experiment, key, head, run)",
        texts("tracking_tag"),
        "CREATE INDEX tracking_tag_value ON tracking_tag (experiment, key, head, run)",
        "CREATE TABLE tracking_latest (run INTEGER NOT NULL, key TEXT NOT NULL,"
            + " experiment INTEGER NOT NULL, step BIGINT NOT NULL, value DOUBLE PRECISION,"
            + " time BIGINT NOT NULL, PRIMARY KEY (run, key))",
        "CREATE INDEX tracking_latest_value ON tracking_latest (experiment, key, value, run)",
        "CREATE TABLE tracking_metric (run INTEGER NOT NULL, key TEXT NOT NULL, step BIGINT NOT NULL,"
            + " sequence BIGINT NOT NULL, value DOUBLE PRECISION, time BIGINT NOT NULL,"
            + " PRIMARY KEY (run, key, step, sequence))",
        "CREATE TABLE tracking_artifact (run INTEGER NOT NULL, name TEXT NOT NULL,"
            + " sha256 TEXT NOT NULL, bytes BIGINT NOT NULL, PRIMARY KEY (run, name))",
        "CREATE INDEX tracking_artifact_digest ON tracking_artifact (sha256)");
  }

  private static String texts(String table) {
    return "CREATE TABLE " + table + " (run INTEGER NOT NULL, key TEXT NOT NULL,"
        + " experiment INTEGER NOT NULL, head TEXT NOT NULL, value TEXT NOT NULL,"
        + " PRIMARY KEY (run, key))";
  }

  /** The part of a value that is in the index; no character is cut in two. */
  static String head(String value) {
    if (value.length() <= HEAD) {
      return value;
    }
    return value.substring(0, Character.isHighSurrogate(value.charAt(HEAD - 1)) ? HEAD - 1 : HEAD);
  }
}
