package io.qilin.mlops.tracking;

import io.qilin.api.model.Page;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.OfMetric;
import io.qilin.api.model.RunQuery;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runs of one page. For each experiment there are two ways: from the condition that fewest runs meet, if they are few,
 * and then sorted; or along the index of the order, from where the page before ended, until the page is full. Which way is taken
 * is found by counting, not left to the statistics of the database.
 */
final class RunSearch {
  /** So many runs are sorted rather than read in order. */
  private static final int FEW = 5_000;

  private final Connection connection;
  private final RunQuery query;
  private final @Nullable PageToken after;
  private final String way;

  /** A run and its place in the order. */
  private record Hit(double place, int number) {}

  private RunSearch(Connection connection, RunQuery query) {
    this.connection = connection;
    this.query = query;
    this.after = query.after().map(text -> PageToken.parse(text, query)).orElse(null);
    this.way = query.order().descending() ? " DESC" : "";
  }

  static Page<Run> run(Connection connection, RunQuery query) throws SQLException {
    return new RunSearch(connection, query).page();
  }

  private Page<Run> page() throws SQLException {
    List<Integer> experiments = new ArrayList<>();
    for (String id : query.experiments()) {
      experiments.add(Experiments.number(connection, id));
    }
    int wanted = query.size() + 1;
    List<Hit> known =
        after == null || after.known() ? hits(experiments, true, wanted) : List.of();
    List<Hit> unknown = query.order().metric().isPresent() && known.size() < wanted
        ? hits(experiments, false, wanted - known.size())
        : List.of();
    List<Integer> numbers = new ArrayList<>();
    known.forEach(hit -> numbers.add(hit.number()));
    unknown.forEach(hit -> numbers.add(hit.number()));
    boolean more = numbers.size() == wanted;
    if (more) {
      numbers.remove(numbers.size() - 1);
    }
    List<Run> runs = RunLoader.load(connection, numbers);
    return new Page<>(runs, more ? Optional.of(token(known, unknown, numbers.size())) : Optional.empty());
  }

  private String token(List<Hit> known, List<Hit> unknown, int size) {
    boolean amongKnown = size <= known.size();
    Hit last = amongKnown ? known.get(size - 1) : unknown.get(size - known.size() - 1);
    return new PageToken(amongKnown, last.place(), last.number()).text(query);
  }

  /** The first hits of all experiments together. */
  private List<Hit> hits(List<Integer> experiments, boolean known, int wanted) throws SQLException {
    List<Hit> hits = new ArrayList<>();
    for (int experiment : experiments) {
      hits.addAll(hits(experiment, known, wanted));
    }
    Comparator<Hit> order = Comparator.comparingDouble(Hit::place).thenComparingInt(Hit::number);
    hits.sort(query.order().descending() ? order.reversed() : order);
    return hits.size() > wanted ? new ArrayList<>(hits.subList(0, wanted)) : hits;
  }

  private List<Hit> hits(int experiment, boolean known, int wanted) throws SQLException {
    Optional<String> metric = query.order().metric();
    Optional<SqlText> source = fewest(experiment);
    String column = metric.isEmpty() ? "r.started" : "o.value";
    SqlText sql;
    if (metric.isPresent() && known) {
      sql = SqlText.of("SELECT r.number AS number, o.value AS place FROM ");
      if (source.isPresent()) {
        sql.add("(").add(source.get()).add(") d CROSS JOIN tracking_run r CROSS JOIN tracking_latest o")
            .add(" WHERE r.number = d.run AND r.experiment = ? AND o.run = r.number", experiment);
      } else {
        sql.add("tracking_latest o CROSS JOIN tracking_run r WHERE r.number = o.run");
      }
      sql.add(" AND o.experiment = ? AND o.key = ? AND o.value IS NOT NULL", experiment, metric.get());
    } else {
      sql = SqlText.of("SELECT r.number AS number, "
          + (metric.isEmpty() ? "r.started" : "0") + " AS place FROM ");
      if (source.isPresent()) {
        sql.add("(").add(source.get()).add(") d CROSS JOIN tracking_run r WHERE r.number = d.run");
      } else {
        sql.add("tracking_run r WHERE 0 = 0");
      }
      sql.add(" AND r.experiment = ?", experiment);
      metric.ifPresent(key -> sql.add(
          " AND NOT EXISTS (SELECT 1 FROM tracking_latest o WHERE o.run = r.number AND o.key = ?"
              + " AND o.value IS NOT NULL)",
          key));
    }
    sql.add(" AND r.deleted = ?", query.view() == RunQuery.View.DELETED ? 1 : 0);
    for (RunCondition condition : query.conditions()) {
      sql.add(" AND (").add(filter(condition, known)).add(")");
    }
    from(sql, known, column);
    boolean byNumber = metric.isPresent() && !known;
    // The number of the table that leads, so that its index gives the order.
    String number = metric.isPresent() && known ? "o.run" : "r.number";
    sql.add(" ORDER BY " + (byNumber ? "" : column + way + ", ") + number + way + " LIMIT ?", wanted);
    return Sql.list(
        connection,
        sql.toString(),
        row -> new Hit(row.getDouble("place"), row.getInt("number")),
        sql.arguments());
  }

  /** A condition on the metric that gives the order narrows the way along its index. */
  private SqlText filter(RunCondition condition, boolean known) {
    return condition instanceof OfMetric metric
            && known
            && query.order().metric().equals(Optional.of(metric.key()))
        ? SqlText.of("o.value" + ConditionSql.sign(metric.comparison()), metric.value())
        : ConditionSql.filter(condition);
  }

  /** Goes on where the page before ended. */
  private void from(SqlText sql, boolean known, String column) {
    if (after == null || after.known() != known) {
      return;
    }
    String sign = query.order().descending() ? " < " : " > ";
    if (!known) {
      sql.add(" AND r.number" + sign + "?", after.number());
    } else if (query.order().metric().isPresent()) {
      sql.add(" AND (" + column + ", o.run)" + sign + "(?, ?)", after.place(), after.number());
    } else {
      sql.add(" AND (" + column + ", r.number)" + sign + "(?, ?)", (long) after.place(), after.number());
    }
  }

  /** The condition that fewest runs meet, if they are few. */
  private Optional<SqlText> fewest(int experiment) throws SQLException {
    Optional<SqlText> best = Optional.empty();
    long least = FEW;
    for (RunCondition condition : query.conditions()) {
      Optional<SqlText> source = ConditionSql.source(condition, experiment);
      if (source.isPresent()) {
        SqlText counting = SqlText.of("SELECT COUNT(*) AS count FROM (")
            .add(source.get())
            .add(" LIMIT ?) few", least);
        long count = Sql.first(
                connection, counting.toString(), row -> row.getLong("count"), counting.arguments())
            .orElse(0L);
        if (count < least) {
          least = count;
          best = source;
        }
      }
    }
    return best;
  }
}
