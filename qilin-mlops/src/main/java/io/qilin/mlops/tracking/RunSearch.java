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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the runs of one page. There are three ways for each experiment: from the condition that fewest runs meet, if they are few,
 * and then sorted; along the index of the order, looking at each of the first runs; and, if those do not fill the page, along the
 * index with the numbers of the runs that meet each condition. Which way is taken is found by counting, not left to the statistics
 * of the database.
 */
final class RunSearch {
  /** So many runs are sorted rather than read in order. */
  private static final int FEW = 1_000;

  /** So many runs are looked at before the numbers of all that meet a condition are gathered. */
  private static final int WINDOW = 2_000;

  private static final SqlText NOBODY =
      SqlText.of("SELECT number AS run FROM tracking_run WHERE number = 0");

  private final Connection connection;
  private final RunQuery query;
  private final int fewest;
  private final int window;
  private final @Nullable PageToken after;
  private final String way;
  /** For each experiment the source that gives few runs, once it is known. */
  private final Map<Integer, Optional<SqlText>> few = new HashMap<>();

  /** A run and its place in the order. */
  private record Hit(double place, int number) {}

  private RunSearch(Connection connection, RunQuery query, int fewest, int window) {
    this.connection = connection;
    this.query = query;
    this.fewest = fewest;
    this.window = window;
    this.after = query.after().map(text -> PageToken.parse(text, query)).orElse(null);
    this.way = query.order().descending() ? " DESC" : "";
  }

  static Page<Run> run(Connection connection, RunQuery query) throws SQLException {
    return run(connection, query, FEW, WINDOW);
  }

  /** As {@link #run(Connection, RunQuery)}, with other numbers, from 1, at which another way is taken. */
  static Page<Run> run(Connection connection, RunQuery query, int fewest, int window)
      throws SQLException {
    return new RunSearch(connection, query, fewest, window).page();
  }

  private Page<Run> page() throws SQLException {
    List<Integer> experiments = new ArrayList<>();
    for (String id : query.experiments()) {
      experiments.add(Experiments.number(connection, id));
    }
    int wanted = query.size() + 1;
    List<Hit> known = after == null || after.known() ? hits(experiments, true, wanted) : List.of();
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
    return new Page<>(
        runs, more ? Optional.of(token(known, unknown, numbers.size())) : Optional.empty());
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
    if (!few.containsKey(experiment)) {
      few.put(experiment, fewest(experiment));
    }
    Optional<SqlText> source = few.get(experiment);
    if (source.isPresent()) {
      return list(few(source.get(), experiment, known), wanted);
    }
    SqlText looked = outer("(")
        .add(ordered(experiment, known))
        .add(" LIMIT ?) c", window)
        .add(" CROSS JOIN tracking_run r WHERE r.number = c.number");
    List<Hit> first = list(filtered(looked, known), wanted);
    if (first.size() == wanted || !longer(experiment, known)) {
      return first;
    }
    Optional<SqlText> joint = joint(experiment);
    if (joint.isPresent()) {
      List<Integer> numbers = numbers(joint.get());
      if (numbers.isEmpty()) {
        few.put(experiment, Optional.of(NOBODY));
        return List.of();
      }
      if (numbers.size() < fewest) {
        few.put(experiment, Optional.of(these(numbers)));
        return hits(experiment, known, wanted);
      }
    }
    SqlText all = outer("(")
        .add(placed(experiment, known))
        .add(") c CROSS JOIN tracking_run r WHERE r.number = c.number");
    joint.ifPresent(numbers -> all.add(" AND c.number IN (").add(numbers).add(")"));
    return list(filtered(all, known), wanted);
  }

  /** The numbers of the runs that meet every condition to which an index leads. */
  private Optional<SqlText> joint(int experiment) {
    SqlText joint = SqlText.of("SELECT run FROM (");
    int parts = 0;
    for (RunCondition condition : query.conditions()) {
      Optional<SqlText> source = ConditionSql.source(condition, experiment);
      if (source.isPresent()) {
        joint.add(parts++ == 0 ? "" : " INTERSECT ").add(source.get());
      }
    }
    return parts == 0 ? Optional.empty() : Optional.of(joint.add(") met"));
  }

  /** The first numbers of a source, as many as would no longer be few. */
  private List<Integer> numbers(SqlText source) throws SQLException {
    SqlText first = SqlText.of("").add(source).add(" LIMIT ?", fewest);
    return Sql.list(connection, first.toString(), row -> row.getInt("run"), first.arguments());
  }

