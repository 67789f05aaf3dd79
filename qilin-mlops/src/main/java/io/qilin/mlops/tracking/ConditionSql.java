package io.qilin.mlops.tracking;

import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunCondition.OfMetric;
import io.qilin.api.model.RunCondition.OfStart;
import io.qilin.api.model.RunCondition.OfText;
import java.util.Optional;

/** A condition as SQL: as a filter of runs {@code r}, and, where an index leads to them, as a source of runs' numbers. */
final class ConditionSql {
  private ConditionSql() {}

  static SqlText filter(RunCondition condition) {
    return condition.fold(ConditionSql::filter, ConditionSql::filter, ConditionSql::filter);
  }

  /** The numbers of the runs of an experiment that meet the condition, as a column {@code run}. */
  static Optional<SqlText> source(RunCondition condition, int experiment) {
    return condition.fold(
        metric -> source(metric, experiment),
        text -> source(text, experiment),
        start -> Optional.empty());
  }

  static String sign(Comparison comparison) {
    return switch (comparison) {
      case ABOVE -> " > ?";
      case AT_LEAST -> " >= ?";
      case BELOW -> " < ?";
      case AT_MOST -> " <= ?";
      case EQUAL -> " = ?";
      case NOT_EQUAL -> " <> ?";
    };
  }

  private static SqlText filter(OfMetric metric) {
    return SqlText.of(
        "EXISTS (SELECT 1 FROM tracking_latest m WHERE m.run = r.number AND m.key = ? AND m.value"
            + sign(metric.comparison()) + ")",
        metric.key(),
        metric.value());
  }

  private static Optional<SqlText> source(OfMetric metric, int experiment) {
    if (metric.comparison() == Comparison.NOT_EQUAL) {
      return Optional.empty();
    }
    return Optional.of(SqlText.of(
        "SELECT run FROM tracking_latest WHERE experiment = ? AND key = ? AND value"
            + sign(metric.comparison()),
        experiment,
        metric.key(),
        metric.value()));
  }

  private static SqlText filter(OfStart start) {
    return SqlText.of(
        "r.started >= ? AND r.started < ?",
        start.from().toEpochMilli(),
        start.to().toEpochMilli());
  }

  /** Columns of a run are put into an expression, so that no index is taken instead of that of the order. */
  private static SqlText filter(OfText text) {
    String sign = text.equal() ? " = ?" : " <> ?";
    return switch (text.subject()) {
      case PARAM -> keyed("tracking_param", text);
      case TAG -> keyed("tracking_tag", text);
      case STATUS -> SqlText.of("r.status || ''" + sign, text.value());
      case OWNER -> SqlText.of("r.owner <> '' AND r.owner || ''" + sign, text.value());
      case NAME -> SqlText.of("r.name || ''" + sign, text.value());
      case PARENT ->
        SqlText.of(
            "r.parent + 0 " + (text.equal() ? "IN" : "NOT IN")
                + " (SELECT number FROM tracking_run WHERE id = ?)",
            text.value());
    };
  }

  private static SqlText keyed(String table, OfText text) {
    SqlText exists = SqlText.of(
        "EXISTS (SELECT 1 FROM " + table + " p WHERE p.run = r.number AND p.key = ? AND ",
        text.key());
    SqlText value = text.equal() ? same(text.value()) : SqlText.of("value <> ?", text.value());
    return exists.add(value).add(")");
  }

  private static SqlText source(String table, OfText text, int experiment) {
    return SqlText.of(
            "SELECT run FROM " + table + " WHERE experiment = ? AND key = ? AND ",
            experiment,
            text.key())
        .add(same(text.value()));
  }

  /** By the head, which is in the index, and only for a long value by all of it. */
  private static SqlText same(String value) {
    String head = TrackingSchema.head(value);
    SqlText same = SqlText.of("head = ?", head);
    return value.length() < TrackingSchema.HEAD - 1 ? same : same.add(" AND value = ?", value);
  }

  private static Optional<SqlText> source(OfText text, int experiment) {
    if (!text.equal()) {
      return Optional.empty();
    }
    return switch (text.subject()) {
      case PARAM -> Optional.of(source("tracking_param", text, experiment));
      case TAG -> Optional.of(source("tracking_tag", text, experiment));
      case STATUS ->
        Optional.of(SqlText.of(
            "SELECT number AS run FROM tracking_run WHERE experiment = ? AND status = ?",
            experiment,
            text.value()));
      case OWNER ->
        Optional.of(
            SqlText.of("SELECT number AS run FROM tracking_run WHERE owner = ?", text.value()));
      case PARENT ->
        Optional.of(SqlText.of(
            "SELECT number AS run FROM tracking_run WHERE parent IN"
                + " (SELECT number FROM tracking_run WHERE id = ?)",
            text.value()));
      case NAME ->
        Optional.of(SqlText.of(
            "SELECT number AS run FROM tracking_run WHERE experiment = ? AND name = ?",
            experiment,
            text.value()));
    };
  }
}
