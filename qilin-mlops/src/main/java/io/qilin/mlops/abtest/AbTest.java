package io.qilin.mlops.abtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.abtest.Effect.Standing;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One A/B test. It may be looked at as often as one likes: an interval of its primary metric errs at any time with the chance 1 −
 * confidence at most, all arms and all looks together.
 *
 * <ul>
 *   <li>Accuracy and latency: the difference of the means of calls, each weighted by the chance of its arm; normal boundary with
 *       a delayed start (Robbins and Siegmund 1970; Waudby-Smith et al. 2021) or the stitched empirical-Bernstein boundary of
 *       Howard et al. (2021), see {@link Guarantee}. It rests on the arms being drawn, not on calls being independent of each
 *       other. Record calls in the order in which they were made, whatever their arm.
 *   <li>Profit: paired daily differences, long-run variance, the same boundary. It rests on stationary differences.
 *   <li>Several arms share the chance of an error equally. Guards have the same chance again, each.
 * </ul>
 *
 * <p>Nothing is counted twice: a symbol on a date has one outcome a metric, a date one profit an arm. After a restart it goes on
 * with the same bits. Safe to share between threads. Every method but {@link #arm} may throw STORE_UNAVAILABLE, STORE_DAMAGED, IO
 * or RESOURCE_EXHAUSTED; then nothing has changed.
 */
public final class AbTest {
  private static final int MAX_BATCH = 100_000;
  private static final int MAX_DAYS = 100_000;
  private static final int MAX_LOOKS = 10_000;
  private static final double MAX_PROFIT = 1e100;
  private static final double SPLIT_ERROR = 0.001;
  private static final String INSERT =
      "INSERT INTO ab_call (test, metric, symbol, day, value) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (test, metric, symbol, day) DO NOTHING";

  private final Database database;
  private final InstantSource clock;
  private final AbTestPlan plan;
  private final Split split;
  private final Boundary ofEffects;
  private final Boundary ofCounts;

  AbTest(Database database, InstantSource clock, AbTestPlan plan) {
    this.database = database;
    this.clock = clock;
    this.plan = plan;
    this.split = new Split(plan);
    int arms = plan.arms().size();
    this.ofEffects = new Boundary((1 - plan.confidence()) / (arms - 1));
    this.ofCounts = new Boundary(SPLIT_ERROR / arms);
  }

  /** What was decided beforehand. */
  public AbTestPlan plan() {
    return plan;
  }

  /**
   * The arm for a symbol on a date: always the same one, in every process.
   *
   * @param symbol any text
   */
  public Arm arm(String symbol, LocalDate date) {
    return plan.arms().get(split.place(symbol, date));
  }

  /**
   * Records outcomes: all of them or none.
   *
   * @param observations at most 100,000, in the order of the calls
   * @return how many were new; the others were recorded before with the same value
   * @throws QilinException INVALID_ARGUMENT if one has an arm that its symbol and date do not get, or a metric that the plan does
   *     not have; CONFLICT if one was recorded before with another value, or the test has ended; LIMIT_EXCEEDED for too many
   */
  public int record(List<Observation> observations) {
    List<Observation> batch = List.copyOf(observations);
    if (batch.size() > MAX_BATCH) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a batch has at most " + MAX_BATCH + " observations, has " + batch.size());
    }
    for (Observation observation : batch) {
      requireMine(observation);
    }
    return database.write(connection -> {
      requireOpen(connection);
      Map<TestMetric, Tally> tallies = new EnumMap<>(TestMetric.class);
      int fresh = 0;
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Observation observation : batch) {
          if (isNew(connection, insert, observation)) {
            Tally tally = tallies.get(observation.metric());
            if (tally == null) {
              tally = TallyRows.load(connection, plan, observation.metric());
              tallies.put(observation.metric(), tally);
            }
            tally.add(plan.place(observation.arm()), observation.comparable());
            fresh++;
          }
        }
      }
      for (Map.Entry<TestMetric, Tally> entry : tallies.entrySet()) {
        TallyRows.save(connection, plan, entry.getKey(), entry.getValue());
      }
      return fresh;
    });
  }

  /**
   * Records the profits of a day that is over. Days come in their order.
   *
   * @param date between the years 1 and 9999
   * @param profits one an arm, by its name, each finite and at most 1e100 in size
   * @return whether it was new; otherwise it was recorded before with the same profits
   * @throws QilinException INVALID_ARGUMENT if an arm is missing or unknown or a profit not finite, or the plan has no such
   *     metric; CONFLICT if the day was recorded with other profits, a later one is recorded, or the test has ended;
   *     LIMIT_EXCEEDED after 100,000 days
   */
  public boolean recordDay(LocalDate date, Map<String, Double> profits) {
    double[] byArm = requireDay(date, profits);
    return database.write(connection -> {
      requireOpen(connection);
      List<Double> known = Sql.list(
          connection,
          "SELECT profit FROM ab_day WHERE test = ? AND day = ? ORDER BY arm",
          row -> row.getDouble("profit"),
          plan.id(),
          date.toString());
      if (!known.isEmpty()) {
        for (int arm = 0; arm < byArm.length; arm++) {
          if (known.get(arm) != byArm[arm]) {
            throw new QilinException(
                ErrorCode.CONFLICT, "the day " + date + " was recorded with other profits");
          }
        }
        return false;
      }
      requireNext(connection, date);
      for (int arm = 0; arm < byArm.length; arm++) {
        Sql.update(
            connection,
            "INSERT INTO ab_day (test, day, arm, profit) VALUES (?, ?, ?, ?)",
            plan.id(),
            date.toString(),
            arm,
            byArm[arm]);
      }
      return true;
    });
  }

  /**
   * Looks at what has been recorded, concludes if that can be, and records the look. A look before the time of the next one, or
   * after the end of the test, gives the last one again. If the clock went back, the next look waits until it has caught up.
   */
  public Look look() {
    return database.write(connection -> {
      List<Look> last = LookRows.last(connection, plan.id(), 1);
      Instant now = clock.instant();
      if (!last.isEmpty()) {
        Look previous = last.get(0);
        boolean ended = previous.conclusion() != Conclusion.CONTINUE;
        if (ended || now.isBefore(previous.at().plus(plan.lookEvery()))) {
          return previous;
        }
      }
      long number = last.isEmpty() ? 1 : last.get(0).number() + 1;
      Look look = judged(connection, number, now);
      LookRows.insert(connection, look);
      return look;
    });
  }

  /**
   * The last looks, newest first.
   *
   * @param limit 1 to 10,000
   * @throws QilinException INVALID_ARGUMENT for another limit
   */
  public List<Look> looks(int limit) {
    if (limit < 1 || limit > MAX_LOOKS) {
      throw QilinException.invalid("1 to " + MAX_LOOKS + " looks can be had, was " + limit);
    }
    return database.read(connection -> LookRows.last(connection, plan.id(), limit));
  }

  /** When the winner was promoted. */
  public Optional<Instant> promoted() {
    return database.read(connection -> promoted(connection));
  }

  /**
   * Promotes the model of the arm that has won, if production is still what the control runs, with the figures as the reason.
   * Called again, also after a crash between promotion and record, it does nothing more.
   *
   * @return the version that is in production
   * @throws QilinException INVALID_ARGUMENT if no arm has won, the winner has no model, or the control's model has another name;
   *     CONFLICT if another version is in production by now; what the registry throws
   */
  public ModelVersion promote(ModelRegistry registry) {
    Look last = looks(1).stream()
        .filter(look -> look.conclusion() == Conclusion.WINNER)
        .findFirst()
        .orElseThrow(() -> QilinException.invalid(
            "no arm of the test " + plan.id() + " has won, so there is nothing to promote"));
    Arm winner = plan.arms().get(plan.place(last.winner().orElseThrow()));
    ModelId id = winner
        .model()
        .orElseThrow(() -> QilinException.invalid("the arm " + winner.name() + " names no model"));
    Optional<ModelId> control = plan.control().model();
    control.filter(other -> !other.name().equals(id.name())).ifPresent(other -> {
      throw QilinException.invalid("the control runs " + other + " and the winner " + id
          + ": two names cannot replace each" + " other; move them in the registry yourself");
    });
    ModelVersion promoted = registry
        .production(id.name())
        .filter(version -> version.id().equals(id))
        .orElseGet(() ->
            registry.promote(id, control.map(ModelId::version).orElse(0), reason(last, winner)));
    String now = clock.instant().toString();
    database.write(connection -> Sql.update(
        connection,
        "UPDATE ab_test SET promoted = ? WHERE id = ? AND promoted IS NULL",
        now,
        plan.id()));
    return promoted;
  }

  private static StageReason reason(Look look, Arm winner) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("test", look.test());
    facts.put("look", Long.toString(look.number()));
    for (Effect effect : look.effects()) {
      if (effect.arm().equals(winner.name())) {
        facts.put(
            effect.metric().name(),
            effect.estimate() + " [" + effect.lower() + ", " + effect.upper() + "], n "
                + effect.sample());
      }
    }
    return new StageReason(
        "The arm " + winner.name() + " has won the A/B test " + look.test() + ".", facts);
  }

  private Look judged(Connection connection, long number, Instant now) throws SQLException {
    List<Effect> effects = new ArrayList<>();
    boolean sound = true;
    for (MetricRule rule : plan.rules()) {
      boolean primary = rule.equals(plan.primary());
      if (rule.metric() == TestMetric.PROFIT) {
        for (int arm = 1; arm < plan.arms().size(); arm++) {
          effects.add(profit(connection, rule, arm, primary));
        }
      } else {
        Tally tally = TallyRows.load(connection, plan, rule.metric());
        sound &= tally.sound(ofCounts, plan.leastSample());
        for (int arm = 1; arm < plan.arms().size(); arm++) {
          effects.add(calls(tally, rule, arm, primary));
        }
      }
    }
    Judge.Verdict verdict = sound
        ? Judge.verdict(plan, effects)
        : new Judge.Verdict(Conclusion.SPLIT_BROKEN, Optional.empty());
    boolean over = plan.until().filter(end -> !now.isBefore(end)).isPresent();
    if (over && verdict.conclusion() == Conclusion.CONTINUE) {
      verdict = new Judge.Verdict(Conclusion.INCONCLUSIVE, Optional.empty());
    }
    return new Look(plan.id(), number, now, effects, verdict.conclusion(), verdict.winner());
  }

  private Effect calls(Tally tally, MetricRule rule, int arm, boolean primary) {
    double start = 2.0 * plan.leastSample();
    boolean few = tally.least(arm) < plan.leastSample() || tally.terms[arm] < start;
    boolean finite =
        plan.guarantee() == Guarantee.FINITE_SAMPLE && rule.metric() == TestMetric.ACCURACY;
    double half = tally.halfWidth(arm, ofEffects, start, finite);
    double estimate = tally.terms[arm] == 0 ? Double.NaN : tally.effects[arm];
    return effect(rule, arm, tally.least(arm), estimate, half, few, primary);
  }

  private Effect profit(Connection connection, MetricRule rule, int arm, boolean primary)
      throws SQLException {
    ProfitDays days = ProfitDays.load(connection, plan.id(), arm);
    boolean few = days.days() < plan.leastDays();
    double half = days.halfWidth(ofEffects, plan.leastDays());
    return effect(rule, arm, days.days(), days.mean(), half, few, primary);
  }

  private Effect effect(
      MetricRule rule,
      int arm,
      long sample,
      double estimate,
      double half,
      boolean few,
      boolean primary) {
    double lower = estimate - half;
    double upper = estimate + half;
    Standing standing = Standing.TOO_FEW;
    if (!few) {
      standing = primary
          ? Judge.primary(lower, upper, rule.margin())
          : Judge.guard(lower, upper, rule.margin());
    }
    return new Effect(
        rule.metric(), plan.arms().get(arm).name(), sample, estimate, lower, upper, standing);
  }

  private void requireMine(Observation observation) {
    requireMetric(observation.metric());
    Arm assigned = arm(observation.symbol(), observation.date());
    if (plan.place(observation.arm()) != plan.place(assigned.name())) {
      throw QilinException.invalid(
          QilinException.quote(observation.symbol()) + " on " + observation.date()
              + " gets the arm " + assigned.name() + " in the test " + plan.id()
              + ", the outcome is of " + observation.arm() + "; ask arm() before each call");
    }
  }

  private void requireMetric(TestMetric metric) {
    if (plan.rules().stream().noneMatch(rule -> rule.metric() == metric)) {
      throw QilinException.invalid("the test " + plan.id() + " does not measure " + metric
          + ", it measures "
          + plan.rules().stream().map(MetricRule::metric).toList());
    }
  }

  private double[] requireDay(LocalDate date, Map<String, Double> profits) {
    requireMetric(TestMetric.PROFIT);
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw QilinException.invalid("a date lies in the years 1 to 9999, was " + date);
    }
    double[] byArm = new double[plan.arms().size()];
    for (int arm = 0; arm < byArm.length; arm++) {
      String name = plan.arms().get(arm).name();
      Double profit = profits.get(name);
      if (profit == null || !(Math.abs(profit) <= MAX_PROFIT)) {
        throw QilinException.invalid("the profit of the arm " + name + " on " + date
            + " is a finite number of at most " + MAX_PROFIT + " in size, was " + profit
            + "; a day is recorded when all arms have one");
      }
      byArm[arm] = profit + 0.0;
    }
    profits.keySet().forEach(plan::place);
    return byArm;
  }

  private void requireOpen(Connection connection) throws SQLException {
    Optional<String> conclusion = Sql.first(
        connection,
        "SELECT conclusion FROM ab_look WHERE test = ? ORDER BY number DESC LIMIT 1",
        row -> row.getString("conclusion"),
        plan.id());
    conclusion.filter(is -> !is.equals(Conclusion.CONTINUE.name())).ifPresent(is -> {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the test " + plan.id() + " has ended with " + is + "; nothing more is recorded");
    });
  }

  private void requireNext(Connection connection, LocalDate date) throws SQLException {
    List<String> last = Sql.list(
        connection,
        "SELECT day FROM ab_day WHERE test = ? AND arm = 0 ORDER BY day DESC LIMIT 1",
        row -> row.getString("day"),
        plan.id());
    if (!last.isEmpty() && last.get(0).compareTo(date.toString()) > 0) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the day " + last.get(0) + " is recorded already, so " + date
              + " comes too late; days come in their order");
    }
    long days = Sql.first(
            connection,
            "SELECT COUNT(*) AS days FROM ab_day WHERE test = ? AND arm = 0",
            row -> row.getLong("days"),
            plan.id())
        .orElse(0L);
    if (days >= MAX_DAYS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a test keeps at most " + MAX_DAYS + " days");
    }
  }

  private boolean isNew(Connection connection, PreparedStatement insert, Observation observation)
      throws SQLException {
    insert.setString(1, plan.id());
    insert.setString(2, observation.metric().name());
    insert.setString(3, observation.symbol());
    insert.setString(4, observation.date().toString());
    insert.setDouble(5, observation.value() + 0.0);
    if (insert.executeUpdate() == 1) {
      return true;
    }
    double known = Sql.first(
            connection,
            "SELECT value FROM ab_call WHERE test = ? AND metric = ? AND symbol = ? AND day = ?",
            row -> row.getDouble("value"),
            plan.id(),
            observation.metric().name(),
            observation.symbol(),
            observation.date().toString())
        .orElse(Double.NaN);
    if (known != observation.value()) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          observation.metric() + " of " + QilinException.quote(observation.symbol()) + " on "
              + observation.date() + " was recorded as " + known + ", not as "
              + observation.value());
    }
    return false;
  }

  private Optional<Instant> promoted(Connection connection) throws SQLException {
    List<Instant> moments = Sql.list(
        connection,
        "SELECT promoted FROM ab_test WHERE id = ? AND promoted IS NOT NULL",
        row -> Instant.parse(row.getString("promoted")),
        plan.id());
    return moments.stream().findFirst();
  }
}