  private static SqlText these(List<Integer> numbers) {
    return SqlText.of("SELECT number AS run FROM tracking_run WHERE number IN "
        + numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")")));
  }

  private static SqlText counting(SqlText numbers, long most) {
    return SqlText.of("SELECT COUNT(*) AS count FROM (")
        .add(numbers)
        .add(" LIMIT ?) counted", most);
  }

  private boolean byMetric(boolean known) {
    return known && query.order().metric().isPresent();
  }

  private static SqlText outer(String from) {
    return SqlText.of("SELECT c.number AS number, c.place AS place FROM " + from);
  }

  /** The runs that meet a condition, each with its place. */
  private SqlText few(SqlText source, int experiment, boolean known) {
    SqlText inner = byMetric(known)
        ? SqlText.of("SELECT o.run AS number, o.value AS place FROM (")
            .add(source)
            .add(
                ") d CROSS JOIN tracking_latest o WHERE o.run = d.run AND o.experiment = ? AND o.key = ?"
                    + " AND o.value IS NOT NULL",
                experiment,
                query.order().metric().orElseThrow())
        : SqlText.of("SELECT s.number AS number, s.started AS place FROM (")
            .add(source)
            .add(
                ") d CROSS JOIN tracking_run s WHERE s.number = d.run AND s.experiment = ?",
                experiment);
    return filtered(
        outer("(").add(inner).add(") c CROSS JOIN tracking_run r WHERE r.number = c.number"),
        known);
  }

  /** All runs of an experiment with their places, from where the page before ended. */
  private SqlText placed(int experiment, boolean known) {
    boolean byMetric = byMetric(known);
    SqlText sql = byMetric
        ? SqlText.of(
            "SELECT run AS number, value AS place FROM tracking_latest WHERE experiment = ? AND key = ?"
                + " AND value IS NOT NULL",
            experiment,
            query.order().metric().orElseThrow())
        : SqlText.of(
            "SELECT number, started AS place FROM tracking_run WHERE experiment = ? AND deleted = ?",
            experiment,
            deleted());
    for (RunCondition condition : query.conditions()) {
      if (byMetric && ofOrder(condition)) {
        OfMetric metric = (OfMetric) condition;
        sql.add(" AND value" + ConditionSql.sign(metric.comparison()), metric.value());
      }
    }
    return from(sql, known, byMetric ? "value, run" : "started, number");
  }

  private SqlText ordered(int experiment, boolean known) {
    return placed(experiment, known)
        .add(
            byMetric(known)
                ? " ORDER BY value" + way + ", run" + way
                : " ORDER BY started" + way + ", number" + way);
  }

  /** Whether there are more runs than were looked at. */
  private boolean longer(int experiment, boolean known) throws SQLException {
    return count(counting(placed(experiment, known), window + 1L)) > window;
  }

  private long count(SqlText counting) throws SQLException {
    return Sql.first(
            connection, counting.toString(), row -> row.getLong("count"), counting.arguments())
        .orElse(0L);
  }

  private int deleted() {
    return query.view() == RunQuery.View.DELETED ? 1 : 0;
  }

  /** Runs {@code r} that meet all conditions. */
  private SqlText filtered(SqlText sql, boolean known) {
    sql.add(" AND r.deleted = ?", deleted());
    for (RunCondition condition : query.conditions()) {
      sql.add(" AND (").add(ConditionSql.filter(condition)).add(")");
    }
    if (!known) {
      sql.add(
          " AND NOT EXISTS (SELECT 1 FROM tracking_latest o WHERE o.run = r.number AND o.key = ?"
              + " AND o.value IS NOT NULL)",
          query.order().metric().orElseThrow());
    }
    return from(sql, known, "c.place, c.number");
  }

  private List<Hit> list(SqlText sql, int wanted) throws SQLException {
    sql.add(" ORDER BY c.place" + way + ", c.number" + way + " LIMIT ?", wanted);
    return Sql.list(
        connection,
        sql.toString(),
        row -> new Hit(row.getDouble("place"), row.getInt("number")),
        sql.arguments());
  }

  private boolean ofOrder(RunCondition condition) {
    return condition instanceof OfMetric metric
        && query.order().metric().equals(Optional.of(metric.key()));
  }

  /** Goes on where the page before ended. */
  private SqlText from(SqlText sql, boolean known, String columns) {
    if (after != null && after.known() == known) {
      Number place = byMetric(known) ? (Number) after.place() : (Number) (long) after.place();
      sql.add(
          " AND (" + columns + ")" + (query.order().descending() ? " < " : " > ") + "(?, ?)",
          place,
          after.number());
    }
    return sql;
  }

  /** The condition that fewest runs meet, if they are few. */
  private Optional<SqlText> fewest(int experiment) throws SQLException {
    Optional<SqlText> best = Optional.empty();
    long least = fewest;
    for (RunCondition condition : query.conditions()) {
      Optional<SqlText> source = ConditionSql.source(condition, experiment);
      if (source.isPresent()) {
        long count = count(counting(source.get(), least));
        if (count < least) {
          least = count;
          best = source;
        }
      }
    }
    return best;
  }
}
