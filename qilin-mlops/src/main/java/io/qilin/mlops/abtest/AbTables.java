package io.qilin.mlops.abtest;

import io.qilin.mlops.store.Schema;
import java.util.List;

/** The tables of A/B tests. */
final class AbTables {
  static final Schema SCHEMA = new Schema(
      "abtest",
      List.of(List.of(
          "CREATE TABLE ab_test (id TEXT PRIMARY KEY, salt TEXT NOT NULL, metric TEXT NOT NULL,"
              + " margin DOUBLE PRECISION NOT NULL, confidence DOUBLE PRECISION NOT NULL,"
              + " guarantee TEXT NOT NULL, least_sample INTEGER NOT NULL,"
              + " least_days INTEGER NOT NULL, look_every TEXT NOT NULL, ends TEXT,"
              + " started TEXT NOT NULL, promoted TEXT)",
          "CREATE TABLE ab_arm (test TEXT NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL,"
              + " weight DOUBLE PRECISION NOT NULL, model TEXT, PRIMARY KEY (test, place))",
          "CREATE TABLE ab_guard (test TEXT NOT NULL, place INTEGER NOT NULL, metric TEXT NOT NULL,"
              + " margin DOUBLE PRECISION NOT NULL, PRIMARY KEY (test, place))",
          "CREATE TABLE ab_call (test TEXT NOT NULL, metric TEXT NOT NULL, symbol TEXT NOT NULL,"
              + " day TEXT NOT NULL, value DOUBLE PRECISION NOT NULL,"
              + " PRIMARY KEY (test, metric, symbol, day))",
          "CREATE TABLE ab_tally (test TEXT NOT NULL, metric TEXT NOT NULL, arm INTEGER NOT NULL,"
              + " calls BIGINT NOT NULL, mean DOUBLE PRECISION NOT NULL, terms BIGINT NOT NULL,"
              + " effect DOUBLE PRECISION NOT NULL, squares DOUBLE PRECISION NOT NULL,"
              + " surprises DOUBLE PRECISION NOT NULL, PRIMARY KEY (test, metric, arm))",
          "CREATE TABLE ab_day (test TEXT NOT NULL, day TEXT NOT NULL, arm INTEGER NOT NULL,"
              + " profit DOUBLE PRECISION NOT NULL, PRIMARY KEY (test, day, arm))",
          "CREATE TABLE ab_look (test TEXT NOT NULL, number BIGINT NOT NULL, at TEXT NOT NULL,"
              + " conclusion TEXT NOT NULL, winner TEXT, PRIMARY KEY (test, number))",
          "CREATE TABLE ab_effect (test TEXT NOT NULL, number BIGINT NOT NULL,"
              + " place INTEGER NOT NULL, metric TEXT NOT NULL, arm TEXT NOT NULL,"
              + " sample BIGINT NOT NULL, estimate DOUBLE PRECISION, lower_end DOUBLE PRECISION,"
              + " upper_end DOUBLE PRECISION, standing TEXT NOT NULL,"
              + " PRIMARY KEY (test, number, place))")));

  private AbTables() {}
}
